//! What is read from documents, whole and damaged.

use askwell::competency::document;
use askwell::competency::source;
use askwell::competency::unit::Unit;
use askwell::diagnostic::{Diagnostic, Severity};
use proptest::prelude::*;
use serde_json::Value;

use crate::written::{self, styles, units};
use crate::{DOCUMENT, UNIT};

fn without_english(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("en");
            map.values_mut().for_each(without_english);
        }
        Value::Array(items) => items.iter_mut().for_each(without_english),
        _ => {}
    }
}

#[test]
fn the_document_holds_the_unit_word_for_word_and_nothing_is_added() {
    let unit = document::read(DOCUMENT).unwrap();
    assert_eq!(unit.warnings, []);
    let read = serde_json::to_value(&unit.unit).unwrap();
    let mut known: Value = serde_json::from_str(UNIT).unwrap();
    without_english(&mut known);
    // The document says nothing of the scale that its level is on.
    let fields = known.as_object_mut().unwrap();
    assert!(fields.remove("levelScale").is_some() && fields.remove("provenance").is_some());
    assert_eq!(read, known);
}

#[test]
fn a_unit_in_json_comes_out_as_it_went_in() {
    let unit = source::read(UNIT).unwrap();
    assert_eq!(unit.warnings, []);
    let known: Value = serde_json::from_str(UNIT).unwrap();
    assert_eq!(serde_json::to_value(&unit.unit).unwrap(), known);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let read = document::read(DOCUMENT).unwrap().unit;
    for other in [
        DOCUMENT.replace('\n', "\r\n"),
        DOCUMENT.replace('\n', "\r"),
        format!("\u{feff}{DOCUMENT}"),
        DOCUMENT.trim_start().replace('\t', "  "),
        DOCUMENT
            .replace("【註10】", "【註１０】")
            .replace("\t3\n", "\t３\n")
            .replace(" 1. ", " １．"),
    ] {
        let mut unit = document::read(&other).unwrap_or_else(|found| panic!("{found:#?}")).unit;
        if other.contains("註１０") {
            let ids: Vec<&str> = unit.notes.iter().map(|note| note.id.as_str()).collect();
            assert_eq!(ids.last(), Some(&"N10"));
            unit.notes = read.notes.clone();
            unit.skills[3].text = read.skills[3].text.clone();
        }
        assert_eq!(unit, read);
    }
}

#[test]
fn a_code_in_full_width_characters_is_the_same_code() {
    let wide = DOCUMENT.replace("TTM3R0299v2", "ＴＴＭ３Ｒ０２９９ｖ２");
    assert_eq!(document::read(&wide).unwrap().unit, document::read(DOCUMENT).unwrap().unit);
}

#[test]
fn a_label_may_say_in_brackets_what_it_is_called_in_english() {
    let row = "職能內涵 (K=knowledge 知識)";
    for label in ["工作產出", "工作產出(O=outputs)", "工作產出（Ｏ＝outputs 產出）"]
    {
        let outputs = format!("{label}\t<p>一、紀錄表</p>\n{row}");
        let unit = document::read(&DOCUMENT.replacen(row, &outputs, 1)).unwrap().unit;
        assert_eq!(unit.outputs.len(), 1, "{label}");
    }
}

fn errors(document: &str) -> Vec<Diagnostic> {
    let found = document::read(document).expect_err("damaged");
    found.into_iter().filter(|found| found.severity == Severity::Error).collect()
}

/// What authors read about a damaged document: the place and what was expected there.
#[test]
fn damage_is_shown_with_its_place_and_what_was_expected() {
    for (from, to, place, says) in [
        ("二、執行管理", "三、執行管理", ":7:", "expected `二、`, found `三`"),
        (" 2. 加強內", " 4. 加強內", ":7:", "expected `2.`, found `4`"),
        (" 2. 加強內", " 3. 加強內", ":7:", "expected `2.`, found `3`"),
        ("【註7】</p>", "【註7</p>", ":8:", "expected `】` after its number"),
        ("客戶【註1】", "客戶註1】", ":7:", "expected `【`"),
        ("【註8】</p>", "【註80】</p>", ":8:", "expected a note 【註80】"),
        ("<p>【註4】客戶", "<p>【註5】客戶", ":15:", "expected `【註4】`, found `【註5】`"),
        ("<p>【註4】客戶", "<p>客戶", ":15:", "expected `【註4】` at the start of a note"),
        ("\t3\n", "\t三三\n", ":6:", "expected the level as a whole number"),
        ("領域類別\t", "領城類別\t", ":5:", "`領城類別` is no row of a unit"),
        ("職能單元代碼\t", "職能單元代碼", ":3:", "expected a tab after `職能單元代碼`"),
        ("職能單元名稱\t提昇優質客戶服務\n", "", ":18:13", "expected a row `職能單元名稱`"),
        ("職能單元名稱\t提昇優質客戶服務\n", "職能單元名稱\t\n", ":4:", "the cell is empty"),
        ("相關內容</p>", "相關內容", ":8:", "expected `</p>`"),
        ("相關內容</p>", "相關內容</p", ":8:", "expected `>`"),
        ("<p>七、消費者", "<p>消費者", ":8:", "expected `七、`, found `消費者"),
        ("<p>三、評量方法：", "<p>三、其他：", ":12:", "expected a section on critical aspects"),
        ("領域類別", "職能單元名稱", ":5:", "`職能單元名稱` stands twice"),
    ] {
        let damaged = DOCUMENT.replacen(from, to, 1);
        assert_ne!(damaged, DOCUMENT, "{from}");
        let found = errors(&damaged);
        let shown: Vec<String> =
            found.iter().map(|found| found.render("unit.txt", &damaged)).collect();
        let hit = shown.iter().any(|shown| shown.contains(says) && shown.contains(place));
        assert!(hit, "{to}: {says} at {place}\n{}", shown.join("\n"));
    }
}

