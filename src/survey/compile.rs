//! Compiling the expressions of a survey, and finding out who reads whom.

use super::names::{Key, Names, Scope};
use super::offer::{Offer, compile_offer};
use super::order::{Readers, in_order};
use super::path::{Layout, path, within};
use super::scoring::Scoring;
use super::source::{QuestionSource, SurveySource};
use super::texts::text_readers;
use super::{QuestionId, Rule, Target, TextPlace};
use crate::definition::{ExpressionText, Log};
use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::expr::Expression;
use crate::questions::Total;
use crate::validators::Kind;

pub struct Compiled {
    pub rules: Vec<Rule>,
    pub outcomes: Vec<Expression>,
    pub screen_outs: Vec<Expression>,
    /// The conditions of the texts and of the redirects after the last page.
    pub closings: [Vec<Expression>; 2],
    /// What each trigger computes.
    pub runs: Vec<Option<Expression>>,
    /// What belongs to every question, by block and place.
    pub questions: Vec<Vec<OfQuestion>>,
    pub rule_readers: Readers,
    pub text_readers: Vec<(Key, TextPlace)>,
}

/// What the expressions of one question are compiled to, besides rules.
pub struct OfQuestion {
    /// The conditions of its validators, in their places.
    pub validators: Vec<Option<Expression>>,
    pub offer: Option<Box<Offer>>,
    /// What computes totals.
    pub totals: Vec<Expression>,
}

/// Compiles everything; nothing comes back where an expression is broken.
pub fn compile(
    source: &SurveySource,
    layout: Layout,
    names: &Names,
    scoring: &[Scoring],
    log: &Log,
) -> Option<Compiled> {
    let mut compiler =
        Compiler { layout, names, log, rules: Vec::new(), runs: Vec::new(), sound: true };
    for (index, calculated) in source.calculated.iter().enumerate() {
        let path = || path(&[("calculated", Some(index)), ("expression", None)]);
        compiler.rule(0, Target::Calculated(index), &calculated.expression, path);
    }
    for (index, page) in layout.pages.iter().enumerate() {
        let visible = (Target::PageVisible(index), "visibleIf", &page.source.visible_if);
        let enabled = (Target::PageEnabled(index), "enableIf", &page.source.enable_if);
        for (target, field, condition) in [visible, enabled] {
            if let Some(condition) = condition {
                let path = || path(&[("pages", Some(index)), (field, None)]);
                compiler.rule(0, target, condition, path);
            }
        }
    }
    if cfg!(not(lean)) {
        (0..source.triggers.len()).for_each(|index| compiler.trigger(source, index));
    }
    let mut questions = Vec::new();
    for block in 0..=layout.blocks.len() {
        let ids = (0..layout.block(block).len()).map(|index| QuestionId { block, index });
        questions.push(ids.map(|id| compiler.question(id)).collect());
    }
    let outcomes = source.outcomes.iter().map(|outcome| &outcome.condition).collect();
    let outcomes = compiler.conditions(&[("outcomes", None)], outcomes);
    let screen_outs = source.screen_outs.iter().map(|end| &end.condition).collect();
    let screen_outs = compiler.conditions(&[("screenOuts", None)], screen_outs);
    let completion = source.completion.iter();
    let texts = completion.clone().flat_map(|c| &c.texts).map(|text| &text.condition).collect();
    let redirects = completion.flat_map(|c| &c.redirects).map(|to| &to.condition).collect();
    let closings = [("textOnCondition", texts), ("redirectOnCondition", redirects)]
        .map(|(field, list)| compiler.conditions(&[("completion", None), (field, None)], list));
    let Compiler { rules, runs, sound, .. } = compiler;
    if !sound {
        return None;
    }
    let (rules, rule_readers) = in_order(rules, source, layout, names, scoring, log)?;
    let text_readers = text_readers(source, layout, names);
    Some(Compiled {
        rules,
        runs,
        outcomes,
        screen_outs,
        closings,
        questions,
        rule_readers,
        text_readers,
    })
}

struct Compiler<'a> {
    layout: Layout<'a>,
    names: &'a Names,
    log: &'a Log,
    rules: Vec<Rule>,
    runs: Vec<Option<Expression>>,
    sound: bool,
}

