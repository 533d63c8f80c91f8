//! Compiling the expressions of a survey, and finding out who reads whom.

use std::collections::BTreeMap;

use super::load::question_path;
use super::names::{Names, Slot};
use super::order::in_order;
use super::scoring::Scoring;
use super::source::{QuestionSource, SurveySource};
use super::{Page, Question, Rule, Target, TextPlace};
use crate::definition::{ExpressionText, Log};
use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::expr::Expression;
use crate::text::{Piece, Text, pieces};

pub struct Compiler<'a> {
    pub names: &'a Names,
    pub log: &'a Log,
}

pub struct Compiled {
    pub rules: Vec<Rule>,
    pub outcomes: Vec<Expression>,
    pub rule_readers: BTreeMap<u32, Vec<usize>>,
    pub text_readers: BTreeMap<u32, Vec<TextPlace>>,
}

/// Compiles everything; nothing comes back where an expression is broken.
pub fn compile(
    compiler: &Compiler,
    source: &SurveySource,
    pages: &[Page],
    questions: &mut [Question],
    scoring: &[Scoring],
) -> Option<Compiled> {
    let mut rules = Vec::new();
    for (index, calculated) in source.calculated.iter().enumerate() {
        let path = || path(&[("calculated", Some(index)), ("expression", None)]);
        let expression = compiler.compile(&calculated.expression, path);
        rules.push((Target::Calculated(index), expression));
    }
    for (index, page) in pages.iter().enumerate() {
        if let Some(condition) = &page.source.visible_if {
            let path = || path(&[("pages", Some(index)), ("visibleIf", None)]);
            rules.push((Target::PageVisible(index), compiler.compile(condition, path)));
        }
    }
    for index in 0..questions.len() {
        for (target, field, condition) in conditions(&questions[index].source, index) {
            let Some(condition) = condition else { continue };
            let path = || within(question_path(questions, pages, index), field);
            rules.push((target, compiler.compile(condition, path)));
        }
        let validators = compiler.validators(questions, pages, index);
        questions[index].validators = validators?;
    }
    let mut outcomes = Vec::new();
    for (index, outcome) in source.outcomes.iter().enumerate() {
        let path = || path(&[("outcomes", Some(index)), ("if", None)]);
        outcomes.push(compiler.compile(&outcome.condition, path));
    }
    let rules: Option<Vec<Rule>> = rules
        .into_iter()
        .map(|(target, expression)| Some(Rule { target, expression: expression? }))
        .collect();
    let (rules, rule_readers) = in_order(rules?, source, questions, pages, scoring, compiler)?;
    let outcomes = outcomes.into_iter().collect::<Option<Vec<_>>>()?;
    let text_readers = text_readers(source, pages, questions, compiler.names);
    Some(Compiled { rules, outcomes, rule_readers, text_readers })
}

fn conditions(
    source: &QuestionSource,
    index: usize,
) -> [(Target, &'static str, Option<&ExpressionText>); 3] {
    [
        (Target::Visible(index), "visibleIf", source.visible_if.as_ref()),
        (Target::Required(index), "requiredIf", source.required_if.as_ref()),
        (Target::Enabled(index), "enableIf", source.enable_if.as_ref()),
    ]
}

fn path(steps: &[(&str, Option<usize>)]) -> Vec<Step> {
    let step = |(key, index): &(&str, Option<usize>)| {
        [Some(Step::Key((*key).to_owned())), index.map(Step::Index)].into_iter().flatten()
    };
    steps.iter().flat_map(step).collect()
}

fn within(mut path: Vec<Step>, field: &str) -> Vec<Step> {
    path.push(Step::Key(field.to_owned()));
    path
}

impl Compiler<'_> {
    fn compile(&self, text: &ExpressionText, path: impl Fn() -> Vec<Step>) -> Option<Expression> {
        let expression = match Expression::compile(&text.0, self.names) {
            Ok(expression) => expression,
            Err(error) => {
                let diagnostic = Diagnostic::error("expression", path(), error.message.clone());
                self.log.push(diagnostic.spanning(error.span).suggest(error.suggestion));
                return None;
            }
        };
        for unknown in expression.unknown() {
            let message = format!("nothing is named `{}`", unknown.name);
            self.log.push(
                Diagnostic::error("unknown-name", path(), message)
                    .spanning(unknown.span.clone())
                    .suggest(nearest(&unknown.name, self.names.all())),
            );
        }
        Some(expression)
    }

    fn validators(
        &self,
        questions: &[Question],
        pages: &[Page],
        index: usize,
    ) -> Option<Vec<Expression>> {
        let validators = questions[index].source.validators.iter().enumerate();
        let compiled: Vec<Option<Expression>> = validators
            .map(|(number, validator)| {
                let path = || {
                    let mut path = within(question_path(questions, pages, index), "validators");
                    path.push(Step::Index(number));
                    within(path, "expression")
                };
                self.compile(&validator.expression, path)
            })
            .collect();
        compiled.into_iter().collect()
    }
}

fn text_readers(
    source: &SurveySource,
    pages: &[Page],
    questions: &[Question],
    names: &Names,
) -> BTreeMap<u32, Vec<TextPlace>> {
    let mut readers: BTreeMap<u32, Vec<TextPlace>> = BTreeMap::new();
    let mut add = |text: &Text, place: TextPlace| {
        for (_, wording) in text.entries().filter(|(_, wording)| wording.contains('{')) {
            for piece in pieces(wording) {
                let Piece::Name(name) = piece else { continue };
                let Some(slot) = piped(name, names) else { continue };
                let places = readers.entry(slot.encode()).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
    };
    let completion = source.completion.iter().flat_map(|c| [&c.title, &c.text]);
    let headings = [&source.title, &source.description].into_iter().chain(completion);
    let pages = pages.iter().flat_map(|page| [&page.source.title, &page.source.description]);
    for text in headings.chain(pages).flatten() {
        add(text, TextPlace::Heading);
    }
    for (index, question) in questions.iter().enumerate() {
        let source = &question.source;
        let own = [&source.title, &source.description, &source.help].into_iter().flatten();
        let validators = source.validators.iter().filter_map(|validator| validator.text.as_ref());
        for text in own.chain(question.kind.as_type().texts()).chain(validators) {
            add(text, TextPlace::Question(index));
        }
    }
    readers
}

/// The slot that a name in a text shows; of a dotted name, its longest known beginning.
pub fn piped(name: &str, names: &Names) -> Option<Slot> {
    let name = name.strip_prefix('#').unwrap_or(name);
    let mut rest = name;
    loop {
        if let Some(slot) = names.get(rest) {
            return Some(slot);
        }
        rest = &rest[..rest.rfind(['.', '['])?];
    }
}
