//! What to look for in submissions: compiled once from a survey and what the report is to tell.

use std::sync::Arc;

use super::record::Key;
use super::reliability::Scale;
use super::settings::{Condition, Settings, Wave};
use crate::diagnostic::nearest;
use crate::metrics::Metric;
use crate::questions::{Choice, Kind, Part, scalar_text};
use crate::survey::{Question, Survey};
use crate::value::Value;

/// What to look for in submissions.
#[derive(Debug)]
pub struct Plan {
    pub survey: Arc<Survey>,
    pub settings: Settings,
    /// By the name under which the answer is stored, sorted.
    pub(super) fields: Vec<Field>,
    pub(super) ratings: Vec<Rating>,
    pub(super) lists: Vec<List>,
    pub(super) grids: Vec<Grid>,
    /// The questions whose answers are texts to read, by their place in the survey.
    pub(super) texts: Vec<usize>,
    pub(super) groups: Vec<Group>,
    pub(super) filters: Vec<(Subject, Condition)>,
    /// By scoring entry: the ratings of its items, and those that they are compared with.
    pub(super) scores: Vec<Score>,
    pub(super) scales: Vec<Scale>,
    /// The rating that others may drive, and those.
    pub(super) outcome: Option<usize>,
    pub(super) drivers: Vec<usize>,
    /// How many more could drive it, were there not so many.
    pub(super) more_drivers: usize,
    /// The groups that statements may be laid out against: the first in which anybody is.
    pub(super) teams: Vec<usize>,
    /// The group of waves.
    pub(super) waves: usize,
    /// Names of the entries of `context` and `device` that are read.
    pub(super) entries: Vec<(Place, String)>,
    /// Whether scores are computed by answering the survey once more, always.
    pub(super) replays: bool,
    /// Whether lines of text count as comments: where nothing asks for more than a line.
    short_texts: bool,
}

/// An answer by the name under which it is stored.
#[derive(Debug)]
pub(super) struct Field {
    pub name: String,
    /// The name as it stands in a line before its answer.
    pub key: Key,
    pub question: usize,
    pub page: usize,
    pub answer: Answer,
}

/// Where an answer goes.
#[derive(Debug)]
pub(super) enum Answer {
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
pub(super) struct Rating {
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
pub(super) struct List {
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
pub(super) struct Grid {
    pub question: usize,
    pub rows: Vec<Choice>,
    pub columns: Vec<Choice>,
    /// What is stored for each, as text.
    pub row_names: Vec<String>,
    pub column_names: Vec<String>,
}

/// What submissions are told apart by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    List(usize),
    Rating(usize),
    Channel,
    Locale,
    Status,
    Version,
    /// An entry of `context` or `device`, by its place among those that are read.
    Entry(usize),
    Time(Wave),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Context,
    Device,
}

/// Submissions by one thing that they are told apart by.
#[derive(Debug)]
pub(super) struct Group {
    pub name: String,
    pub subject: Subject,
    /// Whether it is left out where nobody says anything about it.
    pub optional: bool,
}

#[derive(Debug)]
pub(super) struct Score {
    pub items: Vec<usize>,
    pub others: Vec<usize>,
}

/// So many categories of one thing are told apart.
pub(super) const MOST_CATEGORIES: usize = 200;
/// A scale of more steps is shown in classes.
const MOST_STEPS: usize = 21;
/// A question of more choices is no group by itself.
const MOST_CHOICES: usize = 12;
/// So many ratings are looked at as drivers, unless they are named.
const MOST_DRIVERS: usize = 30;

impl Plan {
    /// Looks up all names.
    ///
    /// # Errors
    /// A name that neither the survey nor its submissions have.
    pub fn new(survey: Arc<Survey>, settings: Settings) -> Result<Plan, String> {
        let mut plan = Plan {
            survey: Arc::clone(&survey),
            settings,
            fields: Vec::new(),
            ratings: Vec::new(),
            lists: Vec::new(),
            grids: Vec::new(),
            texts: Vec::new(),
            groups: Vec::new(),
            filters: Vec::new(),
            scores: Vec::new(),
            scales: Vec::new(),
            outcome: None,
            drivers: Vec::new(),
            more_drivers: 0,
            teams: Vec::new(),
            waves: 0,
            entries: Vec::new(),
            replays: false,
            short_texts: !survey.questions.iter().any(is_comment),
        };
        for (index, question) in survey.questions.iter().enumerate() {
            plan.add_question(index, question);
        }
        plan.fields.sort_by(|one, other| one.name.cmp(&other.name));
        // Questions that share an answer: the first that is asked stands for all.
        plan.fields.dedup_by(|later, first| later.name == first.name);
        plan.add_scores();
        plan.add_filters()?;
        plan.add_groups()?;
        plan.add_drivers()?;
        plan.check_targets()?;
        Ok(plan)
    }

    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fields.binary_search_by(|field| field.name.as_str().cmp(name)).ok()
    }

