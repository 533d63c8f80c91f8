//! Where the answers to each question go.

use super::Plan;
use crate::questions::{Choice, Kind, Part, scalar_text};
use crate::report::record::Key;
use crate::survey::{Question, Survey};

/// An answer by the name under which it is stored.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    /// The name as it stands in a line before its answer.
    pub key: Key,
    pub question: usize,
    pub page: usize,
    pub answer: Answer,
}

/// Where an answer goes.
#[derive(Debug)]
pub enum Answer {
    Rating(usize),
    /// The rows of a matrix with their ratings, sorted.
    Rows(Vec<(String, usize)>),
    Choice(usize),
    Choices(usize),
    Grid(usize),
    Text(usize),
    Other,
}

/// A rating: a question, or a row of a matrix.
#[derive(Debug)]
pub struct Rating {
    /// As metrics name it.
    pub id: String,
    pub question: usize,
    /// The row of a matrix, by its place.
    pub row: Option<usize>,
    pub min: f64,
    pub max: f64,
    /// The steps of the scale, rising; none where they are too many to tell apart.
    pub steps: Vec<f64>,
    /// Whether only the steps count: a matrix knows nothing between its columns.
    pub strict: bool,
    /// Whether scores need to know if it was shown.
    pub conditional: bool,
}

impl Rating {
    /// The step that a value is, or the tenth of the scale in which it lies.
    pub fn step(&self, value: f64) -> Option<usize> {
        if value.is_nan() {
            None
        } else if self.steps.is_empty() {
            let share = (value - self.min) / (self.max - self.min);
            Some(((share * 10.0) as usize).min(9))
        } else {
            // Most scales go up by one.
            let likely = (value - self.min) as usize;
            let is = |step: &&f64| **step == value;
            match self.steps.get(likely).filter(is) {
                Some(_) => Some(likely),
                None => self.steps.iter().position(|step| *step == value),
            }
        }
    }
}

/// A question that is answered by choices.
#[derive(Debug)]
pub struct List {
    pub question: usize,
    pub choices: Vec<Choice>,
    /// What is stored, as text.
    pub names: Vec<String>,
    /// The places of the names in their order, where they are many.
    sorted: Vec<usize>,
    pub several: bool,
}

impl List {
    fn new(question: usize, choices: Vec<Choice>, several: bool) -> List {
        let names: Vec<String> = choices.iter().map(|choice| scalar_text(&choice.value)).collect();
        let mut sorted: Vec<usize> = (0..names.len()).collect();
        match sorted.len() {
            // A few are found faster by looking at each.
            ..=16 => sorted.clear(),
            _ => sorted.sort_by_key(|place| names.get(*place)),
        }
        List { question, choices, names, sorted, several }
    }

    /// The place of a choice by its name.
    pub fn place(&self, name: &str) -> Option<usize> {
        if self.sorted.is_empty() {
            return self.names.iter().position(|known| known == name);
        }
        let known = |place: &usize| self.names.get(*place).map_or("", String::as_str);
        let found = self.sorted.binary_search_by(|place| known(place).cmp(name)).ok()?;
        self.sorted.get(found).copied()
    }
}

/// A matrix whose columns are no numbers, or several of which can be chosen.
#[derive(Debug)]
pub struct Grid {
    pub question: usize,
    pub rows: Vec<Choice>,
    pub columns: Vec<Choice>,
    /// What is stored for each, as text.
    pub row_names: Vec<String>,
    pub column_names: Vec<String>,
}

/// A scale of more steps is shown in classes.
const MOST_STEPS: usize = 21;

