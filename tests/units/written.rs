//! Invented units of any size, written as documents with all the defects that documents have.

use askwell::competency::unit::{Assessment, Entry, Note, Section, Statement, Task, Unit};
use askwell::text::Text;
use proptest::prelude::*;

fn chinese(words: &str) -> Text {
    Text::new([("zh-Hant", words)])
}

fn numeral(value: usize) -> String {
    let ones = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (value / 10, value % 10) {
        (0, one) => ones[one].to_owned(),
        (1, one) => format!("十{}", ones[one]),
        (ten, one) => format!("{}十{}", ones[ten], ones[one]),
    }
}

/// How a document is written: what varies between documents that say the same.
#[derive(Clone, Debug)]
pub struct Style {
    pub wide: bool,
    pub mark: bool,
    pub line_end: &'static str,
    /// After which letters of the text a page ends.
    pub breaks: Vec<usize>,
}

pub fn styles() -> impl Strategy<Value = Style> {
    let ends = prop_oneof![Just("\n"), Just("\r\n")];
    let breaks = prop::collection::vec(0..2000usize, 0..6);
    (any::<bool>(), any::<bool>(), ends, breaks).prop_map(|(wide, mark, line_end, breaks)| Style {
        wide,
        mark,
        line_end,
        breaks,
    })
}

fn wording() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "接待旅客並說明行程。",
        "處理退票，於 3.5 小時內回覆",
        "了解 ISO 9001 的要求",
        "一般客訴的紀錄與追蹤(含電話、信件)",
        "協助同仁完成報表。",
    ])
    .prop_map(str::to_owned)
}

/// What notes say, with what they list.
const NOTES: &[(&str, &[&str])] = &[
    ("可能包括：電話、信件及櫃檯。", &["電話", "信件", "櫃檯"]),
    ("依公司規定辦理。", &[]),
    ("來自：外部(企業、政府)，內部(同仁)。", &["外部(企業、政府)", "內部(同仁)"]),
];

pub fn units() -> impl Strategy<Value = Unit> {
    let sizes = prop::collection::vec(1..6usize, 1..13);
    let section = || prop::option::of(1..5usize);
    let counts = (sizes, 1..23usize, 1..12usize, 0..4usize, 0..3usize);
    let guide = (section(), section(), section());
    let notes = prop::collection::vec((0..NOTES.len(), any::<prop::sample::Index>()), 0..12);
    let words = prop::collection::vec(wording(), 40);
    (counts, guide, notes, words, 1..7u32).prop_map(build)
}

type Parts = (
    (Vec<usize>, usize, usize, usize, usize),
    (Option<usize>, Option<usize>, Option<usize>),
    Vec<(usize, prop::sample::Index)>,
    Vec<String>,
    u32,
);

fn build((counts, guide, notes, words, level): Parts) -> Unit {
    let (sizes, knowledge, skills, attitudes, outputs) = counts;
    let mut next = words.iter().cycle();
    let mut text = || chinese(next.next().unwrap());
    let mut list = |letter: &str, count: usize| -> Vec<Statement> {
        let entry = |n: usize| Statement {
            id: format!("{letter}{n:02}"),
            number: Some(numeral(n)),
            text: text(),
            note_refs: Vec::new(),
        };
        (1..=count).map(entry).collect()
    };
    let mut unit = Unit {
        code: "ABC2R0001v1".to_owned(),
        title: chinese("接待與導覽"),
        domain: Some(chinese("休閒/旅遊")),
        domain_path: vec![chinese("休閒"), chinese("旅遊")],
        level: Some(level),
        outputs: list("O", outputs),
        knowledge: list("K", knowledge),
        skills: list("S", skills),
        attitudes: list("A", attitudes),
        revision: Some(chinese("2024年建置。")),
        ..Unit::default()
    };
    let section = |letter: &str, number: usize, title: &str, count: Option<usize>| {
        let entry = |n: usize| Entry {
            id: format!("{letter}{n}"),
            text: chinese(words.get(n).unwrap()),
            note_refs: Vec::new(),
        };
        count.map(|count| Section {
            number: Some(numeral(number)),
            title: chinese(title),
            items: (1..=count).map(entry).collect(),
        })
    };
    let mut number = 0;
    let mut numbered = |letter: &str, title: &str, count: Option<usize>| {
        number += usize::from(count.is_some());
        section(letter, number, title, count)
    };
    unit.assessment = Assessment {
        evidence: numbered("E", "評量之關鍵面向：", guide.0),
        context: numbered("C", "評量所需情境與特定資源：", guide.1),
        methods: numbered("M", "評量方法：", guide.2),
    };
    for (index, size) in sizes.iter().enumerate() {
        let id = format!("T{}", index + 1);
        let indicator = |n: usize| Statement {
            id: format!("{id}.{n}"),
            number: None,
            text: chinese(words.get(n + index).unwrap()),
            note_refs: Vec::new(),
        };
        let indicators = (1..=*size).map(indicator).collect();
        let number = Some(numeral(index + 1));
        let title = chinese("執行服務");
        unit.tasks.push(Task { id, number, title, note_refs: Vec::new(), indicators });
    }
    for (index, (kind, place)) in notes.iter().enumerate() {
        let (words, options) = NOTES[*kind];
        let id = format!("N{}", index + 1);
        let option = |(n, option): (usize, &&str)| Entry {
            id: format!("{id}.{}", n + 1),
            text: chinese(option),
            note_refs: Vec::new(),
        };
        let items = options.iter().enumerate().map(option).collect();
        let label = format!("註{}", index + 1);
        let target = &mut unit.tasks[place.index(sizes.len())];
        let title = target.title.in_language("zh-Hant", "").to_owned();
        target.title = chinese(&format!("{title}【{label}】"));
        target.note_refs.push(id.clone());
        unit.notes.push(Note { id, label, text: chinese(words), referenced_by: Vec::new(), items });
    }
    unit.link_notes();
    unit.counts = unit.count();
    unit
}

