//! Compiling the expressions of a survey, and finding out who reads whom.

use std::collections::BTreeMap;

use super::names::{Key, Names, Scope};
use super::order::in_order;
use super::path::{Layout, path, within};
use super::scoring::Scoring;
use super::source::{QuestionSource, SurveySource};
use super::texts::text_readers;
use super::{QuestionId, Rule, Target, TextPlace};
use crate::definition::{ExpressionText, Log};
use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::expr::Expression;

pub struct Compiled {
    pub rules: Vec<Rule>,
    pub outcomes: Vec<Expression>,
    /// The validators of every question, by block and place.
    pub validators: Vec<Vec<Vec<Expression>>>,
    pub rule_readers: BTreeMap<Key, Vec<usize>>,
    pub text_readers: BTreeMap<Key, Vec<TextPlace>>,
}

/// Compiles everything; nothing comes back where an expression is broken.
pub fn compile(
    source: &SurveySource,
    layout: Layout,
    names: &Names,
    scoring: &[Scoring],
    log: &Log,
) -> Option<Compiled> {
    let mut compiler = Compiler { layout, names, log, rules: Vec::new(), sound: true };
    for (index, calculated) in source.calculated.iter().enumerate() {
        let path = || path(&[("calculated", Some(index)), ("expression", None)]);
        compiler.rule(0, Target::Calculated(index), &calculated.expression, path);
    }
    for (index, page) in layout.pages.iter().enumerate() {
        if let Some(condition) = &page.source.visible_if {
            let path = || path(&[("pages", Some(index)), ("visibleIf", None)]);
            compiler.rule(0, Target::PageVisible(index), condition, path);
        }
    }
    let mut validators = Vec::new();
    for block in 0..=layout.blocks.len() {
        let ids = (0..layout.block(block).len()).map(|index| QuestionId { block, index });
        validators.push(ids.map(|id| compiler.question(id)).collect());
    }
    let mut outcomes = Vec::new();
    for (index, outcome) in source.outcomes.iter().enumerate() {
        let path = || path(&[("outcomes", Some(index)), ("if", None)]);
        outcomes.extend(compiler.compile(0, &outcome.condition, path));
    }
    let Compiler { rules, sound, .. } = compiler;
    if !sound {
        return None;
    }
    let (rules, rule_readers) = in_order(rules, source, layout, names, scoring, log)?;
    let text_readers = text_readers(source, layout, names);
    Some(Compiled { rules, outcomes, validators, rule_readers, text_readers })
}

struct Compiler<'a> {
    layout: Layout<'a>,
    names: &'a Names,
    log: &'a Log,
    rules: Vec<Rule>,
    sound: bool,
}

impl Compiler<'_> {
    /// Compiles the conditions of a question, and gives back those of its validators.
    fn question(&mut self, id: QuestionId) -> Vec<Expression> {
        let layout = self.layout;
        let source = &layout.block(id.block)[id.index].source;
        for (target, field, condition) in conditions(source, id.index) {
            if let Some(condition) = condition {
                self.rule(id.block, target, condition, || within(layout.path(id), field));
            }
        }
        let mut validators = Vec::new();
        for (number, validator) in source.validators.iter().enumerate() {
            let path = || {
                let mut path = within(layout.path(id), "validators");
                path.push(Step::Index(number));
                within(path, "expression")
            };
            validators.extend(self.compile(id.block, &validator.expression, path));
        }
        validators
    }

    fn rule(
        &mut self,
        block: usize,
        target: Target,
        text: &ExpressionText,
        path: impl Fn() -> Vec<Step>,
    ) {
        if let Some(expression) = self.compile(block, text, path) {
            self.rules.push(Rule { block, target, expression });
        }
    }

    fn compile(
        &mut self,
        block: usize,
        text: &ExpressionText,
        path: impl Fn() -> Vec<Step>,
    ) -> Option<Expression> {
        let scope = Scope { names: self.names, blocks: self.layout.blocks, block, item: false };
        let expression = match Expression::compile(&text.0, &scope) {
            Ok(expression) => expression,
            Err(error) => {
                let diagnostic = Diagnostic::error("expression", path(), error.message.clone());
                self.log.push(diagnostic.spanning(error.span).suggest(error.suggestion));
                self.sound = false;
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
