//! Instruments whose pages are written out: by Askwell, or by an organisation for its unit.

use super::node::Node;
use super::{Builder, Parts};
use crate::competency::unit::{Entry, Statement};

impl Builder<'_> {
    /// G, H and J: the pages of their wording, with the lists of the unit in them.
    pub(super) fn template(&mut self) -> Result<Parts, String> {
        let pages = self.resolved(&self.say("pages"));
        let filled =
            |page: &&Node| !page.get("questions").map(Node::items).unwrap_or_default().is_empty();
        Ok(Parts {
            pages: pages.items().iter().filter(filled).cloned().collect(),
            scoring: self.say("scoring").items().to_vec(),
            count: 0,
            outcomes: self.words.get("outcomes").cloned(),
            completion: self.words.get("completion").cloned(),
            attribution: self.words.get("attribution").cloned(),
        })
    }

    /// Puts lists of the unit, and rubrics, where a template asks for them.
    fn resolved(&self, node: &Node) -> Node {
        if let Some(name) = node.get("$list").and_then(Node::as_text) {
            let list = self.list(name).map(Node::List);
            return list.or_else(|| node.get("else").cloned()).unwrap_or(Node::List(Vec::new()));
        }
        if let Some(whose) = node.get("$rubric") {
            return Node::List(self.rubric(whose));
        }
        let guide = &self.unit.assessment;
        if node.get("$aspects").is_some() {
            let aspects = guide.evidence.iter().flat_map(|section| &section.items);
            return Node::List(aspects.flat_map(|entry| self.aspect(entry)).collect());
        }
        if node.get("$context").is_some() {
            let context = guide.context.iter().flat_map(|section| &section.items);
            return Node::List(context.map(|entry| self.entry_question(entry, "text")).collect());
        }
        match node {
            Node::Plain(_) => node.clone(),
            Node::List(items) => Node::List(items.iter().map(|item| self.resolved(item)).collect()),
            Node::Object(fields) => {
                let field = |(name, node): &(String, Node)| (name.clone(), self.resolved(node));
                Node::Object(fields.iter().map(field).collect())
            }
        }
    }

    /// A question about a point of the assessment guide.
    fn entry_question(&self, entry: &Entry, kind: &str) -> Node {
        Node::object([
            ("id", Node::text(entry.id.as_str())),
            ("type", Node::text(kind)),
            ("title", self.wording.text(&entry.text)),
        ])
    }

    /// A critical aspect: judged by a person, with what the judgement rests on.
    fn aspect(&self, entry: &Entry) -> [Node; 2] {
        let words = self.say("aspect");
        let part = |name: &str| words.get(name).cloned().unwrap_or(Node::text(""));
        let judged = self
            .entry_question(entry, "single-choice")
            .with("choices", part("choices"))
            .with("required", Node::yes());
        let reason = Node::object([
            ("id", Node::text(format!("{}-reason", entry.id))),
            ("type", Node::text("text")),
            ("lines", Node::number(2)),
            ("maxLength", Node::number(2000)),
            ("title", part("reason")),
        ]);
        [judged, reason]
    }

    /// A rubric: each statement rated by an assessor; all indicators where none are named.
    fn rubric(&self, whose: &Node) -> Vec<Node> {
        let scale = self.common("scales", "rubric");
        let statements = self.rubric_statements(whose);
        let optional = |node: Node| match node {
            Node::Object(fields) => {
                Node::Object(fields.into_iter().filter(|(name, _)| name != "required").collect())
            }
            other => other,
        };
        statements.into_iter().map(|one| optional(self.rating(one, &scale))).collect()
    }

    fn rubric_statements(&self, whose: &Node) -> Vec<&Statement> {
        let named: Vec<&str> = whose.items().iter().filter_map(Node::as_text).collect();
        let chosen = |one: &&Statement| match named.is_empty() {
            true => self
                .unit
                .tasks
                .iter()
                .any(|task| task.indicators.iter().any(|own| own.id == one.id)),
            false => named.contains(&one.id.as_str()),
        };
        let groups = self.unit.groups();
        groups.into_iter().flat_map(|group| group.statements).filter(chosen).collect()
    }

    /// E: the case of the profile, or one that the person brings along.
    pub(super) fn case_study(&mut self) -> Result<Parts, String> {
        let own = self.profile.case_study.clone();
        if own.is_none() {
            self.remarks
                .push("no case in the profile: the person describes one of their own".to_owned());
        }
        let source = own.unwrap_or_else(|| self.words.clone());
        let pages = source.get("pages").cloned().unwrap_or(Node::List(Vec::new()));
        let whose =
            pages.items().iter().find_map(|page| page.get("questions")?.get("$rubric").cloned());
        let rubric = whose.map(|whose| self.rubric_statements(&whose)).unwrap_or_default();
        let ids: Vec<String> = rubric.into_iter().map(|one| one.id.clone()).collect();
        let mut scoring = Vec::new();
        if let Some(points) = source.get("points") {
            scoring.push(Node::object([
                ("id", Node::text("decisions")),
                ("metric", Node::text("points")),
                ("title", source.get("decisions").cloned().unwrap_or(Node::text("decisions"))),
                ("questions", Node::texts(points.fields().iter().map(|(id, _)| id.as_str()))),
                ("points", points.clone()),
            ]));
        }
        if !ids.is_empty() {
            scoring.push(Node::object([
                ("id", Node::text("rubric")),
                ("metric", Node::text("points")),
                ("title", self.say("rubric")),
                ("questions", Node::texts(ids)),
            ]));
        }
        Ok(Parts {
            pages: self.resolved(&pages).items().to_vec(),
            scoring,
            count: 0,
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: source.get("attribution").cloned(),
        })
    }

    /// C: the questions of the profile, each with where, when and by what it holds; without
    /// any, open ones that an assessor marks.
    pub(super) fn knowledge(&mut self) -> Result<Parts, String> {
        let Some(bank) = self.profile.knowledge.clone() else { return self.open_questions() };
        let key = bank.get("key").cloned().unwrap_or(Node::Object(Vec::new()));
        let pages = bank.get("pages").map(Node::items).unwrap_or_default();
        let mut ids = Vec::new();
        let mut written = vec![self.say("start")];
        for page in pages {
            let mut questions = Vec::new();
            for question in page.get("questions").map(Node::items).unwrap_or_default() {
                let id = question.get("id").and_then(Node::as_text).unwrap_or_default();
                let Some(entry) = key.get(id) else {
                    return Err(format!("`{id}` of the knowledge check has no entry in its `key`"));
                };
                for needed in ["jurisdiction", "validFrom", "source"] {
                    if entry.get(needed).is_none() {
                        return Err(format!(
                            "`{id}` of the knowledge check does not say its `{needed}`"
                        ));
                    }
                }
                ids.push(id.to_owned());
                questions.push(self.with_validity(question.clone(), entry));
            }
            written.push(page.clone().with("questions", Node::List(questions)));
        }
        let score = Node::object([
            ("id", Node::text("knowledge")),
            ("metric", Node::text("correct-answers")),
            ("title", self.say("score")),
            ("questions", Node::texts(ids.iter().cloned())),
            ("key", key),
        ]);
        Ok(Parts {
            pages: written,
            scoring: vec![score],
            count: ids.len(),
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: bank.get("attribution").cloned(),
        })
    }

    /// Tells with a question where and from when to when it holds, and who says so.
    fn with_validity(&self, question: Node, entry: &Node) -> Node {
        let words = self.say("validity");
        let field = |name: &str| entry.get(name).and_then(Node::as_text);
        let mut description: Vec<(String, Node)> = Vec::new();
        let mut help: Vec<(String, Node)> = Vec::new();
        for language in ["zh-Hant", "en"] {
            let say = |name: &str, value: Option<&str>| {
                let words = words.get(name)?.get(language)?.as_text()?;
                let value = value?;
                Some(
                    words
                        .replace("%place%", value)
                        .replace("%day%", value)
                        .replace("%source%", value),
                )
            };
            let any = words.get("any").and_then(|any| any.get(language)).and_then(Node::as_text);
            let place =
                field("jurisdiction").map(|place| any.filter(|_| place == "any").unwrap_or(place));
            let parts = [
                say("place", place),
                say("from", field("validFrom")),
                say("until", field("validUntil")),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let gap = if language == "en" { " " } else { "" };
            description.push((language.to_owned(), Node::text(parts.join(gap))));
            help.push((
                language.to_owned(),
                Node::text(say("source", field("source")).unwrap_or_default()),
            ));
        }
        question
            .with("description", Node::Object(description))
            .with("help", Node::Object(help))
            .with("choicesOrder", Node::text("random"))
    }

    fn open_questions(&mut self) -> Result<Parts, String> {
        if self.unit.knowledge.is_empty() {
            return Err("the unit has no knowledge to ask for".to_owned());
        }
        let remark = "no questions in the profile: open ones are asked, for an assessor to mark";
        self.remarks.push(remark.to_owned());
        let open = self.say("open");
        let words = |name: &str| open.get(name).cloned().unwrap_or(Node::text(""));
        let question = |statement: &Statement| {
            Node::object([
                ("id", Node::text(format!("{}-answer", statement.id))),
                ("type", Node::text("text")),
                ("lines", Node::number(5)),
                ("maxLength", Node::number(4000)),
                ("title", self.wording.text(&statement.text)),
                ("description", words("title")),
            ])
        };
        let questions = self.unit.knowledge.iter().map(question).collect();
        let ids: Vec<String> = self.unit.knowledge.iter().map(|one| one.id.clone()).collect();
        let rubric = self.rubric(&Node::texts(ids.iter().cloned()));
        let page = |id: &str, title: Node, questions: Vec<Node>| {
            Node::object([
                ("id", Node::text(id)),
                ("title", title),
                ("questions", Node::List(questions)),
            ])
        };
        let score = Node::object([
            ("id", Node::text("knowledge")),
            ("metric", Node::text("points")),
            ("title", self.say("rubric")),
            ("questions", Node::texts(ids.iter().cloned())),
        ]);
        Ok(Parts {
            pages: vec![
                page("open", words("page"), questions),
                page("rubric", words("rubricPage"), rubric),
            ],
            scoring: vec![score],
            count: ids.len(),
            outcomes: None,
            completion: self.words.get("completion").cloned(),
            attribution: None,
        })
    }
}