#[test]
fn a_document_that_was_cut_never_passes_for_a_whole_one() {
    let end = DOCUMENT.find("更新紀錄\n").unwrap();
    for (cut, _) in DOCUMENT.char_indices().take_while(|(at, _)| *at <= end) {
        let cut = &DOCUMENT[..cut];
        match document::read(cut) {
            Ok(read) => assert!(!read.warnings.is_empty(), "{cut}"),
            Err(found) => assert!(found.iter().any(|found| found.severity == Severity::Error)),
        }
    }
}

fn assert_places(found: &[Diagnostic], document: &str) {
    for found in found {
        let span = found.span.clone().expect("a place");
        assert!(span.start <= span.end && span.end <= document.len(), "{found}");
        assert!(
            document.is_char_boundary(span.start) && document.is_char_boundary(span.end),
            "{found}"
        );
        assert!(!found.render("unit.txt", document).is_empty());
    }
}

#[derive(Clone, Debug)]
enum Damage {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
    Swap(prop::sample::Index, prop::sample::Index),
    Repeat(prop::sample::Index, usize),
    Cut(prop::sample::Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<prop::sample::Index>;
    let pieces = [
        "\t",
        "\n",
        "<p>",
        "</p>",
        "<",
        ">",
        "【註",
        "】",
        "【註3】",
        "註",
        "一、",
        " 7. ",
        "十",
        "&#x0;",
        "&amp;",
        "\u{feff}",
        "\u{c}",
        "：",
        "(",
        "及",
        "職能單元代碼\t",
        "更新紀錄\n",
        "\u{1f642}",
    ];
    let piece =
        prop_oneof![prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), ".{1,3}"];
    let damage = prop_oneof![
        (index(), 1..40usize).prop_map(|(at, length)| Damage::Delete(at, length)),
        (index(), piece).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (index(), index()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (index(), 1..200usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        index().prop_map(Damage::Cut),
    ];
    prop::collection::vec(damage, 1..6)
}

fn damaged(document: &str, damages: &[Damage]) -> String {
    let mut chars: Vec<char> = document.chars().collect();
    for damage in damages {
        if chars.is_empty() {
            break;
        }
        match damage {
            Damage::Delete(at, length) => {
                let at = at.index(chars.len());
                chars.drain(at..(at + length).min(chars.len()));
            }
            Damage::Insert(at, piece) => {
                let at = at.index(chars.len());
                chars.splice(at..at, piece.chars());
            }
            Damage::Swap(a, b) => {
                let (a, b) = (a.index(chars.len()), b.index(chars.len()));
                chars.swap(a, b);
            }
            Damage::Repeat(at, length) => {
                let at = at.index(chars.len());
                let again = chars[at..(at + length).min(chars.len())].to_vec();
                chars.splice(at..at, again);
            }
            Damage::Cut(at) => chars.truncate(at.index(chars.len())),
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Any unit of this form, however its document is written.
    #[test]
    fn what_a_document_says_is_what_is_read(unit in units(), style in styles()) {
        let document = written::document(&unit, &style);
        let read = document::read(&document).map_err(|found| {
            let shown: Vec<String> = found.iter().map(|found| found.render("unit.txt", &document)).collect();
            TestCaseError::fail(format!("{document}\n{}", shown.join("\n")))
        })?;
        let Unit { labels, counts, .. } = read.unit.clone();
        prop_assert!(labels.tasks.is_some());
        prop_assert_eq!(&counts, &unit.counts);
        prop_assert_eq!(Unit { labels: unit.labels.clone(), ..read.unit }, unit, "{}", document);
    }

    #[test]
    fn no_damage_makes_the_reader_panic_and_each_finding_has_its_place(damages in damages()) {
        let document = damaged(DOCUMENT, &damages);
        match document::read(&document) {
            Ok(read) => assert_places(&read.warnings, &document),
            Err(found) => assert_places(&found, &document),
        }
    }

    #[test]
    fn no_damage_makes_the_reader_of_json_panic(damages in damages()) {
        let document = damaged(UNIT, &damages);
        match source::read(&document) {
            Ok(_) => {}
            Err(found) => assert!(!found.is_empty() && !found[0].render("unit.json", &document).is_empty()),
        }
    }
}
