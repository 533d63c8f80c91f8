//! The survey model: what a definition means once it is loaded.
//!
//! ```
//! use askwell::survey::Survey;
//! let json = r#"{"askwell": 1, "id": "s", "pages": [{"id": "p", "questions": [
//!     {"id": "recommend", "type": "nps"},
//!     {"id": "why", "type": "text", "visibleIf": "{recomend} <= 6"}]}]}"#;
//! let diagnostics = Survey::load(json).unwrap_err();
//! assert_eq!(diagnostics[0].path_text(), "$.pages[0].questions[1].visibleIf");
//! assert_eq!(diagnostics[0].suggestion.as_deref(), Some("recommend"));
//! ```

mod address;
mod compile;
mod framework;
mod load;
mod names;
mod offer;
mod order;
mod path;
#[cfg(not(target_arch = "wasm32"))]
mod rare;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod scoring;
pub mod source;
mod texts;
mod tour;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::expr::Expression;
use crate::questions::Kind;
use crate::value::Sorted;

pub use framework::Framework;
pub use load::parse;
pub use names::{Key, Names, Scope, Slot};
pub use offer::{Carry, ListRules, Offer, UrlPiece};
#[cfg(not(target_arch = "wasm32"))]
pub use rare::{rare_functions, rare_words};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub use scoring::{ItemSource, Scoring};
use source::{PageSource, QuestionSource, SurveySource};

/// A survey, loaded and found sound: nothing in it can fail while it is answered.
#[derive(Clone, Debug)]
pub struct Survey {
    pub source: SurveySource,
    pub pages: Vec<Page>,
    /// Every question outside rows in the order of the definition, panels before what they
    /// hold.
    pub questions: Vec<Question>,
    /// The questions that are asked in rows, by the question that asks them. Block 1 is the
    /// first.
    pub blocks: Vec<Block>,
    pub scoring: Vec<Scoring>,
    /// The conditions of `source.outcomes`.
    pub outcomes: Vec<Expression>,
    /// The conditions of `source.screen_outs`.
    pub screen_outs: Vec<Expression>,
    /// The conditions of the texts and of the redirects of `source.completion`.
    pub closings: [Vec<Expression>; 2],
    /// What each trigger computes.
    pub runs: Vec<Option<Expression>>,
    names: Names,
    /// In an order in which each rule comes after all that it depends on.
    rules: Vec<Rule>,
    /// Names that triggers set although no question has them.
    pub variables: Vec<String>,
    /// Questions that share an answer, by the name under which it is stored.
    pub shared: Sorted<String, Vec<usize>>,
    rule_readers: order::Readers,
    /// Rules that give an answer and read nothing for it: they hold after every change.
    steady: Vec<usize>,
    /// Rules that give answers to begin with, or read nothing for what they compute.
    always: Vec<usize>,
    /// The questions outside rows whose validators have conditions.
    conditioned: Vec<usize>,
    /// By key.
    text_readers: Vec<(Key, TextPlace)>,
    hash: String,
}

/// A survey with what its author should know although it loads.
#[derive(Debug)]
pub struct Loaded {
    pub survey: Survey,
    pub warnings: Vec<Diagnostic>,
}

/// A page of a survey.
#[derive(Clone, Debug)]
pub struct Page {
    pub source: PageSource,
    /// Its questions, those in panels included.
    pub questions: Range<usize>,
}

/// Which question of the model: its block, 0 outside all rows, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionId {
    pub block: usize,
    pub index: usize,
}

/// A question of a survey.
#[derive(Clone, Debug)]
pub struct Question {
    pub source: QuestionSource,
    pub kind: Kind,
    pub page: usize,
    /// The panel it stands in, in the same block.
    pub parent: Option<usize>,
    /// Its place in the list that it is written in.
    pub position: usize,
    /// One past the last question inside it; its own index plus one unless it is a panel.
    pub end: usize,
    /// The block of the questions that are asked in its rows.
    pub rows: Option<usize>,
    /// The conditions of those of its validators that have one, in their places.
    pub conditions: Vec<Option<Expression>>,
    /// What decides which choices, rows and columns it offers.
    pub offer: Option<Box<Offer>>,
    /// What computes those of its totals that have an expression, in their order.
    pub totals: Vec<Expression>,
}

impl Question {
    /// Whether its choices come from another question and special ones stand beside them.
    fn has_choices_beside_carried(&self) -> bool {
        let carries = self.offer.as_ref().is_some_and(|offer| offer.carry.is_some());
        let list = self.kind.as_type().choice_list().filter(|_| carries);
        list.is_some_and(|list| list.choices.iter().any(|choice| choice.special))
    }
}

/// Questions that are asked in every row of another question.
#[derive(Clone, Debug)]
pub struct Block {
    /// The question that has the rows.
    pub owner: QuestionId,
    pub questions: Vec<Question>,
}

