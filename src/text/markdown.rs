//! The Markdown subset that survey texts may use, parsed to typed nodes.

/// A block of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    List(Vec<Vec<Inline>>),
}

/// A stretch inside a block. Plain text may still hold `{names}` to fill in.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Strong(String),
    Emphasis(String),
    Link { text: String, href: String },
    Break,
}

/// Parses paragraphs, `- ` lists, line breaks, `**strong**`, `*emphasis*` and
/// `[links](https://…)`. Everything else, HTML included, is text.
///
/// ```
/// use askwell::text::{Block, Inline, markdown};
/// let blocks = markdown("Dear **{name}** <b>");
/// let expected = vec![
///     Inline::Text("Dear ".into()), Inline::Strong("{name}".into()), Inline::Text(" <b>".into()),
/// ];
/// assert_eq!(blocks, [Block::Paragraph(expected)]);
/// ```
///
/// Links lead to `https:`, `http:`, `mailto:` and `tel:` only; others stay text.
pub fn markdown(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            match blocks.last_mut() {
                Some(Block::List(items)) if open => items.push(inlines(item)),
                _ => blocks.push(Block::List(vec![inlines(item)])),
            }
            open = true;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(content)) if open => {
                    content.push(Inline::Break);
                    content.extend(inlines(line));
                }
                _ => blocks.push(Block::Paragraph(inlines(line))),
            }
            open = true;
        }
    }
    blocks
}

fn inlines(line: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let special = match next {
            '*' => emphasis(rest),
            '[' => link(rest),
            _ => None,
        };
        match special {
            Some((inline, after)) => {
                if !plain.is_empty() {
                    found.push(Inline::Text(std::mem::take(&mut plain)));
                }
                found.push(inline);
                rest = after;
            }
            None => {
                plain.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() {
        found.push(Inline::Text(plain));
    }
    found
}

fn emphasis(rest: &str) -> Option<(Inline, &str)> {
    if let Some(inside) = rest.strip_prefix("**") {
        let (strong, after) = inside.split_once("**")?;
        return (!strong.is_empty()).then(|| (Inline::Strong(strong.to_owned()), after));
    }
    let (soft, after) = rest.strip_prefix('*')?.split_once('*')?;
    let tight = !soft.is_empty() && soft.trim() == soft;
    tight.then(|| (Inline::Emphasis(soft.to_owned()), after))
}

fn link(rest: &str) -> Option<(Inline, &str)> {
    let (text, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (href, after) = after.split_once(')')?;
    let allowed = is_safe_link(href) && !text.is_empty() && !text.contains('[');
    let link = || Inline::Link { text: text.to_owned(), href: href.to_owned() };
    allowed.then(|| (link(), after))
}

/// Whether a link may leave a survey: never `javascript:` or any other scheme that runs code.
pub fn is_safe_link(href: &str) -> bool {
    let href = href.to_ascii_lowercase();
    let schemes = ["https://", "http://", "mailto:", "tel:"];
    schemes.iter().any(|scheme| href.starts_with(scheme))
        && !href.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_markdown_stays_text() {
        for text in ["2 * 3 * 4", "[x](javascript:alert(1))", "**", "[](https://a)", "<i>a</i>"] {
            assert_eq!(markdown(text), [Block::Paragraph(vec![Inline::Text(text.into())])]);
        }
    }

    #[test]
    fn lists_and_line_breaks_are_blocks() {
        let blocks = markdown("a\nb\n\n- one\n- *two*");
        let text = |text: &str| Inline::Text(text.into());
        let expected = [
            Block::Paragraph(vec![text("a"), Inline::Break, text("b")]),
            Block::List(vec![vec![text("one")], vec![Inline::Emphasis("two".into())]]),
        ];
        assert_eq!(blocks, expected);
    }
}
