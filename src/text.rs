//! Text in several languages, with `{piping}` and a small Markdown.

mod markdown;

pub use markdown::{Block, Inline, is_safe_link, markdown};

/// A text in one or more languages.
///
/// ```
/// use askwell::text::Text;
/// let thanks = Text::new([("en", "Thank you"), ("zh-Hant", "謝謝")]);
/// assert_eq!(thanks.in_language("zh-TW", "en"), "謝謝");
/// assert_eq!(thanks.in_language("th", "en"), "Thank you");
/// ```
///
/// Languages are BCP 47 tags; the empty tag marks text that was written without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    entries: Vec<(String, String)>,
}

impl Text {
    pub fn new<L: Into<String>, T: Into<String>>(
        entries: impl IntoIterator<Item = (L, T)>,
    ) -> Self {
        let entries = entries.into_iter().map(|(language, text)| (language.into(), text.into()));
        Text { entries: entries.collect() }
    }

    /// A text that is the same in every language.
    pub fn plain(text: impl Into<String>) -> Self {
        Text { entries: vec![(String::new(), text.into())] }
    }

    /// The languages that this text is written in.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(language, _)| language.as_str()).filter(|l| !l.is_empty())
    }

    /// Every wording, with its language.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// The wording for a reader: their language, its parents, a sibling script or region,
    /// the survey's default, and in the end any wording at all. Blank only if all are.
    pub fn in_language(&self, language: &str, default: &str) -> &str {
        fallbacks(language)
            .into_iter()
            .chain([String::new()])
            .find_map(|tag| self.exact(&tag))
            .or_else(|| self.related(language))
            .or_else(|| fallbacks(default).iter().find_map(|tag| self.exact(tag)))
            .or_else(|| self.related(default))
            .or_else(|| self.entries.iter().map(|(_, text)| text.as_str()).find(|t| !t.is_empty()))
            .unwrap_or_default()
    }

    fn exact(&self, tag: &str) -> Option<&str> {
        let same = |(language, text): &&(String, String)| {
            language.eq_ignore_ascii_case(tag) && !text.is_empty()
        };
        self.entries.iter().find(same).map(|(_, text)| text.as_str())
    }

    fn related(&self, tag: &str) -> Option<&str> {
        let same = |(language, text): &&(String, String)| {
            primary(language).eq_ignore_ascii_case(primary(tag)) && !text.is_empty()
        };
        self.entries.iter().find(same).map(|(_, text)| text.as_str())
    }
}

/// A reader's language: what they chose, the survey's default, and the built-in words.
///
/// `words` gives Askwell's own wording of a key (`question.yes-no.yes`) in a language; it is
/// passed in so that the engine holds no locale tables.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    pub tag: &'a str,
    pub default: &'a str,
    pub words: fn(language: &str, key: &str) -> &'static str,
}

impl<'a> Language<'a> {
    /// The author's wording in this language, or the nearest that there is.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.tag, self.default)
    }

    /// Askwell's own wording of a key.
    pub fn word(&self, key: &str) -> &'static str {
        (self.words)(self.tag, key)
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The tags to try for a reader of `tag`, best first: `zh-TW`, `zh-Hant`, `zh`.
pub fn fallbacks(tag: &str) -> Vec<String> {
    let mut tags = vec![tag.to_owned()];
    let mut rest = tag;
    while let Some((parent, _)) = rest.rsplit_once('-') {
        tags.push(parent.to_owned());
        rest = parent;
    }
    let has_script = tag.split('-').nth(1).is_some_and(|part| part.len() == 4);
    if primary(tag).eq_ignore_ascii_case("zh") && !has_script && tag.len() > 2 {
        let traditional = ["TW", "HK", "MO"].iter().any(|region| ends_with(tag, region));
        tags.insert(1, if traditional { "zh-Hant" } else { "zh-Hans" }.to_owned());
    }
    tags
}

fn ends_with(tag: &str, region: &str) -> bool {
    tag.rsplit('-').next().is_some_and(|last| last.eq_ignore_ascii_case(region))
}

/// The language of `offered` that suits a reader of `wanted` best, if any does.
pub fn best_language<'a>(wanted: &str, offered: &'a [String]) -> Option<&'a str> {
    let exact = |tag: &String| offered.iter().find(|o| o.eq_ignore_ascii_case(tag));
    fallbacks(wanted)
        .iter()
        .find_map(exact)
        .or_else(|| offered.iter().find(|o| primary(o).eq_ignore_ascii_case(primary(wanted))))
        .map(String::as_str)
}

/// A stretch of a text: as written, or the name between braces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece<'a> {
    Literal(&'a str),
    Name(&'a str),
}

/// Cuts a text at its `{names}`. Braces that enclose nothing, or a line break, are literal.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|at| at + from) {
        let Some(close) = rest[open..].find('}').map(|at| at + open) else { break };
        let name = rest[open + 1..close].trim();
        if name.is_empty() || name.contains(['{', '\n']) {
            from = open + 1;
            continue;
        }
        if open > 0 {
            pieces.push(Piece::Literal(&rest[..open]));
        }
        pieces.push(Piece::Name(name));
        rest = &rest[close + 1..];
        from = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// Puts values in the place of `{names}`; a name without a value stays as it was written.
///
/// ```
/// use askwell::text::fill;
/// let greeting = fill("Dear {name}, {x}", |name| (name == "name").then(|| "Lin".to_owned()));
/// assert_eq!(greeting, "Dear Lin, {x}");
/// ```
pub fn fill(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut filled = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Literal(literal) => filled.push_str(literal),
            Piece::Name(name) => match value(name) {
                Some(value) => filled.push_str(&value),
                None => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_fall_back_along_bcp_47_and_are_never_blank() {
        assert_eq!(fallbacks("zh-TW"), ["zh-TW", "zh-Hant", "zh"]);
        assert_eq!(fallbacks("zh-Hant-HK"), ["zh-Hant-HK", "zh-Hant", "zh"]);
        assert_eq!(fallbacks("zh-CN"), ["zh-CN", "zh-Hans", "zh"]);
        let text = Text::new([("zh-Hant", "你好"), ("en", "Hello")]);
        assert_eq!(text.in_language("zh-CN", "en"), "你好");
        assert_eq!(text.in_language("ja", "en"), "Hello");
        assert_eq!(Text::new([("fr", "Salut")]).in_language("ja", "en"), "Salut");
        assert_eq!(Text::plain("x").in_language("ja", "en"), "x");
    }

    #[test]
    fn pieces_keep_stray_braces() {
        assert_eq!(pieces("a {} {b}"), [Piece::Literal("a {} "), Piece::Name("b")]);
        assert_eq!(pieces("{a{b}"), [Piece::Literal("{a"), Piece::Name("b")]);
        assert_eq!(pieces("{open"), [Piece::Literal("{open")]);
    }
}
