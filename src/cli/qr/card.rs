//! A card for the counter: the code with a few words in several languages, ready to print.

use super::draw::Code;
use crate::value::{Map, Value};

const WORDS: &str = include_str!("card.json");

/// Addresses longer than this are not for typing.
const LONGEST_TYPED: usize = 60;

/// The paper: its name for printers, the size of the code in millimetres and that of the type.
pub struct Paper {
    pub name: &'static str,
    pub code_mm: u32,
    pub points: u32,
}

pub const A4: Paper = Paper { name: "A4", code_mm: 110, points: 20 };
pub const A5: Paper = Paper { name: "A5", code_mm: 76, points: 14 };

/// The languages that have words.
pub fn languages() -> Vec<String> {
    words().into_iter().map(|(language, _)| language).collect()
}

fn words() -> Map {
    serde_json::from_str(WORDS).unwrap_or_default()
}

/// One page of HTML that fetches nothing. The first language is the large one; a heading of the
/// owner's own takes the place of every language's.
pub fn html(
    code: &Code,
    address: &str,
    paper: &Paper,
    chosen: &[String],
    heading: Option<&str>,
) -> String {
    let words = words();
    let mut texts = String::new();
    for (number, language) in chosen.iter().enumerate() {
        let word = |key: &str| {
            let entry = words.get(language).and_then(|words| words.get(key));
            escape(entry.and_then(Value::as_text).unwrap_or_default())
        };
        let title = match heading {
            Some(own) if number == 0 => format!("<h1>{}</h1>", escape(own)),
            Some(_) => String::new(),
            None if number == 0 => format!("<h1>{}</h1>", word("title")),
            None => format!("<h2>{}</h2>", word("title")),
        };
        let typed = if number == 0 && address.len() <= LONGEST_TYPED {
            format!("<p>{} <span class=\"address\">{}</span></p>", word("else"), escape(address))
        } else {
            String::new()
        };
        texts.push_str(&format!(
            "<section lang=\"{language}\">{title}<p>{}</p>{typed}</section>\n",
            word("how")
        ));
    }
    let Paper { name, code_mm, points } = paper;
    let first = chosen.first().map_or("en", String::as_str);
    format!(
        "<!doctype html>\n<html lang=\"{first}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>QR</title>\n<style>\n\
         @page {{ size: {name}; margin: 12mm }}\n\
         body {{ margin: 0; text-align: center; font: {points}pt/1.35 system-ui, \"Noto Sans CJK TC\", \
         \"PingFang TC\", \"Microsoft JhengHei\", \"Noto Sans Thai\", sans-serif; color: #111 }}\n\
         svg {{ width: {code_mm}mm; height: {code_mm}mm }}\n\
         h1 {{ font-size: 1.6em; margin: 0 0 .2em }} h2 {{ font-size: 1em; margin: .6em 0 0 }}\n\
         p {{ margin: .15em 0; font-size: .8em }} .address {{ overflow-wrap: anywhere }}\n\
         </style>\n</head>\n<body>\n{}{texts}</body>\n</html>\n",
        code.svg()
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locales;

    #[test]
    fn there_are_words_in_every_language_of_the_widget() {
        let words = words();
        for language in locales::TABLE.iter().map(|locale| locale.code) {
            let entry = words.get(language).and_then(Value::as_map).expect(language);
            assert!(["title", "how", "else"].iter().all(|key| entry.contains_key(*key)));
        }
    }

    #[test]
    fn nothing_that_is_printed_is_markup() {
        let code = Code::new("https://example.com/?a=<b>").unwrap();
        let page = html(&code, "https://example.com/?a=<b>", &A5, &["en".into()], Some("A & <B>"));
        assert!(page.contains("A &amp; &lt;B&gt;") && !page.contains("<B>"));
        assert!(page.contains("size: A5"));
    }
}
