//! HTML as the Markdown that Askwell's texts may use.

/// The text, and the names of what is not carried over.
pub fn markdown(html: &str) -> (String, Vec<String>) {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        let tag = &rest[at..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tag.find('>').filter(|_| is_tag) {
            Some(end) => {
                rest = &tag[end + 1..];
                let name = writer.tag(&tag[1..end]);
                if matches!(name.as_str(), "script" | "style") && !tag.starts_with("</") {
                    let close = format!("</{name}");
                    let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                    rest = &rest[end..];
                }
            }
            None => {
                writer.text("<");
                rest = &tag[1..];
            }
        }
    }
    writer.text(rest);
    (writer.finish(), writer.lost)
}

#[derive(Default)]
struct Writer {
    out: String,
    lost: Vec<String>,
    link: Option<(String, usize)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = entities(text);
        let mut space = self.out.is_empty() || self.out.ends_with([' ', '\n']);
        for character in text.chars() {
            let white = character.is_whitespace() && character != '\u{a0}';
            if !white {
                self.out.push(character);
            } else if !space {
                self.out.push(' ');
            }
            space = white;
        }
    }

    fn tag(&mut self, tag: &str) -> String {
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/').trim_end_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        match name.as_str() {
            "b" | "strong" => self.out.push_str("**"),
            "i" | "em" => self.out.push('*'),
            "br" => self.line("\n"),
            "li" if closes => self.line("\n"),
            "li" => {
                self.line("\n");
                self.out.push_str("- ");
            }
            "p" | "div" | "ul" | "ol" | "section" | "article" | "header" | "footer"
            | "blockquote" => self.line("\n\n"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if closes => {
                self.out.push_str("**");
                self.line("\n\n");
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.line("\n\n");
                self.out.push_str("**");
            }
            "a" if closes => {
                if let Some((href, at)) = self.link.take() {
                    let text = self.out.split_off(at);
                    self.out.push_str(&format!("[{}]({href})", text.trim()));
                }
            }
            "a" => match attribute(tag, "href").filter(|href| crate::text::is_safe_link(href)) {
                Some(href) => self.link = Some((href, self.out.len())),
                None => self.lose(&name),
            },
            "span" | "u" | "small" | "font" | "center" | "label"
                if attribute(tag, "style").is_none() => {}
            _ if closes => {}
            _ => self.lose(&name),
        }
        name
    }

    fn line(&mut self, ends: &str) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        if self.out.is_empty() {
            return;
        }
        let there = self.out.len() - self.out.trim_end_matches('\n').len();
        for _ in there..ends.len() {
            self.out.push('\n');
        }
    }

    fn lose(&mut self, name: &str) {
        let lost = format!("<{name}>");
        if !self.lost.contains(&lost) {
            self.lost.push(lost);
        }
    }

    fn finish(&mut self) -> String {
        self.out.trim().to_owned()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = tag.get(at..)?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let found = match quote {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split_whitespace().next(),
    };
    found.map(entities)
}

fn entities(text: &str) -> String {
    let named = [
        ("&nbsp;", "\u{a0}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_can_say_stays() {
        let html = "<h4>Thank you</h4><p>See <a href='https://a.b/c'>our  page</a>,<br>it is <b>new</b> &amp; {name}</p>\
                    <ul><li>one</li><li>two</li></ul> 1 < 2";
        let (text, lost) = markdown(html);
        let expected = "**Thank you**\n\nSee [our page](https://a.b/c),\nit is **new** & {name}\n\n- one\n- two\n\n1 < 2";
        assert_eq!((text.as_str(), lost.len()), (expected, 0));
    }

    #[test]
    fn the_rest_is_named() {
        let (text, lost) =
            markdown("<img src=x onerror=alert(1)><script>x</script><a href='javascript:x'>a</a>");
        let lost = lost.join(" ");
        assert_eq!((text.as_str(), lost.as_str()), ("a", "<img> <script> <a>"));
    }
}