impl Plan {
    pub(super) fn add_question(&mut self, index: usize, question: &Question) {
        let kind = question.kind.as_type();
        if !kind.takes_answer() {
            return;
        }
        let id = &question.source.id;
        let name = question.source.value_name.as_ref().unwrap_or(id).clone();
        let choices = || {
            let lists = kind.items();
            let found = lists.iter().find(|items| items.part == Part::Choices);
            found.map(|items| items.list.to_vec()).unwrap_or_default()
        };
        let answer = match &question.kind {
            Kind::Matrix(matrix) => match kind.scale() {
                Some(_) => {
                    let rows = matrix.row_names().into_iter().enumerate();
                    let rows = rows.map(|(row, name)| {
                        let rating = self.add_rating(index, question, Some((row, &name)));
                        (name, rating)
                    });
                    let mut rows: Vec<(String, usize)> = rows.collect();
                    rows.sort_unstable();
                    Answer::Rows(rows)
                }
                None => {
                    self.grids.push(Grid {
                        question: index,
                        rows: matrix.rows.clone(),
                        columns: matrix.columns.clone(),
                        row_names: matrix.row_names(),
                        column_names: matrix
                            .columns
                            .iter()
                            .map(|c| scalar_text(&c.value))
                            .collect(),
                    });
                    Answer::Grid(self.grids.len() - 1)
                }
            },
            Kind::SingleChoice(_) => Answer::Choice(self.add_list(index, choices(), false)),
            Kind::MultipleChoice(_) => Answer::Choices(self.add_list(index, choices(), true)),
            Kind::YesNo(_) => {
                let choices = [true, false].map(|flag| Choice::plain(flag.into())).to_vec();
                Answer::Choice(self.add_list(index, choices, false))
            }
            Kind::TextAnswer(text) if text.is_open() && (text.lines > 1 || self.short_texts) => {
                self.texts.push(index);
                Answer::Text(self.texts.len() - 1)
            }
            _ if kind.scale().is_some() => Answer::Rating(self.add_rating(index, question, None)),
            _ => Answer::Other,
        };
        let key = Key::new(&name);
        self.fields.push(Field { name, key, question: index, page: question.page, answer });
    }

    fn add_list(&mut self, question: usize, choices: Vec<Choice>, several: bool) -> usize {
        self.lists.push(List::new(question, choices, several));
        self.lists.len() - 1
    }

    fn add_rating(
        &mut self,
        index: usize,
        question: &Question,
        row: Option<(usize, &str)>,
    ) -> usize {
        let scale = question.kind.as_type().scale();
        let (min, max) = scale.map_or((0.0, 0.0), |scale| (scale.min, scale.max));
        let mut steps: Vec<f64> = match &question.kind {
            Kind::Rating(rating) => {
                rating.steps().iter().filter_map(|step| step.value.as_number()).collect()
            }
            Kind::Matrix(matrix) => {
                matrix.columns.iter().filter_map(|column| column.value.as_number()).collect()
            }
            Kind::Nps(_) => (0..=10).map(f64::from).collect(),
            _ => Vec::new(),
        };
        steps.sort_unstable_by(f64::total_cmp);
        steps.dedup();
        if steps.len() > MOST_STEPS {
            steps.clear();
        }
        let id = &question.source.id;
        let id = row.map_or_else(|| id.clone(), |(_, name)| format!("{id}.{name}"));
        let rating = Rating {
            id,
            question: index,
            row: row.map(|(row, _)| row),
            min,
            max,
            steps,
            strict: row.is_some(),
            conditional: is_conditional(&self.survey, question),
        };
        self.ratings.push(rating);
        self.ratings.len() - 1
    }
}

/// Whether there is room for more than a line of free text.
pub fn is_comment(question: &Question) -> bool {
    matches!(&question.kind, Kind::TextAnswer(text) if text.is_open() && text.lines > 1)
}

/// Whether a question may be hidden, or offer less than its definition says.
fn is_conditional(survey: &Survey, question: &Question) -> bool {
    let own = |question: &Question| {
        let source = &question.source;
        source.visible_if.is_some() || !source.visible || question.offer.is_some()
    };
    let page = survey.pages.get(question.page);
    if own(question) || page.is_some_and(|page| page.source.visible_if.is_some()) {
        return true;
    }
    let mut parent = question.parent;
    while let Some(panel) = parent.and_then(|parent| survey.questions.get(parent)) {
        if own(panel) {
            return true;
        }
        parent = panel.parent;
    }
    false
}