    fn add_question(&mut self, index: usize, question: &Question) {
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

    fn add_scores(&mut self) {
        let at = |id: &str| self.ratings.iter().position(|rating| rating.id == id);
        for (index, scoring) in self.survey.scoring.iter().enumerate() {
            let places = |items: &[crate::survey::ItemSource]| -> Vec<usize> {
                items.iter().filter_map(|item| at(&item.id)).collect()
            };
            let score = Score { items: places(&scoring.items), others: places(&scoring.others) };
            let whole = score.items.len() == scoring.items.len()
                && score.others.len() == scoring.others.len();
            let metric: &dyn Metric = scoring.kind.as_metric();
            // What looks at more than ratings may depend on anything.
            self.replays |=
                !whole || !metric.also_reads().is_empty() || !knows(scoring.kind.name());
            if whole {
                self.scales.extend(Scale::of(index, scoring, &score.items));
            }
            self.scores.push(score);
        }
    }

    fn add_filters(&mut self) -> Result<(), String> {
        for condition in self.settings.conditions.clone() {
            let subject = self.subject(&condition.name)?;
            self.filters.push((subject, condition));
        }
        Ok(())
    }

    fn add_groups(&mut self) -> Result<(), String> {
        let by = self.settings.by.clone();
        for name in &by {
            self.add_group(name, false)?;
        }
        if by.is_empty() {
            self.add_group("submission.channel", false)?;
            for list in 0..self.lists.len() {
                let Some(list) = self.lists.get(list) else { continue };
                if !list.several && (2..=MOST_CHOICES).contains(&list.choices.len()) {
                    let question = self.survey.questions.get(list.question);
                    let name = question.map(|question| question.source.id.clone());
                    self.add_group(&name.unwrap_or_default(), true)?;
                }
            }
            for name in ["context.branch", "context.team", "context.route"] {
                self.add_group(name, true)?;
            }
        }
        if let Some(team) = self.settings.team.clone() {
            self.teams = vec![self.add_group(&team, false)?];
        } else if by.is_empty() {
            let at = |name: &str| self.groups.iter().position(|group| group.name == name);
            let usual = ["team", "context.team", "branch", "context.branch", "context.route"];
            self.teams = usual.into_iter().filter_map(at).collect();
        } else {
            self.teams = (0..self.groups.len()).collect();
        }
        self.waves = self.add_group(self.settings.wave.name(), false)?;
        Ok(())
    }

    fn add_group(&mut self, name: &str, optional: bool) -> Result<usize, String> {
        let subject = self.subject(name)?;
        if let Some(known) = self.groups.iter().position(|group| group.subject == subject) {
            return Ok(known);
        }
        if matches!(subject, Subject::Rating(_)) {
            return Err(format!("`{name}` is a rating; figures are broken down by choices"));
        }
        if matches!(subject, Subject::List(list) if self.lists.get(list).is_some_and(|l| l.several))
        {
            return Err(format!("several choices of `{name}` may be in one submission"));
        }
        self.groups.push(Group { name: name.to_owned(), subject, optional });
        Ok(self.groups.len() - 1)
    }

    fn subject(&mut self, name: &str) -> Result<Subject, String> {
        let questions = &self.survey.questions;
        let is = |question: usize| questions.get(question).is_some_and(|q| q.source.id == name);
        if let Some(list) = self.lists.iter().position(|list| is(list.question)) {
            return Ok(Subject::List(list));
        }
        if let Some(rating) = self.ratings.iter().position(|rating| rating.id == name) {
            return Ok(Subject::Rating(rating));
        }
        if let Some(wave) = Wave::from_name(name) {
            return Ok(Subject::Time(wave));
        }
        for (prefix, place) in [("context.", Place::Context), ("device.", Place::Device)] {
            if let Some(entry) = name.strip_prefix(prefix) {
                let wanted = (place, entry.to_owned());
                let known = self.entries.iter().position(|known| *known == wanted);
                return Ok(Subject::Entry(known.unwrap_or_else(|| {
                    self.entries.push(wanted);
                    self.entries.len() - 1
                })));
            }
        }
        match name.strip_prefix("submission.").unwrap_or(name) {
            "channel" => Ok(Subject::Channel),
            "locale" => Ok(Subject::Locale),
            "status" => Ok(Subject::Status),
            "version" => Ok(Subject::Version),
            _ => {
                let ids = questions.iter().map(|question| question.source.id.as_str());
                let known = ids.chain(["channel", "locale", "status", "version"]);
                let known = known.chain(Wave::ALL.map(Wave::name));
                let hint = nearest(name, known);
                let hint = hint.map(|hint| format!("; did you mean `{hint}`?"));
                Err(format!(
                    "`{name}` is neither a choice nor a rating of the survey, nor channel, locale, \
                     status, version, context.…, device.… or a wave{}",
                    hint.unwrap_or_default()
                ))
            }
        }
    }

    fn add_drivers(&mut self) -> Result<(), String> {
        let at = |name: &str| {
            let found = self.ratings.iter().position(|rating| rating.id == name);
            found.ok_or_else(|| {
                let ids = self.ratings.iter().map(|rating| rating.id.as_str());
                let hint = nearest(name, ids).map(|hint| format!("; did you mean `{hint}`?"));
                format!("`{name}` is no rating of the survey{}", hint.unwrap_or_default())
            })
        };
        self.outcome = match &self.settings.outcome {
            Some(name) => Some(at(name)?),
            // What is scored first is what the survey is about, if it is one rating.
            None => self.scores.iter().find_map(|score| match score.items.as_slice() {
                [item] => Some(*item),
                _ => None,
            }),
        };
        let Some(outcome) = self.outcome else { return Ok(()) };
        self.drivers = if self.settings.drivers.is_empty() {
            let alone: Vec<usize> = self
                .scores
                .iter()
                .filter(|score| score.items.len() == 1)
                .flat_map(|score| score.items.iter().copied())
                .collect();
            let others = 0..self.ratings.len();
            let mut drivers: Vec<usize> =
                others.filter(|at| *at != outcome && !alone.contains(at)).collect();
            self.more_drivers = drivers.len().saturating_sub(MOST_DRIVERS);
            drivers.truncate(MOST_DRIVERS);
            drivers
        } else {
            let named: Result<Vec<usize>, String> =
                self.settings.drivers.iter().map(|name| at(name)).collect();
            named?.into_iter().filter(|at| *at != outcome).collect()
        };
        Ok(())
    }

    fn check_targets(&self) -> Result<(), String> {
        for target in &self.settings.targets {
            let ids = || self.survey.scoring.iter().map(|scoring| scoring.source.id.as_str());
            if !ids().any(|id| id == target.score) {
                let hint = nearest(&target.score, ids());
                let hint = hint.map(|hint| format!("; did you mean `{hint}`?"));
                let hint = hint.unwrap_or_default();
                return Err(format!("the survey has no score `{}`{hint}", target.score));
            }
        }
        Ok(())
    }

    /// How many categories of a subject are known before anything is read.
    pub(super) fn fixed(&self, subject: &Subject) -> usize {
        match subject {
            Subject::List(list) => self.lists.get(*list).map_or(0, |list| list.choices.len()),
            _ => 0,
        }
    }

    /// The value of a choice as it is stored.
    pub(super) fn choice(&self, list: usize, category: usize) -> Value {
        let choice = self.lists.get(list).and_then(|list| list.choices.get(category));
        choice.map(|choice| choice.value.clone()).unwrap_or_default()
    }
}

/// Whether there is room for more than a line of free text.
fn is_comment(question: &Question) -> bool {
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

/// The metrics that rest on ratings alone.
fn knows(metric: &str) -> bool {
    matches!(
        metric,
        "nps"
            | "top-box"
            | "mean"
            | "customer-effort"
            | "star-rating"
            | "service-dimensions"
            | "sus"
            | "importance-performance"
            | "expectation-performance"
            | "composite"
            | "subscale"
            | "t-score"
    )
}
