//! Askwell's own words in every language it speaks: one file and one row for each.

use std::sync::OnceLock;

use crate::text::fallbacks;
use crate::value::{Map, Value};

/// In which direction a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// One language of Askwell's own words.
pub struct Locale {
    /// Its BCP 47 tag.
    pub code: &'static str,
    /// Its name in the language itself.
    pub name: &'static str,
    pub direction: Direction,
    /// The words as JSON; a browser build holds only some, and [`learn`]s others.
    pub json: Option<&'static str>,
    words: OnceLock<Map>,
}

const fn locale(code: &'static str, name: &'static str, json: Option<&'static str>) -> Locale {
    Locale { code, name, direction: Direction::LeftToRight, json, words: OnceLock::new() }
}

/// Words that every build holds.
macro_rules! everywhere {
    ($code:literal) => {
        Some(include_str!(concat!("locales/", $code, ".json")))
    };
}

/// Words that would weigh too much in a browser, where each language is paid for by everyone.
#[cfg(not(target_arch = "wasm32"))]
use everywhere as natively;
#[cfg(target_arch = "wasm32")]
macro_rules! natively {
    ($code:literal) => {
        None
    };
}

/// The languages with words of their own.
pub static TABLE: [Locale; 7] = [
    locale("en", "English", everywhere!("en")),
    locale("zh-Hant", "繁體中文", everywhere!("zh-Hant")),
    locale("zh-Hans", "简体中文", natively!("zh-Hans")),
    locale("ja", "日本語", natively!("ja")),
    locale("ko", "한국어", natively!("ko")),
    locale("th", "ไทย", natively!("th")),
    locale("vi", "Tiếng Việt", natively!("vi")),
];

impl Locale {
    /// The wording of every key; nothing where this build does not hold it.
    ///
    /// What cannot be read counts as empty, and so falls back; a test reads every file.
    pub fn words(&self) -> Option<&Map> {
        let Some(json) = self.json else {
            return self.words.get();
        };
        Some(self.words.get_or_init(|| match Value::from_json(json) {
            Some(Value::Map(words)) => words,
            _ => Map::new(),
        }))
    }

    fn word(&'static self, key: &str) -> Option<&'static str> {
        self.words()?.get(key)?.as_text()
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn exact(tag: &str) -> Option<&'static Locale> {
    TABLE.iter().find(|locale| locale.code.eq_ignore_ascii_case(tag))
}

fn related(tag: &str) -> Option<&'static Locale> {
    TABLE.iter().find(|locale| primary(locale.code).eq_ignore_ascii_case(primary(tag)))
}

/// Askwell's wording of a key for a reader of `language`.
///
/// ```
/// use askwell::locales::word;
/// assert_eq!(word("zh-TW", "question.yes-no.yes"), "是");
/// assert_eq!(word("fr", "question.yes-no.yes"), "Yes");
/// assert_eq!(word("en", "no.such.key"), "no.such.key");
/// ```
///
/// It falls back along the BCP 47 tag, to a sibling language, to English, and in the end to
/// the key itself, so that it is never blank.
pub fn word(language: &str, key: &str) -> &'static str {
    let exact_word = |tag: &str| exact(tag).and_then(|locale| locale.word(key));
    exact_word(language)
        .or_else(|| fallbacks(language).iter().find_map(|tag| exact_word(tag)))
        .or_else(|| related(language).and_then(|locale| locale.word(key)))
        .or_else(|| exact_word("en"))
        // Only a misspelt key comes here, and a test looks for those.
        .unwrap_or_else(|| Box::leak(key.to_owned().into_boxed_str()))
}

/// The language whose words a reader of `language` would have if this build held them: its code,
/// to fetch them by and to hand them to [`learn`]. Nothing where they are known, or there are none.
pub fn unknown(language: &str) -> Option<&'static str> {
    let fallbacks = fallbacks(language);
    let nearest = exact(language)
        .or_else(|| fallbacks.iter().find_map(|tag| exact(tag)))
        .or_else(|| related(language))?;
    nearest.words().is_none().then_some(nearest.code)
}

/// Takes the words of a language that this build does not hold. They stay: each is read once.
pub fn learn(code: &str, words: Map) {
    if let Some(locale) = exact(code).filter(|locale| locale.json.is_none()) {
        let _ = locale.words.set(words);
    }
}

/// The wording of a key for a number of things: `<key>.one` where there is just one.
///
/// ```
/// use askwell::locales::counted;
/// assert_eq!(counted("en", "survey.errors.title", 1), "One answer needs another look");
/// assert_eq!(counted("en", "survey.errors.title", 3), "{count} answers need another look");
/// ```
pub fn counted(language: &str, key: &str, count: usize) -> &'static str {
    match count {
        1 => word(language, &format!("{key}.one")),
        _ => word(language, key),
    }
}

/// The name of a language in that language, or its tag where it is not known here.
pub fn name(language: &str) -> &str {
    let known = fallbacks(language).iter().find_map(|tag| exact(tag));
    known.map_or(language, |locale| locale.name)
}

/// The languages written from right to left that a survey may be in, known here or not.
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// In which direction a language is written.
pub fn direction(language: &str) -> Direction {
    match exact(language).or_else(|| related(language)) {
        Some(locale) => locale.direction,
        None if RIGHT_TO_LEFT.contains(&primary(language)) => Direction::RightToLeft,
        None => Direction::LeftToRight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fall_back_and_are_never_blank() {
        assert_eq!(word("zh-Hant-HK", "question.yes-no.no"), "否");
        assert_eq!(word("", "question.yes-no.no"), "No");
        assert_eq!(word("EN-gb", "question.yes-no.no"), "No");
        assert_eq!(word("en", "$"), "$");
    }

    #[test]
    fn names_and_directions_are_known_beyond_the_table() {
        assert_eq!(name("zh-TW"), "繁體中文");
        assert_eq!(name("tlh"), "tlh");
        assert_eq!(direction("ar-EG"), Direction::RightToLeft);
        assert_eq!(direction("en").as_str(), "ltr");
    }
}
