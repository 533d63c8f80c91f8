//! Forms for assessors and audits: the role play, the portfolio, and policies.

use super::node::Node;
use super::statements::mean;
use super::{Builder, Parts};
use crate::competency::unit::{Note, Statement, StatementKind};

impl Builder<'_> {
    /// D: what a role play shows; a statement whose note lists behaviours is watched behaviour by
    /// behaviour.
    pub(super) fn role_play(&mut self) -> Result<Parts, String> {
        let chosen = &self.profile.roleplay;
        let groups = self.unit.groups();
        let watched = |statement: &Statement, kind| match chosen.is_empty() {
            true => matches!(kind, StatementKind::Indicator | StatementKind::Skill),
            false => chosen.contains(&statement.id),
        };
        let mut statements: Vec<&Statement> = Vec::new();
        for group in &groups {
            statements.extend(group.statements.iter().filter(|one| watched(one, group.kind)));
        }
        if let Some(first) = chosen.first() {
            // What the profile names first is what the role play is about.
            statements.sort_by_key(|one| one.id != *first);
        }
        let scale = self.common("scales", "shown");
        let mut questions = Vec::new();
        let mut count = 0;
        for statement in &statements {
            let behaviours: Vec<&Note> =
                statement.note_refs.iter().filter_map(|id| self.unit.note(id)).collect();
            let is_skill = statement.id.starts_with('S');
            let rows: Vec<Node> = behaviours
                .iter()
                .flat_map(|note| &note.items)
                .map(|entry| self.option(entry))
                .collect();
            if is_skill && !rows.is_empty() {
                count += rows.len();
                questions.push(Node::object([
                    ("id", Node::text(statement.id.as_str())),
                    ("type", Node::text("matrix")),
                    ("title", self.wording.text(&statement.text)),
                    ("rows", Node::List(rows)),
                    ("columns", scale.clone()),
                    ("eachRowRequired", Node::yes()),
                ]));
            } else {
                count += 1;
                questions.push(self.rating(statement, &scale));
            }
        }
        questions.push(self.remark("observation"));
        let ids: Vec<String> = statements.iter().map(|one| one.id.clone()).collect();
        let page = Node::object([
            ("id", Node::text("observation-page")),
            ("title", self.say("score")),
            ("description", self.say("do")),
            ("questions", Node::List(questions)),
        ]);
        Ok(Parts {
            pages: vec![self.say("start"), page],
            scoring: vec![mean("shown", self.say("score"), &ids)],
            count,
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }

    /// A field for remarks under one of the common headings.
    fn remark(&self, words: &str) -> Node {
        let field = Node::object([
            ("id", Node::text(format!("{words}-remarks"))),
            ("type", Node::text("text")),
            ("lines", Node::number(4)),
            ("maxLength", Node::number(4000)),
        ]);
        match self.common.get(words) {
            Some(words) => field.merged(words),
            None => field,
        }
    }

    /// F: each document against the rules of evidence.
    pub(super) fn portfolio(&mut self) -> Result<Parts, String> {
        let Some(documents) = self.documents() else {
            let message = "no method of assessment in the unit lists documents for a portfolio; \
                 name one as `documents` in the `lists` of a --profile";
            return Err(message.to_owned());
        };
        let rows = documents.iter().map(|entry| self.option(entry)).collect();
        let questions = vec![
            Node::object([
                ("id", Node::text("documents")),
                ("type", Node::text("matrix")),
                ("title", self.say("documents")),
                ("cellType", Node::text("checkbox")),
                ("rows", Node::List(rows)),
                ("columns", self.say("rules")),
            ]),
            Node::object([
                ("id", Node::text("remarks")),
                ("type", Node::text("text")),
                ("lines", Node::number(6)),
                ("maxLength", Node::number(4000)),
            ])
            .merged(&self.say("remarks")),
        ];
        let page = Node::object([
            ("id", Node::text("documents-page")),
            ("title", self.say("page")),
            ("questions", Node::List(questions)),
        ]);
        Ok(Parts {
            pages: vec![self.say("start"), page],
            scoring: Vec::new(),
            count: documents.len(),
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }

    /// I: which policies exist, are known and are followed.
    pub(super) fn policy_audit(&mut self) -> Result<Parts, String> {
        let Some(rows) = self.list("policies") else {
            let message = "no note of the unit lists policies and procedures; \
                 name one as `policies` in the `lists` of a --profile";
            return Err(message.to_owned());
        };
        let (mut questions, mut scoring): (Vec<Node>, Vec<Node>) = (Vec::new(), Vec::new());
        for pair in self.say("questions").items() {
            let [id, title] = pair.items() else { continue };
            let name = id.as_text().unwrap_or_default();
            questions.push(Node::object([
                ("id", id.clone()),
                ("type", Node::text("matrix")),
                ("title", title.clone()),
                ("rows", Node::List(rows.clone())),
                ("columns", self.say("columns")),
            ]));
            scoring.push(mean(name, title.clone(), &[name.to_owned()]));
        }
        questions.push(
            Node::object([
                ("id", Node::text("unclear")),
                ("type", Node::text("text")),
                ("lines", Node::number(3)),
                ("maxLength", Node::number(2000)),
            ])
            .merged(&self.say("unclear")),
        );
        let page = Node::object([
            ("id", Node::text("topics")),
            ("title", self.say("page")),
            ("questions", Node::List(questions)),
        ]);
        Ok(Parts {
            pages: vec![self.say("start"), page],
            scoring,
            count: rows.len(),
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }
}
