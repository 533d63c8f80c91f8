//! From a CASE package to a unit.

mod tree;

use serde_json::{Map, Value};

use super::package::{Item, Package};
use super::{EXTENSION, Role, document_id, item_id};
use crate::competency::document::Document;
use crate::competency::source::refusal;
use crate::competency::unit::{
    Assessment, CaseExtras, Entry, Note, Section, Statement, Supersession, Task, Unit,
};
use crate::diagnostic::{Diagnostic, Severity, Step};
use crate::text::Text;

/// Reads a `CFPackage` of CASE 1.0 or 1.1.
///
/// Items are told apart by their `CFItemType`. Those of types unknown here are tasks where they hold
/// others, and indicators where they do not. What a unit has no place for is kept in `case`.
///
/// # Errors
/// What is no package, items that stand twice, and items that stand below themselves.
pub fn read(source: &str) -> Result<Document, Vec<Diagnostic>> {
    let package: Package =
        serde_json::from_str(source).map_err(|error| vec![refusal(source, &error)])?;
    let mut reader = Reader::new(&package);
    reader.arrange();
    let mut unit = reader.unit();
    unit.link_notes();
    unit.counts = unit.count();
    let mut found = reader.found;
    found.extend(crate::competency::check::faults(&unit).into_iter().map(|fault| {
        // Its path is one in the unit, not in the package.
        Diagnostic { path: vec![Step::Key("CFItems".into())], ..fault }
    }));
    if found.iter().any(|found| found.severity == Severity::Error) {
        return Err(found);
    }
    Ok(Document { unit, warnings: found })
}

struct Reader<'p> {
    package: &'p Package,
    /// The items below each item, and last those below the document.
    children: Vec<Vec<(i64, usize)>>,
    /// Above each item.
    parents: Vec<Option<usize>>,
    /// The notes that each item points to.
    notes: Vec<Vec<usize>>,
    ids: Vec<String>,
    extras: CaseExtras,
    supersedes: Vec<Supersession>,
    found: Vec<Diagnostic>,
}

fn path(list: &str, index: usize) -> Vec<Step> {
    vec![Step::Key(list.to_owned()), Step::Index(index)]
}

impl<'p> Reader<'p> {
    fn new(package: &'p Package) -> Self {
        let count = package.items.len();
        Reader {
            package,
            children: vec![Vec::new(); count + 1],
            parents: vec![None; count],
            notes: vec![Vec::new(); count],
            ids: Vec::new(),
            extras: CaseExtras::default(),
            supersedes: Vec::new(),
            found: Vec::new(),
        }
    }

