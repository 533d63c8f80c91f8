//! What is wrong with a unit that JSON gives: ids that stand twice, notes that are not there.

use super::unit::{Counts, Entry, Statement, Unit};
use crate::diagnostic::{Diagnostic, Step};

fn path(steps: &[&str], index: usize, more: &[&str]) -> Vec<Step> {
    let mut path: Vec<Step> = steps.iter().map(|key| Step::Key((*key).to_owned())).collect();
    path.push(Step::Index(index));
    path.extend(more.iter().map(|key| Step::Key((*key).to_owned())));
    path
}

/// Everything that contradicts itself.
pub fn faults(unit: &Unit) -> Vec<Diagnostic> {
    let mut check = Check { unit, ids: Vec::new(), found: Vec::new() };
    check.run();
    check.found
}

struct Check<'u> {
    unit: &'u Unit,
    ids: Vec<&'u str>,
    found: Vec<Diagnostic>,
}

impl<'u> Check<'u> {
    fn run(&mut self) {
        let unit = self.unit;
        for (name, text) in
            [("code", unit.code.as_str()), ("title", unit.title.in_language("", ""))]
        {
            if text.trim().is_empty() {
                let path = vec![Step::Key(name.to_owned())];
                let message = format!("expected a text in `{name}`");
                self.found.push(Diagnostic::error("unit", path, message));
            }
        }
        for (index, task) in unit.tasks.iter().enumerate() {
            let at = path(&["tasks"], index, &[]);
            self.id(&task.id, &at);
            self.notes(&task.note_refs, &at);
            for (inner, statement) in task.indicators.iter().enumerate() {
                let mut at = path(&["tasks"], index, &["indicators"]);
                at.push(Step::Index(inner));
                self.statement(statement, at);
            }
        }
        let lists = [
            ("outputs", &unit.outputs),
            ("knowledge", &unit.knowledge),
            ("skills", &unit.skills),
            ("attitudes", &unit.attitudes),
        ];
        for (name, list) in lists {
            for (index, statement) in list.iter().enumerate() {
                self.statement(statement, path(&[name], index, &[]));
            }
        }
        let assessment = &unit.assessment;
        let sections = [
            ("evidence", &assessment.evidence),
            ("context", &assessment.context),
            ("methods", &assessment.methods),
        ];
        for (name, section) in sections {
            let items = section.as_ref().map_or(&[][..], |section| &section.items);
            for (index, entry) in items.iter().enumerate() {
                self.entry(entry, path(&["assessment", name, "items"], index, &[]));
            }
        }
        for (index, note) in unit.notes.iter().enumerate() {
            let at = path(&["notes"], index, &[]);
            self.id(&note.id, &at);
            for (inner, entry) in note.items.iter().enumerate() {
                let mut at = path(&["notes"], index, &["items"]);
                at.push(Step::Index(inner));
                self.entry(entry, at);
            }
        }
        if self.unit.counts != Counts::default() && self.unit.counts != self.unit.count() {
            let path = vec![Step::Key("counts".to_owned())];
            let message = "the counts are not those of what stands here";
            self.found.push(Diagnostic::warning("unit", path, message));
        }
    }

    fn statement(&mut self, statement: &'u Statement, at: Vec<Step>) {
        self.id(&statement.id, &at);
        self.notes(&statement.note_refs, &at);
    }

    fn entry(&mut self, entry: &'u Entry, at: Vec<Step>) {
        self.id(&entry.id, &at);
        self.notes(&entry.note_refs, &at);
    }

    fn id(&mut self, id: &'u str, at: &[Step]) {
        let message = match id {
            "" => "the id is empty".to_owned(),
            id if self.ids.contains(&id) => format!("the id `{id}` stands twice"),
            id => return self.ids.push(id),
        };
        let mut at = at.to_vec();
        at.push(Step::Key("id".to_owned()));
        self.found.push(Diagnostic::error("unit", at, message));
    }

    fn notes(&mut self, ids: &[String], at: &[Step]) {
        for (index, id) in ids.iter().enumerate() {
            if self.unit.note(id).is_none() {
                let mut at = at.to_vec();
                at.extend([Step::Key("noteRefs".to_owned()), Step::Index(index)]);
                let message = format!("there is no note `{id}`");
                self.found.push(Diagnostic::error("unit", at, message));
            }
        }
    }
}
