//! The variables that answers become.

use super::super::codebook::{meanings, title};
use super::cut;
use crate::questions::{Choice, Kind, scalar_text};
use crate::survey::{Question, Survey};
use crate::value::Value;

pub const NOMINAL: i32 = 1;
pub const ORDINAL: i32 = 2;
pub const SCALE: i32 = 3;
/// Longer texts are cut.
pub const LONGEST: usize = 255;

/// Where the value of a variable comes from.
pub enum Fill {
    /// A place in the submission.
    At(&'static [&'static str]),
    Answer(String, Option<String>),
    Score(String),
}

pub struct Variable {
    /// A name of at most eight letters, as old readers know it.
    pub short: String,
    pub name: String,
    pub label: String,
    /// How many bytes of text; 0 of a number.
    pub width: usize,
    pub measure: i32,
    pub labels: Vec<(f64, String)>,
    pub fill: Fill,
    /// The number that stands for each value; where empty, numbers stand for themselves.
    codes: Vec<Value>,
    /// Of several choices: whether this one was made.
    chosen: Option<Value>,
}

impl Variable {
    /// How many cells of a case it takes up.
    pub fn cells(&self) -> usize {
        self.width.div_ceil(super::CELL).max(1)
    }

    pub fn number(&self, value: &Value) -> Option<f64> {
        if let Some(chosen) = &self.chosen {
            let made = value.as_list()?.contains(chosen);
            return Some(f64::from(u8::from(made)));
        }
        if !self.codes.is_empty() {
            let at = self.codes.iter().position(|code| code == value)?;
            return Some((at + 1) as f64);
        }
        match value {
            Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
            value => value.as_number().filter(|number| number.is_finite()),
        }
    }

    /// A value that is stored as text.
    pub fn words(value: &Value) -> String {
        match value {
            Value::List(_) | Value::Map(_) => value.to_json(),
            value => scalar_text(value),
        }
    }
}

const FIXED: [(&str, usize, &[&str]); 6] = [
    ("submission_id", 64, &["submissionId"]),
    ("submission_status", 12, &["status"]),
    ("submission_locale", 16, &["locale"]),
    ("submission_channel", 8, &["channel"]),
    ("submission_completed", 24, &["completedAt"]),
    ("submission_duration_ms", 0, &["durationMs"]),
];

/// The variables of a survey: numbers with labels where there are such, else text.
pub fn variables(survey: &Survey, locale: &str) -> Vec<Variable> {
    let mut all = Names::default();
    for (name, width, path) in FIXED {
        let measure = if width == 0 { SCALE } else { NOMINAL };
        all.add(name, String::new(), width, measure, Fill::At(path), Codes::default());
    }
    for question in &survey.questions {
        add_question(question, survey, locale, &mut all);
    }
    for entry in &survey.scoring {
        let id = &entry.source.id;
        let title = entry.source.title.as_ref();
        let title = title.map_or("", |title| title.in_language(locale, survey.default_locale()));
        let fill = Fill::Score(id.clone());
        all.add(&format!("score_{id}"), title.to_owned(), 0, SCALE, fill, Codes::default());
    }
    all.variables
}

