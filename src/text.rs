//! Text in several languages, with `{piping}` and a small Markdown.

#[cfg(not(target_arch = "wasm32"))]
mod json;
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

    /// The wording for a reader: their language, its parents, a sibling (in the same script if
    /// there is one), the survey's default, and in the end any wording at all. Blank only if all are.
    pub fn in_language(&self, language: &str, default: &str) -> &str {
        self.own(language)
            .or_else(|| self.exact(""))
            .or_else(|| self.related(language))
            .or_else(|| self.own(default))
            .or_else(|| self.related(default))
            .or_else(|| self.entries.iter().map(|(_, text)| text.as_str()).find(|t| !is_blank(t)))
            .unwrap_or_default()
    }

    /// The wording in a language or one of its parents: what was written for its readers.
    pub fn own(&self, language: &str) -> Option<&str> {
        fallbacks(language).iter().find_map(|tag| self.exact(tag))
    }

    fn exact(&self, tag: &str) -> Option<&str> {
        let same = |(language, text): &&(String, String)| {
            language.eq_ignore_ascii_case(tag) && !is_blank(text)
        };
        self.entries.iter().find(same).map(|(_, text)| text.as_str())
    }

    fn related(&self, tag: &str) -> Option<&str> {
        let written = self.entries.iter().filter(|(_, text)| !is_blank(text));
        nearest_relative(tag, written.map(|(language, text)| (language.as_str(), text.as_str())))
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A reader's language: what they chose, the survey's default, and the built-in words.
///
/// `words` gives Askwell's own wording of a key (`question.yes-no.yes`) in a language; it is
/// passed in so that the engine holds no locale tables.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    pub tag: &'a str,
    pub default: &'a str,
    /// The respondent's clock, for moments that are stored in UTC.
    pub utc_offset_minutes: i32,
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
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// The tags to try for a reader of `tag`, best first: `zh-TW`, `zh-Hant`, `zh`.
///
/// `zh_TW`, as some systems write it, is the same.
pub fn fallbacks(tag: &str) -> Vec<String> {
    let tag = tag.replace('_', "-");
    let mut tags = Vec::new();
    let mut rest = tag.as_str();
    while let Some((parent, _)) = rest.rsplit_once('-') {
        tags.push(rest.to_owned());
        rest = parent;
    }
    let script = script(&tag);
    tags.push(rest.to_owned());
    if !script.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(script)) {
        // Before the bare language, unless that is what was asked for.
        tags.insert((tags.len() - 1).max(1), script.to_owned());
    }
    tags
}

/// How Chinese is written by readers of a tag; nothing for other languages.
fn script(tag: &str) -> &'static str {
    if !primary(tag).eq_ignore_ascii_case("zh") {
        return "";
    }
    let has = |word: &str| tag.split(['-', '_']).any(|part| part.eq_ignore_ascii_case(word));
    // A script that is written out counts more than the region.
    let traditional = !has("Hans") && ["Hant", "TW", "HK", "MO"].into_iter().any(has);
    if traditional { "zh-Hant" } else { "zh-Hans" }
}

/// Of things in several languages the one whose language is nearest to `tag`: of those that
/// share it, the first in the same script, else the first.
fn nearest_relative<'a, T>(tag: &str, all: impl Iterator<Item = (&'a str, T)>) -> Option<T> {
    let mut nearest = None;
    for (language, thing) in all.filter(|(l, _)| primary(l).eq_ignore_ascii_case(primary(tag))) {
        if script(language) == script(tag) {
            return Some(thing);
        }
        nearest = nearest.or(Some(thing));
    }
    nearest
}

/// The language of `offered` that suits a reader of `wanted` best, if any does.
pub fn best_language<'a>(wanted: &str, offered: &'a [String]) -> Option<&'a str> {
    let exact = |tag: &String| offered.iter().find(|o| o.eq_ignore_ascii_case(tag));
    let exact = fallbacks(wanted).iter().find_map(exact).map(String::as_str);
    exact.or_else(|| nearest_relative(wanted, offered.iter().map(|o| (o.as_str(), o.as_str()))))
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
        assert_eq!(fallbacks("zh"), ["zh", "zh-Hans"]);
        assert_eq!(fallbacks("ZH_mo"), ["ZH-mo", "zh-Hant", "ZH"]);
        assert_eq!(fallbacks("zh-hans-tw"), ["zh-hans-tw", "zh-hans", "zh"]);
        let extended = ["zh-HK-u-nu-latn", "zh-HK-u-nu", "zh-HK-u", "zh-HK", "zh-Hant", "zh"];
        assert_eq!(fallbacks("zh-HK-u-nu-latn"), extended);
        assert_eq!(fallbacks("en"), ["en"]);
        let text = Text::new([("zh-Hant", "你好"), ("en", "Hello")]);
        assert_eq!(text.in_language("zh-CN", "en"), "你好");
        assert_eq!(text.in_language("ja", "en"), "Hello");
        assert_eq!(Text::new([("fr", "Salut")]).in_language("ja", "en"), "Salut");
        assert_eq!(Text::plain("x").in_language("ja", "en"), "x");
        assert_eq!(Text::new([("en", " "), ("fr", "Salut")]).in_language("en", "en"), "Salut");
    }

    #[test]
    fn a_sibling_in_the_same_script_comes_before_others() {
        let text = Text::new([("zh-CN", "软件"), ("zh-tw", "軟體"), ("en", "software")]);
        for (reader, wording) in [
            ("zh-Hant", "軟體"),
            ("zh-HK", "軟體"),
            ("ZH-HANT-MO", "軟體"),
            ("zh-SG", "软件"),
            ("zh", "软件"),
            ("zh-Hans", "软件"),
        ] {
            assert_eq!(text.in_language(reader, "en"), wording, "{reader}");
        }
        let offered = ["en".to_owned(), "zh-CN".to_owned(), "zh-TW".to_owned()];
        assert_eq!(best_language("zh-Hant-HK", &offered), Some("zh-TW"));
        assert_eq!(best_language("zh-HK", &offered[..2]), Some("zh-CN"));
        assert_eq!(best_language("th", &offered), None);
    }

    #[test]
    fn pieces_keep_stray_braces() {
        assert_eq!(pieces("a {} {b}"), [Piece::Literal("a {} "), Piece::Name("b")]);
        assert_eq!(pieces("{a{b}"), [Piece::Literal("{a"), Piece::Name("b")]);
        assert_eq!(pieces("{open"), [Piece::Literal("{open")]);
    }
}
