//! From a unit to a CASE package.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{EXTENSION, ROLES, Role, document_id, item_id};
use crate::competency::unit::{Entry, Section, Statement, Unit};
use crate::text::Text;

/// The unit as a `CFPackage`; `changed` is the moment to give as its last change (RFC 3339).
///
/// Ids are UUIDs of version 5 from the code of the unit and the ids in it, so the same unit has the
/// same ids wherever it is written, and other systems can refer to them.
pub fn write(unit: &Unit, changed: &str) -> Value {
    let document = document_id(&unit.code);
    let language = unit.languages().first().copied().unwrap_or_default().to_owned();
    let extras = unit.case.clone().unwrap_or_default();
    let mut writer = Writer {
        unit,
        document,
        document_id: own_id(&extras.document).unwrap_or_else(|| document.to_string()),
        title: unit.title.in_language(&language, "").to_owned(),
        language,
        changed,
        items: Vec::new(),
        associations: Vec::new(),
        types: Vec::new(),
    };
    writer.unit();
    let mut package = extras.package;
    package.insert("CFDocument".into(), writer.document(extras.document));
    let types = writer.types();
    let definitions = package.entry("CFDefinitions").or_insert_with(|| json!({}));
    if let Some(definitions) = definitions.as_object_mut() {
        let known = definitions.entry("CFItemTypes").or_insert_with(|| json!([]));
        if let Some(known) = known.as_array_mut() {
            known.extend(types);
        }
    }
    let Writer { items, mut associations, .. } = writer;
    associations.extend(extras.associations);
    package.insert("CFItems".into(), items.into());
    package.insert("CFAssociations".into(), associations.into());
    Value::Object(package)
}

/// The id that a package gave something, where it is not one of ours.
fn own_id(fields: &Map<String, Value>) -> Option<String> {
    fields.get("identifier")?.as_str().map(str::to_owned)
}

struct Writer<'u> {
    unit: &'u Unit,
    document: Uuid,
    document_id: String,
    title: String,
    language: String,
    changed: &'u str,
    items: Vec<Value>,
    associations: Vec<Value>,
    types: Vec<Role>,
}

/// An item before it is written.
struct Item<'u> {
    id: &'u str,
    role: Role,
    text: &'u Text,
    enumeration: Option<&'u str>,
    /// The item above it; the document where there is none.
    parent: Option<&'u str>,
    sequence: usize,
    notes: &'u [String],
}

impl<'u> Writer<'u> {
    fn unit(&mut self) {
        let unit = self.unit;
        let mut sequence = 0;
        for task in &unit.tasks {
            sequence += 1;
            self.item(Item {
                id: &task.id,
                role: Role::Task,
                text: &task.title,
                enumeration: task.number.as_deref(),
                parent: None,
                sequence,
                notes: &task.note_refs,
            });
            self.statements(&task.indicators, Role::Indicator, Some(&task.id), 0);
        }
        for (role, list) in [
            (Role::Output, &unit.outputs),
            (Role::Knowledge, &unit.knowledge),
            (Role::Skill, &unit.skills),
            (Role::Attitude, &unit.attitudes),
        ] {
            sequence = self.statements(list, role, None, sequence);
        }
        let guide = &unit.assessment;
        for (id, roles, section) in [
            ("E", (Role::Evidence, Role::EvidenceItem), &guide.evidence),
            ("C", (Role::Context, Role::ContextItem), &guide.context),
            ("M", (Role::Methods, Role::MethodsItem), &guide.methods),
        ] {
            if let Some(section) = section {
                sequence += 1;
                self.section(id, roles, section, sequence);
            }
        }
        for note in &unit.notes {
            sequence += 1;
            self.item(Item {
                id: &note.id,
                role: Role::Note,
                text: &note.text,
                enumeration: Some(&note.label),
                parent: None,
                sequence,
                notes: &[],
            });
            self.entries(&note.items, Role::NoteEntry, &note.id);
        }
    }

