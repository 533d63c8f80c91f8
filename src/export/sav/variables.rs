//! The variables that answers become.

use super::super::codebook::{meanings, title};
use super::codes::Codes;
use super::cut;
use crate::questions::{Kind, scalar_text};
use crate::survey::{Question, Survey};
use crate::value::Value;

pub const NOMINAL: i32 = 1;
pub const ORDINAL: i32 = 2;
pub const SCALE: i32 = 3;
/// As wide as one segment of text can be.
pub const SEGMENT: usize = 255;
/// Longer texts are cut.
const LONGEST: usize = 32_767;
/// Each segment but the last stands for so many bytes of the width of a text.
const STEP: usize = 252;

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
    pub fill: Fill,
    codes: Codes,
}

impl Variable {
    /// The widths of its segments: text that is wider than one can be is laid out over several.
    pub fn segments(&self) -> Vec<usize> {
        if self.width <= SEGMENT {
            return vec![self.width];
        }
        let before = self.width.div_ceil(STEP) - 1;
        let mut widths = vec![SEGMENT; before];
        widths.push(self.width - before * STEP);
        widths
    }

    /// Makes room for a text.
    pub fn widen(&mut self, value: &Value) {
        if self.width >= SEGMENT {
            self.width = self.width.max(Variable::words(value).len()).min(LONGEST);
        }
    }

    pub fn labels(&self) -> &[(f64, String)] {
        &self.codes.labels
    }

    /// The numbers that are no answers.
    pub fn missing(&self) -> &[f64] {
        &self.codes.missing
    }

    pub fn number(&self, value: &Value) -> Option<f64> {
        if let Some(chosen) = &self.codes.chosen {
            let made = value.as_list()?.contains(chosen);
            return Some(f64::from(u8::from(made)));
        }
        if let Some((_, number)) = self.codes.numbers.iter().find(|(code, _)| code == value) {
            return Some(*number);
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
                let chosen = Some(choice.value);
                let codes = Codes { labels, chosen, ..Codes::default() };
                all.add(&name, format!("{label}: {words}"), 0, NOMINAL, fill(), codes);
            }
        }
        Kind::Matrix(matrix) => {
            for row in matrix.row_names() {
                let label = title(question, Some(&row), locale, default);
                let fill = Fill::Answer(id.clone(), Some(row.clone()));
                let width = if matrix.cell_type.as_str() == "checkbox" { SEGMENT } else { 0 };
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
            all.add(id, label, SEGMENT, NOMINAL, fill(), Codes::default());
        }
    }
    if kind.other().is_some() || source.comment {
        let fill = Fill::Answer(format!("{id}-comment"), None);
        let name = format!("{id}_comment");
        all.add(&name, String::new(), SEGMENT, NOMINAL, fill, Codes::default());
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
            fill,
            codes,
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