/// The unit as a document.
pub fn document(unit: &Unit, style: &Style) -> String {
    let words = |text: &Text| text.in_language("zh-Hant", "").to_owned();
    let number = |value: usize| match style.wide {
        true => {
            value.to_string().chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect()
        }
        false => value.to_string(),
    };
    let list = |list: &[Statement]| -> String {
        let entry = |entry: &Statement| {
            format!("<p>{}、{}</p> ", entry.number.as_deref().unwrap(), words(&entry.text))
        };
        list.iter().map(entry).collect()
    };
    let below = |texts: Vec<String>| -> String {
        let entry = |(index, text): (usize, &String)| format!("{}. {text} ", number(index + 1));
        format!(
            "<ol style=\"list-style-type: none\"> {}",
            texts.iter().enumerate().map(entry).collect::<String>()
        )
    };
    let mut rows: Vec<(&str, String)> = vec![
        ("職能單元代碼", unit.code.clone()),
        ("職能單元名稱", words(&unit.title)),
        ("領域類別", unit.domain.as_ref().map(words).unwrap_or_default()),
        ("職能單元級別", number(unit.level.unwrap() as usize)),
    ];
    let tasks = unit.tasks.iter().map(|task| {
        let indicators = task.indicators.iter().map(|entry| words(&entry.text)).collect();
        let head = format!("<p>{}、{}</p> ", task.number.as_deref().unwrap(), words(&task.title));
        head + &below(indicators)
    });
    rows.push(("工作任務與行為指標", tasks.collect()));
    for (label, statements) in [
        ("工作產出", &unit.outputs),
        ("職能內涵 (K=knowledge 知識)", &unit.knowledge),
        ("職能內涵（S=skills 技能）", &unit.skills),
        ("職能內涵 (A=attitude 態度)", &unit.attitudes),
    ] {
        if !statements.is_empty() {
            rows.push((label, list(statements)));
        }
    }
    let Assessment { evidence, context, methods } = &unit.assessment;
    let sections = [evidence, context, methods].into_iter().flatten().map(|section| {
        let entries = section.items.iter().map(|entry| words(&entry.text)).collect();
        let number = section.number.as_deref().unwrap();
        format!("<p>{number}、{}</p> {}", words(&section.title), below(entries))
    });
    let guide: String = sections.collect();
    if !guide.is_empty() {
        rows.push(("評量設計參考", guide));
    }
    let note = |note: &Note| format!("<p>【{}】{}</p> ", note.label, words(&note.text));
    let notes: String = unit.notes.iter().map(note).collect();
    if !notes.is_empty() {
        rows.push(("說明與補充事項", notes));
    }
    let mut document = if style.mark { "\u{feff}".to_owned() } else { String::new() };
    for (label, cell) in rows {
        let cell = if cell.starts_with('<') { paged(&cell, &style.breaks) } else { cell };
        document += &format!("{label}\t{cell}\n");
    }
    document += "--\t--\n\n更新紀錄\n";
    document += &unit.revision.as_ref().map(words).unwrap_or_default();
    document.replace('\n', style.line_end)
}

/// Ends a page inside a paragraph, between two letters: the place that hurts most.
fn paged(cell: &str, breaks: &[usize]) -> String {
    let mut paged = String::new();
    let mut before = ' ';
    let mut in_tag = false;
    let letter =
        |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c) && !"一二三四五六七八九十註".contains(c);
    for (index, c) in cell.chars().enumerate() {
        in_tag = if c == '<' { true } else { in_tag };
        if !in_tag && letter(before) && letter(c) && breaks.contains(&index) {
            paged += "</p>\n\n\t<p>";
        }
        paged.push(c);
        in_tag = in_tag && c != '>';
        before = c;
    }
    paged
}