    fn item(&self, index: usize) -> Option<&'p Item> {
        self.package.items.get(index)
    }

    fn role(&self, index: usize) -> Option<Role> {
        self.item(index).and_then(|item| Role::of(&item.item_type))
    }

    fn below(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.children.get(index).into_iter().flatten().map(|(_, child)| *child)
    }

    fn id(&self, index: usize) -> String {
        self.ids.get(index).cloned().unwrap_or_default()
    }

    fn language(&self, own: Option<&String>) -> String {
        own.or(self.package.document.language.as_ref()).cloned().unwrap_or_default()
    }

    /// The text in all its languages; what the item says now counts more than what was added.
    fn text(&self, item: &Item) -> Text {
        let language = self.language(item.language.as_ref());
        let known = item.extensions.get(EXTENSION).and_then(|own| own.get("text"));
        let known = known.and_then(|text| serde_json::from_value::<Text>(text.clone()).ok());
        in_language(known, &language, &item.full_statement)
    }

    /// Keeps the fields of an item that the unit has no place for.
    fn take(&mut self, index: usize, ours: bool) {
        let Some(item) = self.item(index) else { return };
        let own = item_id(document_id(&self.code()), &self.id(index));
        let mut fields = item.others.clone();
        fields.remove("lastChangeDateTime");
        let uri = fields.get("uri").and_then(Value::as_str).unwrap_or_default();
        if uri == format!("urn:uuid:{}", item.identifier) {
            fields.remove("uri");
        }
        if item.identifier != own {
            fields.insert("identifier".into(), item.identifier.clone().into());
        }
        if ours {
            fields.remove("CFItemTypeURI");
            fields.remove("educationLevel");
        } else if !item.item_type.is_empty() {
            fields.insert("CFItemType".into(), item.item_type.clone().into());
        }
        let mut extensions = item.extensions.clone();
        extensions.remove(EXTENSION);
        if !extensions.is_empty() {
            fields.insert("extensions".into(), extensions.into());
        }
        if !fields.is_empty() {
            self.extras.items.insert(self.id(index), fields.into());
        }
    }

    /// The code of the unit: ours, or the id of the package.
    fn code(&self) -> String {
        let document = &self.package.document;
        let own = document.extensions.get(EXTENSION).and_then(|own| own.get("code"));
        own.and_then(Value::as_str).unwrap_or(&document.identifier).to_owned()
    }

    fn header(&mut self) -> Unit {
        let document = &self.package.document;
        let language = self.language(None);
        let mut own = document.extensions.get(EXTENSION).cloned().unwrap_or_default();
        if let Some(fields) = own.as_object_mut() {
            for needed in ["tasks", "knowledge", "skills"] {
                fields.insert(needed.into(), Value::Array(Vec::new()));
            }
        }
        let known = serde_json::from_value::<Unit>(own);
        if document.extensions.contains_key(EXTENSION)
            && let Err(error) = &known
        {
            let mut path = path("CFDocument", 0);
            path.truncate(1);
            path.extend([Step::Key("extensions".into()), Step::Key(EXTENSION.into())]);
            self.found.push(Diagnostic::error("case", path, error.to_string()));
        }
        let known = known.unwrap_or_default();
        let mut unit = Unit { code: self.code(), supersedes: self.supersedes.clone(), ..known };
        unit.title = in_language(Some(unit.title), &language, &document.title);
        if unit.domain_path.is_empty() {
            let subjects = document.subject.iter();
            unit.domain_path =
                subjects.map(|subject| in_language(None, &language, subject)).collect();
            let joined = document.subject.join("/");
            unit.domain = (!joined.is_empty()).then(|| in_language(None, &language, &joined));
        }
        if let Some(version) = &document.version {
            unit.revision = Some(in_language(unit.revision, &language, version));
        }
        let mut fields = document.others.clone();
        for ours in ["lastChangeDateTime", "caseVersion"] {
            fields.remove(ours);
        }
        if fields.get("creator").is_some_and(|creator| creator == "Askwell") {
            fields.remove("creator");
        }
        if fields.get("uri").is_some_and(|uri| *uri == format!("urn:uuid:{}", document.identifier))
        {
            fields.remove("uri");
        }
        if document.identifier != document_id(&unit.code).to_string() {
            fields.insert("identifier".into(), document.identifier.clone().into());
        }
        let mut extensions = document.extensions.clone();
        extensions.remove(EXTENSION);
        if !extensions.is_empty() {
            fields.insert("extensions".into(), extensions.into());
        }
        self.extras.document = fields;
        self.extras.package = self.others();
        unit
    }

    /// Whatever else the package holds, without the types that are written anew.
    fn others(&self) -> Map<String, Value> {
        let mut others = self.package.others.clone();
        if let Some(definitions) = others.get_mut("CFDefinitions").and_then(Value::as_object_mut) {
            if let Some(types) = definitions.get_mut("CFItemTypes").and_then(Value::as_array_mut) {
                types.retain(|own| {
                    let name = own.get("title").and_then(Value::as_str).unwrap_or_default();
                    Role::of(name).is_none_or(|role| role.name() != name)
                });
            }
            definitions.retain(|_, list| list.as_array().is_none_or(|list| !list.is_empty()));
        }
        others.retain(|_, part| {
            part.as_object().is_none_or(|part| !part.is_empty())
                && part.as_array().is_none_or(|part| !part.is_empty())
        });
        others
    }

    fn unit(&mut self) -> Unit {
        let mut unit = self.header();
        let root = self.package.items.len();
        let mut open: Vec<usize> = self.below(root).collect();
        open.reverse();
        let mut seen = vec![false; root];
        while let Some(index) = open.pop() {
            let fresh = seen.get_mut(index).is_some_and(|seen| !std::mem::replace(seen, true));
            if fresh {
                self.place(index, &mut unit, &mut open);
            }
        }
        if self.extras != CaseExtras::default() {
            unit.case = Some(std::mem::take(&mut self.extras));
        }
        unit
    }

    fn place(&mut self, index: usize, unit: &mut Unit, open: &mut Vec<usize>) {
        let Some(item) = self.item(index) else { return };
        let role = self.role(index);
        let leaf = self.below(index).next().is_none();
        self.take(index, role.is_some_and(|role| role.name() == item.item_type));
        let id = self.id(index);
        let text = self.text(item);
        let note_refs: Vec<String> =
            self.notes.get(index).into_iter().flatten().map(|note| self.id(*note)).collect();
        let number = item.list_enumeration.clone();
        let statement = Statement {
            id: id.clone(),
            number: number.clone(),
            text: text.clone(),
            note_refs: note_refs.clone(),
        };
        match role {
            Some(Role::Output) => unit.outputs.push(statement),
            Some(Role::Knowledge) => unit.knowledge.push(statement),
            Some(Role::Skill) => unit.skills.push(statement),
            Some(Role::Attitude) => unit.attitudes.push(statement),
            Some(Role::Evidence | Role::Context | Role::Methods) => {
                let section = Some(Section { number, title: text, items: self.entries(index) });
                let Assessment { evidence, context, methods } = &mut unit.assessment;
                match role {
                    Some(Role::Evidence) => *evidence = section,
                    Some(Role::Context) => *context = section,
                    _ => *methods = section,
                }
                return;
            }
            Some(Role::Note) => {
                let items = self.entries(index);
                let label = number.unwrap_or_else(|| id.clone());
                unit.notes.push(Note { id, label, text, referenced_by: Vec::new(), items });
                return;
            }
            Some(Role::Indicator) | None if leaf => self.indicator(index, statement, unit),
            _ => {
                unit.tasks.push(Task { id, number, title: text, note_refs, indicators: Vec::new() })
            }
        }
        let mut below: Vec<usize> = self.below(index).collect();
        below.reverse();
        open.extend(below);
    }

    /// Puts an indicator below its task; one that stands alone below one of its own.
    fn indicator(&self, index: usize, statement: Statement, unit: &mut Unit) {
        let parent = self.parents.get(index).copied().flatten().map(|parent| self.id(parent));
        let task = parent.and_then(|id| unit.tasks.iter().rposition(|task| task.id == id));
        match task.and_then(|task| unit.tasks.get_mut(task)) {
            Some(task) => task.indicators.push(statement),
            None => {
                // Standing below the document, it belongs to what the document is about.
                let title = unit.title.clone();
                let own = unit.tasks.iter().position(|task| task.id == "T0");
                let own = own.unwrap_or_else(|| {
                    unit.tasks.push(Task { id: "T0".into(), title, ..Task::default() });
                    unit.tasks.len() - 1
                });
                if let Some(task) = unit.tasks.get_mut(own) {
                    task.indicators.push(statement);
                }
            }
        }
    }

    fn entries(&mut self, index: usize) -> Vec<Entry> {
        let below: Vec<usize> = self.below(index).collect();
        let mut entries = Vec::new();
        for child in below {
            let Some(item) = self.item(child) else { continue };
            self.take(child, self.role(child).is_some_and(|role| role.name() == item.item_type));
            let notes = self.notes.get(child).into_iter().flatten();
            let note_refs = notes.map(|note| self.id(*note)).collect();
            entries.push(Entry { id: self.id(child), text: self.text(item), note_refs });
        }
        entries
    }
}

/// A text whose wording in one language is this one.
fn in_language(known: Option<Text>, language: &str, words: &str) -> Text {
    let mut entries: Vec<(String, String)> = known
        .iter()
        .flat_map(Text::entries)
        .map(|(language, words)| (language.to_owned(), words.to_owned()))
        .collect();
    match entries.iter_mut().find(|(known, _)| known == language) {
        Some((_, known)) => *known = words.to_owned(),
        None => entries.insert(0, (language.to_owned(), words.to_owned())),
    }
    Text::new(entries)
}