impl Compiler<'_> {
    /// Compiles the conditions of a question, and gives back what is no rule.
    fn question(&mut self, id: QuestionId) -> OfQuestion {
        let layout = self.layout;
        let source = &layout.block(id.block)[id.index].source;
        for (target, field, condition) in conditions(source, id.index) {
            if let Some(condition) = condition {
                self.rule(id.block, target, condition, || within(layout.path(id), field));
            }
        }
        self.values(id, source);
        let mut validators = Vec::new();
        for (number, validator) in source.validators.iter().enumerate() {
            let Kind::ExpressionValidator(condition) = &validator.kind else {
                validators.push(None);
                continue;
            };
            let path = || {
                let mut path = within(layout.path(id), "validators");
                path.push(Step::Index(number));
                within(path, "expression")
            };
            validators.push(self.compile(id.block, &condition.expression, path));
        }
        OfQuestion { validators, offer: self.offer(id), totals: self.totals(id) }
    }

    fn totals(&mut self, id: QuestionId) -> Vec<Expression> {
        if cfg!(lean) {
            return Vec::new();
        }
        let layout = self.layout;
        let mut compiled = Vec::new();
        for (column, total) in
            layout.block(id.block)[id.index].kind.as_type().totals().into_iter().flatten()
        {
            if let Total::Computed(text) = total {
                let path =
                    || within(within(within(layout.path(id), "totals"), column), "expression");
                compiled.extend(self.compile(id.block, text, path));
            }
        }
        compiled
    }

    /// Compiles what decides the choices, rows and columns of a question.
    fn offer(&mut self, id: QuestionId) -> Option<Box<Offer>> {
        if cfg!(lean) {
            return None;
        }
        let (layout, log) = (self.layout, self.log);
        let mut compile = |text: &ExpressionText, path: Vec<Step>| {
            self.compile_at(id.block, true, text, || path.clone())
        };
        let offer = compile_offer(id, layout, &mut compile, log)?;
        let list = layout.block(id.block)[id.index].kind.as_type().choice_list();
        self.rules.push(Rule {
            block: id.block,
            target: Target::Offer(id.index),
            expression: None,
            condition: None,
            waits_for: offer.reads(list),
        });
        Some(offer)
    }

    /// Compiles what computes a question's answer.
    fn values(&mut self, id: QuestionId, source: &QuestionSource) {
        if cfg!(lean) {
            return;
        }
        let layout = self.layout;
        let path = |field: &'static str| move || within(layout.path(id), field);
        if let Some(expression) = &source.default_expression {
            self.rule(
                id.block,
                Target::Default(id.index),
                expression,
                path("defaultValueExpression"),
            );
        }
        if let Some(condition) = &source.reset_if {
            self.rule(id.block, Target::Reset(id.index), condition, path("resetValueIf"));
        }
        if let Some(expression) = layout.block(id.block)[id.index].kind.as_type().computed() {
            self.rule(id.block, Target::Computed(id.index), expression, path("expression"));
        }
        if source.value_expression.is_none() && source.value_if.is_none() {
            return;
        }
        let mut compiled = |text: &Option<ExpressionText>, field| {
            text.as_ref().map(|text| self.compile(id.block, text, path(field)))
        };
        let expression = compiled(&source.value_expression, "setValueExpression");
        let condition = compiled(&source.value_if, "setValueIf");
        self.rules.push(Rule {
            block: id.block,
            target: Target::Value(id.index),
            expression: expression.flatten(),
            condition: condition.flatten(),
            waits_for: Vec::new(),
        });
    }

    fn trigger(&mut self, source: &SurveySource, index: usize) {
        let trigger = &source.triggers[index];
        let path = |field: &'static str| move || path(&[("triggers", Some(index)), (field, None)]);
        let condition =
            trigger.condition.as_ref().map(|text| self.compile(0, text, path("expression")));
        let run = trigger.run.as_ref().map(|text| self.compile(0, text, path("runExpression")));
        let follows = source.tidy || trigger.condition.is_none();
        let from = trigger.from.as_deref().filter(|_| follows);
        for (name, field) in [(&trigger.from, "fromName"), (&trigger.goto, "gotoName")] {
            if let Some(name) = name
                && self.names.question(name).is_none()
            {
                let message = format_args!("there is no question `{name}`");
                self.log.report(|| {
                    Diagnostic::error("unknown-name", path(field)(), message)
                        .suggest(nearest(name, self.names.all()))
                });
            }
        }
        // What `run` computes is not waited for: the condition alone decides when.
        self.rules.push(Rule {
            block: 0,
            target: Target::Trigger(index),
            expression: None,
            condition: condition.flatten(),
            waits_for: from.and_then(|from| self.names.get(from)).into_iter().collect(),
        });
        self.runs.push(run.flatten());
    }

    /// Compiles the conditions of a list's entries.
    fn conditions(
        &mut self,
        list: &[(&str, Option<usize>)],
        conditions: Vec<&ExpressionText>,
    ) -> Vec<Expression> {
        let mut compiled = Vec::new();
        for (index, condition) in conditions.into_iter().enumerate() {
            let path = || {
                let mut path = path(list);
                path.push(Step::Index(index));
                within(path, "if")
            };
            compiled.extend(self.compile(0, condition, path));
        }
        compiled
    }

    fn rule(
        &mut self,
        block: usize,
        target: Target,
        text: &ExpressionText,
        path: impl Fn() -> Vec<Step>,
    ) {
        if let Some(expression) = self.compile(block, text, path) {
            let (expression, waits_for) = (Some(expression), Vec::new());
            self.rules.push(Rule { block, target, expression, condition: None, waits_for });
        }
    }

    fn compile(
        &mut self,
        block: usize,
        text: &ExpressionText,
        path: impl Fn() -> Vec<Step>,
    ) -> Option<Expression> {
        self.compile_at(block, false, text, path)
    }

    /// The same; `item` says whether `{item}` can be read.
    fn compile_at(
        &mut self,
        block: usize,
        item: bool,
        text: &ExpressionText,
        path: impl Fn() -> Vec<Step>,
    ) -> Option<Expression> {
        let scope = Scope { names: self.names, blocks: self.layout.blocks, block, item };
        let expression = match Expression::compile(&text.0, &scope) {
            Ok(expression) => expression,
            Err(error) => {
                self.log.report(|| {
                    Diagnostic::error("expression", path(), error.message)
                        .spanning(error.span)
                        .suggest(error.suggestion)
                });
                self.sound = false;
                return None;
            }
        };
        for unknown in expression.unknown() {
            let message = format_args!("nothing is named `{}`", unknown.name);
            self.log.report(|| {
                Diagnostic::error("unknown-name", path(), message)
                    .spanning(unknown.span.clone())
                    .suggest(nearest(&unknown.name, self.names.all()))
            });
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