/// An expression with what its value decides.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The block in each of whose rows it holds; 0 outside all rows.
    pub block: usize,
    pub target: Target,
    /// What decides; nothing where the mere change of what is read does.
    pub expression: Option<Expression>,
    /// The condition under which the rule holds at all.
    pub condition: Option<Expression>,
    /// What it waits for besides what its expressions read.
    pub waits_for: Vec<Slot>,
}

/// What a rule decides, by place in the rule's block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    PageVisible(usize),
    Visible(usize),
    Required(usize),
    Enabled(usize),
    PageEnabled(usize),
    Calculated(usize),
    /// The answer, as long as the respondent gives none.
    Default(usize),
    /// The answer, at all times.
    Computed(usize),
    /// The answer, whenever what decides it changes; the respondent may change it in between.
    Value(usize),
    /// Whether the answer goes back to what it began with.
    Reset(usize),
    /// Whether a trigger goes off.
    Trigger(usize),
    /// Which choices, rows and columns are offered, and in which order.
    Offer(usize),
}

/// Where a text with `{names}` stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPlace {
    Question(QuestionId),
    /// A heading of a page, of the survey, or of the thank-you page.
    Heading,
}

impl Rule {
    /// Every slot whose change makes the rule run again.
    pub fn reads(&self) -> impl Iterator<Item = Slot> {
        let expressions = self.expression.iter().chain(&self.condition);
        let read = expressions.flat_map(Expression::reads).map(|slot| Slot::decode(*slot));
        read.chain(self.waits_for.iter().copied())
    }
}

impl Survey {
    /// Loads a definition from JSON text.
    ///
    /// # Errors
    /// Every mistake in the definition, each with its place.
    pub fn load(json: &str) -> Result<Loaded, Vec<Diagnostic>> {
        load::load(json, &[])
    }

    /// Loads a definition whose expressions may call functions that the host adds. Functions
    /// of which only the author knows stand in the definition's own list `functions`.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use askwell::{session::{Session, Start}, survey::Survey, value::Value};
    /// let json = r#"{"askwell": 1, "id": "s", "pages": [{"id": "p", "questions": [
    ///     {"id": "nights", "type": "number", "defaultValue": 3},
    ///     {"id": "price", "type": "number", "setValueExpression": "fare({nights})"}]}]}"#;
    /// assert!(Survey::load(json).is_err());
    /// let survey = Arc::new(Survey::load_with(json, &["fare"]).unwrap().survey);
    /// let mut start = Start::default();
    /// start.functions.add("fare", Arc::new(|arguments: &[Value]| {
    ///     Value::from(arguments.first().and_then(Value::as_number).unwrap_or(0.0) * 100.0)
    /// }));
    /// let session = Session::new(survey, start);
    /// assert_eq!(session.answer(1).to_json(), "300");
    /// ```
    ///
    /// # Errors
    /// As [`load`](Survey::load).
    pub fn load_with(json: &str, functions: &[&str]) -> Result<Loaded, Vec<Diagnostic>> {
        load::load(json, functions)
    }

    /// The question outside rows with this id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.names.question(id)
    }

    /// The questions of a block; 0 are those outside all rows.
    pub fn block(&self, block: usize) -> &[Question] {
        match block.checked_sub(1) {
            None => &self.questions,
            Some(index) => self.blocks.get(index).map_or(&[], |block| &block.questions),
        }
    }

    /// `sha256:` and the digest of the definition in canonical form, so that the same survey
    /// has the same hash however its file is laid out.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The language that texts fall back on.
    pub fn default_locale(&self) -> &str {
        self.source.locales.first().map_or("en", String::as_str)
    }

    /// The names that can be read in a block.
    pub fn scope(&self, block: usize) -> Scope<'_> {
        Scope { names: &self.names, blocks: &self.blocks, block, item: false }
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Rules that give an answer and read nothing for it: they hold after every change.
    pub fn steady_rules(&self) -> &[usize] {
        &self.steady
    }

    /// Rules that give answers to begin with, those that read nothing for what they compute, and
    /// those of choices that are looked at again whenever anything is.
    pub fn rules_of_every_pass(&self) -> &[usize] {
        &self.always
    }

    /// The questions outside rows whose validators have conditions.
    pub fn conditioned_questions(&self) -> &[usize] {
        &self.conditioned
    }

    /// The rules that wait for a key.
    pub fn rules_reading(&self, key: Key) -> impl Iterator<Item = usize> {
        self.rule_readers.of(key)
    }

    /// The texts that show a key.
    pub fn texts_reading(&self, key: Key) -> impl Iterator<Item = TextPlace> {
        let start = self.text_readers.partition_point(|(known, _)| *known < key);
        let from = self.text_readers.get(start..).unwrap_or_default().iter();
        from.take_while(move |(known, _)| *known == key).map(|(_, place)| *place)
    }
}