    fn statements(
        &mut self,
        list: &'u [Statement],
        role: Role,
        parent: Option<&'u str>,
        before: usize,
    ) -> usize {
        let mut sequence = before;
        for statement in list {
            sequence += 1;
            let Statement { id, number, text, note_refs: notes } = statement;
            let enumeration = number.as_deref();
            self.item(Item { id, role, text, enumeration, parent, sequence, notes });
        }
        sequence
    }

    fn section(&mut self, id: &'u str, roles: (Role, Role), section: &'u Section, sequence: usize) {
        self.item(Item {
            id,
            role: roles.0,
            text: &section.title,
            enumeration: section.number.as_deref(),
            parent: None,
            sequence,
            notes: &[],
        });
        self.entries(&section.items, roles.1, id);
    }

    fn entries(&mut self, entries: &'u [Entry], role: Role, parent: &'u str) {
        for (index, entry) in entries.iter().enumerate() {
            let Entry { id, text, note_refs: notes } = entry;
            let (enumeration, parent, sequence) = (None, Some(parent), index + 1);
            self.item(Item { id, role, text, enumeration, parent, sequence, notes });
        }
    }

    fn fields_of(&self, id: &str) -> Map<String, Value> {
        let extras = self.unit.case.as_ref().and_then(|case| case.items.get(id));
        extras.and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The id of an item in the package.
    fn identifier(&self, id: &str) -> String {
        own_id(&self.fields_of(id)).unwrap_or_else(|| item_id(self.document, id))
    }

    fn item(&mut self, item: Item) {
        if !self.types.contains(&item.role) {
            self.types.push(item.role);
        }
        let statement = item.text.in_language(&self.language, "").to_owned();
        let identifier = self.identifier(item.id);
        let mut fields = self.fields_of(item.id);
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("fullStatement", statement.clone().into());
        put("humanCodingScheme", item.id.into());
        put("lastChangeDateTime", self.changed.into());
        if !self.language.is_empty() {
            put("language", self.language.clone().into());
        }
        if let Some(enumeration) = item.enumeration {
            put("listEnumeration", enumeration.into());
        }
        let others = item.text.entries().any(|(language, _)| language != self.language);
        if others {
            merge(&mut fields, "extensions", json!({ EXTENSION: { "text": item.text } }));
        }
        fields.entry("identifier").or_insert_with(|| identifier.clone().into());
        fields.entry("uri").or_insert_with(|| urn(&identifier).into());
        if !fields.contains_key("CFItemType") {
            let name = item.role.name();
            let type_id = item_id(self.document, &format!("CFItemType {name}"));
            fields.insert("CFItemType".into(), name.into());
            fields.insert("CFItemTypeURI".into(), link(name, &type_id));
        }
        if let Some(level) = self.unit.level.filter(|_| is_ratable(item.role)) {
            fields.insert("educationLevel".into(), json!([level.to_string()]));
        }
        self.items.push(Value::Object(fields));
        let origin = (statement.as_str(), identifier.as_str());
        let (title, parent) = match item.parent {
            Some(id) => (id.to_owned(), self.identifier(id)),
            None => (self.title.clone(), self.document_id.clone()),
        };
        let sequence = Some(item.sequence);
        self.associate("isChildOf", origin, (&title, &parent), sequence);
        for note in item.notes {
            let target = self.identifier(note);
            self.associate("isRelatedTo", origin, (note, &target), None);
        }
    }

    fn associate(
        &mut self,
        kind: &str,
        (from_title, from): (&str, &str),
        (to_title, to): (&str, &str),
        sequence: Option<usize>,
    ) {
        let identifier = item_id(self.document, &format!("{from} {kind} {to}"));
        let mut association = json!({
            "identifier": identifier,
            "uri": urn(&identifier),
            "associationType": kind,
            "originNodeURI": link(from_title, from),
            "destinationNodeURI": link(to_title, to),
            "lastChangeDateTime": self.changed,
        });
        if let (Some(sequence), Some(fields)) = (sequence, association.as_object_mut()) {
            fields.insert("sequenceNumber".into(), sequence.into());
        }
        self.associations.push(association);
    }

    fn document(&mut self, mut fields: Map<String, Value>) -> Value {
        let unit = self.unit;
        for older in &unit.supersedes {
            let id = document_id(&older.code).to_string();
            let (title, own) = (self.title.clone(), self.document_id.clone());
            self.associate("replacedBy", (&older.code, &id), (&title, &own), None);
            let extension = json!({ EXTENSION: { "equivalent": older.equivalent } });
            if let Some(association) = self.associations.last_mut().and_then(Value::as_object_mut) {
                merge(association, "extensions", extension);
            }
        }
        let in_language = |text: &Text| text.in_language(&self.language, "").to_owned();
        let id = self.document_id.clone();
        fields.entry("identifier").or_insert_with(|| id.clone().into());
        fields.entry("uri").or_insert_with(|| urn(&id).into());
        fields.entry("creator").or_insert_with(|| "Askwell".into());
        fields.insert("caseVersion".into(), "1.1".into());
        fields.insert("title".into(), self.title.clone().into());
        fields.insert("lastChangeDateTime".into(), self.changed.into());
        if !self.language.is_empty() {
            fields.insert("language".into(), self.language.clone().into());
        }
        if !unit.domain_path.is_empty() {
            let subjects: Vec<String> = unit.domain_path.iter().map(in_language).collect();
            fields.insert("subject".into(), subjects.into());
        }
        if let Some(revision) = &unit.revision {
            fields.insert("version".into(), in_language(revision).into());
        }
        merge(&mut fields, "extensions", json!({ EXTENSION: self.rest() }));
        Value::Object(fields)
    }

    /// The fields of the unit that no item carries.
    fn rest(&self) -> Value {
        let mut rest = serde_json::to_value(self.unit).unwrap_or_default();
        if let Some(fields) = rest.as_object_mut() {
            for carried in [
                "tasks",
                "outputs",
                "knowledge",
                "skills",
                "attitudes",
                "assessment",
                "notes",
                "counts",
                "supersedes",
                "case",
            ] {
                fields.remove(carried);
            }
        }
        rest
    }

    /// The types of the items, for `CFDefinitions`.
    fn types(&self) -> Vec<Value> {
        let known = ROLES.iter().enumerate().filter(|(_, (role, ..))| self.types.contains(role));
        let known = known.filter(|(_, (_, name, _))| {
            self.items.iter().any(|item| item.get("CFItemType").is_some_and(|own| own == name))
        });
        let definition = |(index, (_, name, about)): (usize, &(Role, &str, &str))| {
            let id = item_id(self.document, &format!("CFItemType {name}"));
            json!({
                "identifier": id, "uri": urn(&id), "title": name, "description": about,
                "hierarchyCode": (index + 1).to_string(), "lastChangeDateTime": self.changed,
            })
        };
        known.map(definition).collect()
    }
}

fn is_ratable(role: Role) -> bool {
    use Role::{Attitude, Indicator, Knowledge, Output, Skill};
    matches!(role, Indicator | Output | Knowledge | Skill | Attitude)
}

fn urn(id: &str) -> String {
    format!("urn:uuid:{id}")
}

fn link(title: &str, id: &str) -> Value {
    json!({ "title": title, "identifier": id, "uri": urn(id) })
}

/// Adds the fields of an object to the object under `name`.
fn merge(fields: &mut Map<String, Value>, name: &str, more: Value) {
    let place = fields.entry(name).or_insert_with(|| json!({}));
    if let (Some(place), Value::Object(more)) = (place.as_object_mut(), more) {
        place.extend(more);
    }
}
