//! Competency frameworks as 1EdTech CASE 1.1 packages (final of 13 March 2025).
//!
//! A unit becomes one `CFPackage`: its tasks, statements, points of assessment and notes are
//! `CFItems`, their tree `isChildOf` associations with a `sequenceNumber`, and what points to a note
//! `isRelatedTo` associations. CASE has one language a text; the others, and what it has no field
//! for, stand in `extensions` under `askwell`.

mod package;
mod read;
mod write;

pub use read::read;
pub use write::write;

/// Where what CASE has no field for stands.
const EXTENSION: &str = "askwell";

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Task,
    Indicator,
    Output,
    Knowledge,
    Skill,
    Attitude,
    Evidence,
    EvidenceItem,
    Context,
    ContextItem,
    Methods,
    MethodsItem,
    Note,
    NoteEntry,
}

/// The roles with their `CFItemType`, and what each means.
const ROLES: &[(Role, &str, &str)] = &[
    (Role::Task, "Work task", "A work task that indicators belong to"),
    (Role::Indicator, "Behavioural indicator", "What a person does who is able to do the task"),
    (Role::Output, "Work output", "What the work yields"),
    (Role::Knowledge, "Knowledge", "What a person knows"),
    (Role::Skill, "Skill", "What a person is able to do"),
    (Role::Attitude, "Attitude", "What a person brings along"),
    (Role::Evidence, "Critical aspects of assessment", "Heading of the critical aspects"),
    (Role::EvidenceItem, "Critical aspect", "What an assessor has to judge"),
    (Role::Context, "Context of assessment", "Heading of context and resources"),
    (Role::ContextItem, "Assessment context", "What an assessment takes place in"),
    (Role::Methods, "Methods of assessment", "Heading of the methods"),
    (Role::MethodsItem, "Assessment method", "How a person is assessed"),
    (Role::Note, "Note", "What a word of the unit covers"),
    (Role::NoteEntry, "Option of a note", "One of the options that a note lists"),
];

impl Role {
    fn name(self) -> &'static str {
        ROLES.iter().find(|(role, ..)| *role == self).map_or("", |(_, name, _)| name)
    }

    /// The role of an item of any package, as far as its type tells.
    fn of(item_type: &str) -> Option<Role> {
        let known = ROLES.iter().find(|(_, name, _)| *name == item_type);
        if let Some((role, ..)) = known {
            return Some(*role);
        }
        let lower = item_type.to_lowercase();
        let words: &[(&str, Role)] = &[
            ("indicator", Role::Indicator),
            ("performance criteri", Role::Indicator),
            ("指標", Role::Indicator),
            ("knowledge", Role::Knowledge),
            ("知識", Role::Knowledge),
            ("skill", Role::Skill),
            ("技能", Role::Skill),
            ("attitude", Role::Attitude),
            ("態度", Role::Attitude),
            ("output", Role::Output),
            ("產出", Role::Output),
            ("task", Role::Task),
            ("element", Role::Task),
            ("任務", Role::Task),
            ("note", Role::Note),
        ];
        words.iter().find(|(word, _)| lower.contains(word)).map(|(_, role)| *role)
    }
}

/// The id of a unit's package: the same wherever it is written.
fn document_id(code: &str) -> uuid::Uuid {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, format!("urn:askwell:unit:{code}").as_bytes())
}

fn item_id(document: uuid::Uuid, id: &str) -> String {
    uuid::Uuid::new_v5(&document, id.as_bytes()).to_string()
}
