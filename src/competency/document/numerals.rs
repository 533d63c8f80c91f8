//! The numbers before the entries of a list: `一、`, `1.`, `１．`, `（二）`.

use super::glyphs::{Glyph, digit, half_width};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Chinese,
    Arabic,
}

/// A number that begins an entry.
#[derive(Clone, Debug)]
pub struct Marker {
    pub script: Script,
    pub value: u32,
    /// The numeral alone, as it is written.
    pub written: String,
    /// How many glyphs it takes with its punctuation.
    pub length: usize,
    pub at: usize,
    pub bytes: usize,
}

const CHINESE: &str = "〇一二三四五六七八九";

/// The marker that a run begins with.
pub fn marker(run: &[Glyph]) -> Option<Marker> {
    let first = run.first()?;
    let in_brackets = half_width(first.c) == '(';
    let start = usize::from(in_brackets);
    let numeral = run.get(start..)?.iter().take_while(|glyph| is_numeral(glyph.c)).count();
    let end = start + numeral;
    let written: String = run.get(start..end)?.iter().map(|glyph| glyph.c).collect();
    let (script, value) = value_of(&written)?;
    let mut length = end;
    if in_brackets {
        if half_width(run.get(end)?.c) != ')' {
            return None;
        }
        length += 1;
    }
    let point = run.get(length).is_some_and(|glyph| matches!(half_width(glyph.c), '、' | '.'));
    // `3.5` is a number in a text.
    let goes_on = run.get(length + 1).is_some_and(|glyph| digit(glyph.c).is_some());
    if point && !(script == Script::Arabic && goes_on) {
        length += 1;
    } else if !in_brackets {
        return None;
    }
    let last = run.get(length - 1)?;
    let bytes = last.at + last.c.len_utf8() - first.at;
    Some(Marker { script, value, written, length, at: first.at, bytes })
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || c == '十' || c == '零' || CHINESE.contains(c)
}

/// The script and value of a numeral up to 99.
pub fn value_of(written: &str) -> Option<(Script, u32)> {
    if written.is_empty() || written.chars().count() > 3 {
        return None;
    }
    if written.chars().all(|c| digit(c).is_some()) {
        let value = written.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
        return (value < 100).then_some((Script::Arabic, value));
    }
    let ones = |c: &str| match c {
        "" => Some(0),
        c => CHINESE.chars().position(|known| c.chars().eq([known])).map(|value| value as u32),
    };
    let value = match written.split_once('十') {
        Some(("", rest)) => 10 + ones(rest)?,
        Some((tens, rest)) => ones(tens)? * 10 + ones(rest)?,
        None => ones(written)?,
    };
    Some((Script::Chinese, value))
}

/// The marker that was expected, as a document would write it.
pub fn expected(script: Script, value: u32) -> String {
    match script {
        Script::Arabic => format!("{value}."),
        Script::Chinese => {
            let digit = |value: u32| CHINESE.chars().nth(value as usize).unwrap_or('〇');
            let tens = match value / 10 {
                0 => String::new(),
                1 => "十".to_owned(),
                tens => format!("{}十", digit(tens)),
            };
            let ones = match value % 10 {
                0 => String::new(),
                ones => digit(ones).to_string(),
            };
            format!("{tens}{ones}、")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Vec<Glyph> {
        text.char_indices().map(|(at, c)| Glyph { c, at }).collect()
    }

    #[test]
    fn numbers_are_read_in_every_width_and_script() {
        for (text, value, length) in [
            ("一、甲", 1, 2),
            ("十二、甲", 12, 3),
            ("二十、甲", 20, 3),
            ("九十九、甲", 99, 4),
            ("3. 甲", 3, 2),
            ("１２．甲", 12, 3),
            ("（二）甲", 2, 3),
            ("(2)、甲", 2, 4),
        ] {
            let marker = marker(&run(text)).unwrap();
            assert_eq!((marker.value, marker.length), (value, length), "{text}");
        }
        for text in ["3.5 小時", "2020.", "一般", "甲", "", "(", "十二三、", "("] {
            assert!(marker(&run(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_expected_is_written_as_documents_write_it() {
        for value in 1..100 {
            let written = expected(Script::Chinese, value);
            assert_eq!(value_of(written.trim_end_matches('、')), Some((Script::Chinese, value)));
        }
        assert_eq!(expected(Script::Arabic, 3), "3.");
    }
}
