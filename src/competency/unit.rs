//! A competency unit (職能單元): tasks with their indicators, knowledge and skills, how they are
//! assessed, and the notes that say what is meant.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A competency unit, of any framework of this family.
///
/// Every text is worded in the languages that its source has. `outputs` and `attitudes` are what
/// the occupational standards (職能基準) have beside knowledge and skills; a unit may lack them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unit {
    /// The code in its framework; nothing is read out of it.
    pub code: String,
    pub title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Text>,
    /// The domain from the widest to the narrowest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domain_path: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    /// The lowest and the highest level of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level_scale: Option<LevelScale>,
    #[serde(default)]
    pub labels: Labels,
    pub tasks: Vec<Task>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outputs: Vec<Statement>,
    pub knowledge: Vec<Statement>,
    pub skills: Vec<Statement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attitudes: Vec<Statement>,
    #[serde(default)]
    pub assessment: Assessment,
    #[serde(default)]
    pub notes: Vec<Note>,
    /// When and how it was revised, in the words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Text>,
    /// The units that it stands in for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<Supersession>,
    #[serde(default)]
    pub counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
    /// What a CASE package said besides, so that writing one loses none of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseExtras>,
}

/// What a CASE package holds that a unit has no place for, as it stood there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseExtras {
    /// Fields of the document.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub document: serde_json::Map<String, serde_json::Value>,
    /// Fields of items, by the id of what they became.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub items: serde_json::Map<String, serde_json::Value>,
    /// Associations other than those of the tree and of notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub associations: Vec<serde_json::Value>,
    /// Definitions, rubrics and whatever else the package holds.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub package: serde_json::Map<String, serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelScale {
    pub min: u32,
    pub max: u32,
}

/// What the parts are called in the source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attitudes: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Text>,
}

/// A work task (工作任務) with its behavioural indicators (行為指標).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Task {
    /// `T1`, `T2` …
    pub id: String,
    /// The number as the source writes it, such as `一`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub title: Text,
    /// The notes that its title points to, by id.
    #[serde(default)]
    pub note_refs: Vec<String>,
    pub indicators: Vec<Statement>,
}

/// What can be rated: an indicator `T1.1`, an output `O01`, knowledge `K01`, a skill `S01` or an
/// attitude `A01`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The wording, with its note marks.
    pub text: Text,
    #[serde(default)]
    pub note_refs: Vec<String>,
}

/// How the unit is assessed (評量設計參考).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// Critical aspects, or evidence of competence: `E1` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Section>,
    /// Context and resources: `C1` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Section>,
    /// Methods: `M1` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub methods: Option<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub title: Text,
    pub items: Vec<Entry>,
}

/// One point of the assessment guide, or one entry of a note's list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    pub id: String,
    pub text: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note_refs: Vec<String>,
}

/// A note (註): what a word of the unit covers, often a list of options.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Note {
    /// `N1` …
    pub id: String,
    /// The mark as the source writes it, such as `註1`.
    pub label: String,
    pub text: Text,
    /// The ids of what points to it.
    #[serde(default)]
    pub referenced_by: Vec<String>,
    /// The options that it lists: `N1.1` …
    #[serde(default)]
    pub items: Vec<Entry>,
}

/// A unit that this one stands in for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supersession {
    pub code: String,
    /// Whether who held the older one holds this one; nothing where the source does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equivalent: Option<bool>,
}

/// How many of each there are: what a reader compares first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Counts {
    pub tasks: usize,
    pub indicators: usize,
    #[serde(skip_serializing_if = "is_zero")]
    pub outputs: usize,
    pub knowledge: usize,
    pub skills: usize,
    #[serde(skip_serializing_if = "is_zero")]
    pub attitudes: usize,
    pub assessment_evidence: usize,
    pub assessment_context: usize,
    pub assessment_methods: usize,
    pub notes: usize,
    pub note_items: usize,
}

/// Where a unit's data come from and what was done to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provenance {
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits_to_zh_hant: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_anomalies: Vec<String>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// What kind of statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    Indicator,
    Output,
    Knowledge,
    Skill,
    Attitude,
}

/// Statements that belong together: those of a task, or all knowledge.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// `T1`, or the letter that its statements begin with.
    pub id: &'a str,
    /// The title of a task; other groups have none of their own.
    pub task: Option<&'a Task>,
    pub kind: StatementKind,
    pub statements: &'a [Statement],
}

impl Unit {
    /// The groups that have statements, in the order of the unit.
    pub fn groups(&self) -> Vec<Group<'_>> {
        fn of_task(task: &Task) -> Group<'_> {
            let Task { id, indicators: statements, .. } = task;
            Group { id, task: Some(task), kind: StatementKind::Indicator, statements }
        }
        let others: [(_, _, &[Statement]); 4] = [
            ("O", StatementKind::Output, &self.outputs),
            ("K", StatementKind::Knowledge, &self.knowledge),
            ("S", StatementKind::Skill, &self.skills),
            ("A", StatementKind::Attitude, &self.attitudes),
        ];
        let other = |(id, kind, statements)| Group { id, task: None, kind, statements };
        let groups = self.tasks.iter().map(of_task).chain(others.into_iter().map(other));
        groups.filter(|group| !group.statements.is_empty()).collect()
    }

    /// Everything that can be rated, in the order of the unit.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        let groups = self.groups();
        groups.into_iter().flat_map(|group| group.statements.iter())
    }

    pub fn note(&self, id: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.id == id)
    }

    /// Counts what is there.
    pub fn count(&self) -> Counts {
        let section = |section: &Option<Section>| section.as_ref().map_or(0, |s| s.items.len());
        Counts {
            tasks: self.tasks.len(),
            indicators: self.tasks.iter().map(|task| task.indicators.len()).sum(),
            outputs: self.outputs.len(),
            knowledge: self.knowledge.len(),
            skills: self.skills.len(),
            attitudes: self.attitudes.len(),
            assessment_evidence: section(&self.assessment.evidence),
            assessment_context: section(&self.assessment.context),
            assessment_methods: section(&self.assessment.methods),
            notes: self.notes.len(),
            note_items: self.notes.iter().map(|note| note.items.len()).sum(),
        }
    }

    /// The languages that it is written in: those of its title.
    pub fn languages(&self) -> Vec<&str> {
        self.title.languages().collect()
    }
}

impl Unit {
    /// Fills in what points to each note.
    pub fn link_notes(&mut self) {
        let mut references: Vec<(String, String)> = Vec::new();
        let mut add = |id: &str, notes: &[String]| {
            references.extend(notes.iter().map(|note| (note.clone(), id.to_owned())));
        };
        for task in &self.tasks {
            add(&task.id, &task.note_refs);
        }
        for statement in self.statements() {
            add(&statement.id, &statement.note_refs);
        }
        let Assessment { evidence, context, methods } = &self.assessment;
        for section in [evidence, context, methods].into_iter().flatten() {
            for entry in &section.items {
                add(&entry.id, &entry.note_refs);
            }
        }
        for note in &mut self.notes {
            let own = references.iter().filter(|(id, _)| *id == note.id);
            note.referenced_by = own.map(|(_, from)| from.clone()).collect();
        }
    }
}