fn add_question(question: &Question, survey: &Survey, locale: &str, all: &mut Names) {
    let kind = question.kind.as_type();
    if !kind.takes_answer() {
        return;
    }
    let source = &question.source;
    let id = source.value_name.as_ref().unwrap_or(&source.id);
    let default = survey.default_locale();
    let label = title(question, None, locale, default);
    let meanings = meanings(question, locale, default);
    let fill = || Fill::Answer(id.clone(), None);
    match &question.kind {
        Kind::MultipleChoice(_) => {
            for (choice, words) in meanings {
                let name = format!("{id}_{}", scalar_text(&choice.value));
                let labels = vec![(0.0, String::from("0")), (1.0, words.clone())];
                let codes = Codes { labels, values: Vec::new(), chosen: Some(choice.value) };
                all.add(&name, format!("{label}: {words}"), 0, NOMINAL, fill(), codes);
            }
        }
        Kind::Matrix(matrix) => {
            for row in matrix.row_names() {
                let label = title(question, Some(&row), locale, default);
                let fill = Fill::Answer(id.clone(), Some(row.clone()));
                let width = if matrix.cell_type.as_str() == "checkbox" { LONGEST } else { 0 };
                let codes = if width == 0 { Codes::of(&meanings) } else { Codes::default() };
                all.add(&format!("{id}.{row}"), label, width, ORDINAL, fill, codes);
            }
        }
        Kind::SingleChoice(_) | Kind::Rating(_) => {
            let rated = matches!(question.kind, Kind::Rating(_));
            let measure = if rated { ORDINAL } else { NOMINAL };
            all.add(id, label, 0, measure, fill(), Codes::of(&meanings));
        }
        Kind::YesNo(_) | Kind::Consent(_) => {
            all.add(id, label, 0, NOMINAL, fill(), Codes::default());
        }
        _ if kind.scale().is_some() || matches!(question.kind, Kind::Number(_)) => {
            all.add(id, label, 0, SCALE, fill(), Codes::default());
        }
        _ => {
            all.add(id, label, LONGEST, NOMINAL, fill(), Codes::default());
        }
    }
    if kind.other().is_some() || source.comment {
        let fill = Fill::Answer(format!("{id}-comment"), None);
        let name = format!("{id}_comment");
        all.add(&name, String::new(), LONGEST, NOMINAL, fill, Codes::default());
    }
}

/// What numbers stand for.
#[derive(Default)]
struct Codes {
    labels: Vec<(f64, String)>,
    values: Vec<Value>,
    chosen: Option<Value>,
}

impl Codes {
    /// Numbers stand for themselves; other values are counted from 1, and their labels tell them.
    fn of(meanings: &[(Choice, String)]) -> Codes {
        let numbers: Option<Vec<f64>> =
            meanings.iter().map(|(choice, _)| choice.value.as_number()).collect();
        let labelled = |(at, (choice, words)): (usize, &(Choice, String))| {
            let value = scalar_text(&choice.value);
            match &numbers {
                Some(numbers) => {
                    let number = numbers.get(at).copied()?;
                    (words != &value).then(|| (number, words.clone()))
                }
                None if words == &value => Some(((at + 1) as f64, value)),
                None => Some(((at + 1) as f64, format!("{value} {words}"))),
            }
        };
        let labels = meanings.iter().enumerate().filter_map(labelled).collect();
        let values = match numbers {
            Some(_) => Vec::new(),
            None => meanings.iter().map(|(choice, _)| choice.value.clone()).collect(),
        };
        Codes { labels, values, chosen: None }
    }
}

#[derive(Default)]
struct Names {
    variables: Vec<Variable>,
}

impl Names {
    fn add(
        &mut self,
        name: &str,
        label: String,
        width: usize,
        measure: i32,
        fill: Fill,
        codes: Codes,
    ) {
        let name = self.free(name);
        let variable = Variable {
            short: format!("V{}", self.variables.len() + 1),
            name,
            label,
            width,
            measure,
            labels: codes.labels,
            fill,
            codes: codes.values,
            chosen: codes.chosen,
        };
        self.variables.push(variable);
    }

    /// A name as SPSS allows it, that no other variable has.
    fn free(&self, name: &str) -> String {
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$');
        let mut clean: String =
            name.chars().map(|letter| if fits(letter) { letter } else { '_' }).collect();
        if !clean.starts_with(char::is_alphabetic) {
            clean.insert_str(0, "v_");
        }
        let clean = cut(&clean, 58).trim_end_matches('.').to_owned();
        let taken =
            |name: &str| self.variables.iter().any(|known| known.name.eq_ignore_ascii_case(name));
        let more = (2..).map(|number| format!("{clean}_{number}"));
        let mut names = std::iter::once(clean.clone()).chain(more);
        names.find(|name| !taken(name)).unwrap_or(clean)
    }
}
