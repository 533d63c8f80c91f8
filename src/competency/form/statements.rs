//! Pages of statements: rated by the person, or by others.

use super::node::Node;
use super::roles::Role;
use super::wording::labelled;
use super::{Builder, Parts};
use crate::competency::unit::{Group, Note, Statement, StatementKind};

impl Builder<'_> {
    /// A: every statement, with the level that each role needs.
    pub(super) fn self_assessment(&mut self) -> Result<Parts, String> {
        let groups = self.unit.groups();
        let count = self.unit.statements().count();
        if count == 0 {
            return Err("the unit has no statements to rate".to_owned());
        }
        let mut pages = vec![self.start_page()];
        for group in &groups {
            let reflection =
                self.common.get("reflection").cloned().unwrap_or(Node::Object(Vec::new()));
            let key = if group.kind == StatementKind::Knowledge { "know" } else { "do" };
            let last = Node::object([
                ("id", Node::text(format!("{}-reflection", group.id))),
                ("type", Node::text("text")),
                ("lines", Node::number(3)),
                ("maxLength", Node::number(2000)),
                ("title", reflection.get("title").cloned().unwrap_or(Node::text(""))),
                ("description", reflection.get(key).cloned().unwrap_or(Node::text(""))),
            ]);
            pages.push(self.page(group, group.statements, "", last));
        }
        let mut scoring: Vec<Node> = Vec::new();
        for group in &groups {
            let ids: Vec<&str> = group.statements.iter().map(|one| one.id.as_str()).collect();
            scoring.push(self.gap_score(group.id, self.group_name(group), &ids));
        }
        let all: Vec<&str> = self.unit.statements().map(|one| one.id.as_str()).collect();
        scoring.push(self.gap_score("overall", self.common("groups", "overall"), &all));
        let compared = !self.profile.roles.is_empty() || self.settings.level.is_some();
        if !compared {
            let remark = "no required levels: give --level or a --profile with roles to show gaps";
            self.remarks.push(remark.to_owned());
        }
        Ok(Parts {
            pages,
            scoring,
            count,
            outcomes: self.words.get("outcomes").cloned().filter(|_| compared),
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }

    fn start_page(&self) -> Node {
        let start = self.say("start");
        if self.profile.roles.is_empty() {
            return start;
        }
        let choice = |role: &Node| match role.clone() {
            Node::Object(fields) => Node::Object(
                fields
                    .into_iter()
                    .filter(|(name, _)| name != "levels" && name != "importance")
                    .collect(),
            ),
            other => other,
        };
        let choices = Node::List(self.profile.roles.iter().map(choice).collect());
        let role = self.say("role").with("choices", choices);
        let mut questions = start.get("questions").map(Node::items).unwrap_or_default().to_vec();
        questions.push(role);
        start.with("questions", Node::List(questions))
    }

    /// A score that compares ratings with what is required; their mean where nothing is.
    fn gap_score(&self, id: &str, title: Node, ids: &[&str]) -> Node {
        let fields = |metric: &str| {
            Node::object([
                ("id", Node::text(id)),
                ("metric", Node::text(metric)),
                ("title", title.clone()),
                ("questions", Node::texts(ids.iter().copied())),
            ])
        };
        if !self.profile.roles.is_empty() {
            let mut levels: Vec<(String, Node)> = Vec::new();
            let mut importance: Vec<(String, Node)> = Vec::new();
            for role in &self.profile.roles {
                let name = role.get("value").and_then(Node::as_text).unwrap_or_default();
                let own = role.get("levels").map(Node::fields).unwrap_or_default();
                let own = own.iter().filter(|(id, _)| ids.contains(&id.as_str())).cloned();
                levels.push((name.to_owned(), Node::Object(own.collect())));
                let own = ids
                    .iter()
                    .filter_map(|id| Some(((*id).to_owned(), self.importance(role, id)?)));
                importance.push((name.to_owned(), Node::Object(own.collect())));
            }
            let score = fields("level-gap")
                .with("role", Node::text("role"))
                .with("levels", Node::Object(levels));
            let said = importance.iter().any(|(_, own)| !own.fields().is_empty());
            return if said { score.with("importance", Node::Object(importance)) } else { score };
        }
        match self.settings.level {
            Some(level) => fields("level-gap").with("level", Node::number(level)),
            None => fields("mean"),
        }
    }

    /// How much a statement matters in a role, from 1 to 5: as the role says, else by the critical
    /// aspects of the assessment that rest on it: 3 for none, 4 for one, 5 for more.
    fn importance(&self, role: &Node, id: &str) -> Option<Node> {
        if let Some(own) = role.get("importance").and_then(|own| own.get(id)) {
            return Some(own.clone());
        }
        let evidence = self.profile.evidence.as_ref()?.fields();
        let rests = |ids: &Node| ids.items().iter().any(|one| one.as_text() == Some(id));
        match evidence.iter().filter(|(_, ids)| rests(ids)).count() {
            0 => None,
            1 => Some(Node::number(4)),
            _ => Some(Node::number(5)),
        }
    }

    /// B: what others have seen, in the third person, with "not observed".
    pub(super) fn observation(&mut self) -> Result<Parts, String> {
        let customers = self.role == Role::Customer;
        let chosen = self.profile.customer.clone();
        let seen = |group: &Group, statement: &Statement| match customers {
            false => true,
            true if chosen.is_empty() => group.kind != StatementKind::Knowledge,
            true => chosen.contains(&statement.id),
        };
        let mut pages = vec![self.say("start")];
        let (mut scoring, mut all): (Vec<Node>, Vec<String>) = (Vec::new(), Vec::new());
        for group in &self.unit.groups() {
            let own = group.statements.iter().filter(|one| seen(group, one)).cloned();
            let own: Vec<Statement> = own.collect();
            if own.is_empty() {
                continue;
            }
            let observation =
                self.common.get("observation").cloned().unwrap_or(Node::Object(Vec::new()));
            let last = Node::object([
                ("id", Node::text(format!("{}-observation", group.id))),
                ("type", Node::text("text")),
                ("lines", Node::number(3)),
                ("maxLength", Node::number(2000)),
            ]);
            pages.push(self.page(group, &own, "seen-", last.merged(&observation)));
            let ids: Vec<String> = own.into_iter().map(|one| one.id).collect();
            scoring.push(mean(group.id, self.group_name(group), &ids));
            all.extend(ids);
        }
        if all.is_empty() {
            return Err("the unit has no statements that others can see".to_owned());
        }
        scoring.push(mean("overall", self.common("groups", "overall"), &all));
        Ok(Parts {
            pages,
            scoring,
            count: all.len(),
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }

    pub(super) fn group_name(&self, group: &Group) -> Node {
        match group.task {
            Some(task) => self.wording.name(&task.title),
            None => self.common("groups", group.id),
        }
    }

    /// A page with the statements of a group, and one question below them.
    fn page(&self, group: &Group, statements: &[Statement], prefix: &str, last: Node) -> Node {
        let knows = group.kind == StatementKind::Knowledge;
        let title = match group.task {
            Some(task) => self.wording.text(&task.title),
            None => self.common("groups", group.id),
        };
        let scale = match group.kind {
            StatementKind::Knowledge => "know",
            StatementKind::Attitude => "hold",
            _ => "do",
        };
        let scale = self.common("scales", &format!("{prefix}{scale}"));
        let mut questions = Vec::new();
        if let Some(task) = group.task.filter(|task| !task.note_refs.is_empty()) {
            let notes: Vec<&Note> =
                task.note_refs.iter().filter_map(|id| self.unit.note(id)).collect();
            questions.push(self.note_question(&task.id, &notes));
        }
        questions.extend(statements.iter().map(|statement| self.rating(statement, &scale)));
        questions.push(last);
        Node::object([
            ("id", Node::text(group.id)),
            ("title", title),
            ("description", self.say(if knows { "know" } else { "do" })),
            ("questions", Node::List(questions)),
        ])
    }

    /// What the notes on a task say, to unfold.
    fn note_question(&self, id: &str, notes: &[&Note]) -> Node {
        let words = self.common("notes", "title");
        let title = |(language, words): &(String, Node)| {
            let words = words.as_text().unwrap_or_default();
            let all: Vec<String> = notes.iter().map(|note| labelled(words, note)).collect();
            (language.clone(), Node::text(all.join(" ")))
        };
        let question = Node::object([
            ("id", Node::text(format!("{id}-note"))),
            ("type", Node::text("note")),
            ("title", Node::Object(words.fields().iter().map(title).collect())),
        ]);
        match self.wording.help(&self.common("notes", "label"), notes) {
            Some(help) => question.with("help", help),
            None => question,
        }
    }

    pub(super) fn rating(&self, statement: &Statement, scale: &Node) -> Node {
        let mut question = Node::object([
            ("id", Node::text(statement.id.as_str())),
            ("type", Node::text("rating")),
            ("rateType", Node::text("labels")),
            ("title", self.wording.text(&statement.text)),
        ]);
        let notes: Vec<&Note> =
            statement.note_refs.iter().filter_map(|id| self.unit.note(id)).collect();
        if let Some(help) = self.wording.help(&self.common("notes", "label"), &notes) {
            question = question.with("help", help);
        }
        question.with("rateValues", scale.clone()).with("required", Node::yes())
    }
}

pub(super) fn mean(id: &str, title: Node, ids: &[String]) -> Node {
    Node::object([
        ("id", Node::text(id)),
        ("metric", Node::text("mean")),
        ("title", title),
        ("questions", Node::texts(ids.iter().cloned())),
    ])
}
