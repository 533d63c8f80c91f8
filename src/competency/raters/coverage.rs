//! Which method of assessment has shown something of which statement.

use serde::Serialize;

use super::submissions::Submission;
use crate::competency::form::{Node, Profile, Role};
use crate::competency::unit::{Entry, Unit};
use crate::text::Text;
use crate::value::Value;

/// The instruments that speak for a method, with words by which the unit names it.
const METHODS: &[(&[Role], &[&str])] = &[
    (&[Role::RolePlay], &["角色扮演", "直接觀察", "role play", "observation"]),
    (&[Role::CaseStudy], &["案例", "case stud"]),
    (&[Role::Knowledge], &["提問", "口試", "筆試", "questions"]),
    (
        &[Role::Supervisor, Role::Peer, Role::Report, Role::Customer],
        &["第三方", "工作績效", "third part", "third-part"],
    ),
    (&[Role::Portfolio], &["文件", "資料", "portfolio", "document"]),
];

/// How many methods a critical aspect should rest on.
const METHODS_OF_AN_ASPECT: usize = 2;

#[derive(Clone, Debug, Serialize)]
pub struct Method {
    pub id: String,
    pub text: Text,
}

/// The methods that have shown something of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct Covered {
    pub id: String,
    pub methods: Vec<String>,
}

/// A critical aspect with the statements it rests on. Whether it is met is for a person to judge.
#[derive(Clone, Debug, Serialize)]
pub struct Aspect {
    pub id: String,
    pub text: Text,
    pub statements: Vec<String>,
    pub methods: Vec<String>,
    /// Whether two methods or more have shown something of it.
    pub enough: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    pub methods: Vec<Method>,
    pub statements: Vec<Covered>,
    /// The statements that no method has shown.
    pub open: Vec<String>,
    pub aspects: Vec<Aspect>,
}

impl Coverage {
    pub fn of(unit: &Unit, profile: Option<&Profile>, submissions: &[Submission]) -> Coverage {
        let listed = unit.assessment.methods.iter().flat_map(|section| &section.items);
        let listed: Vec<&Entry> = listed.collect();
        let mut statements = Vec::new();
        for statement in unit.statements() {
            let mut methods: Vec<String> = Vec::new();
            for submission in submissions.iter().filter(|one| shows(one, &statement.id, profile)) {
                let id = method_of(submission.role, &listed);
                if !methods.contains(&id) {
                    methods.push(id);
                }
            }
            methods.sort_unstable();
            statements.push(Covered { id: statement.id.clone(), methods });
        }
        let open = statements.iter().filter(|one| one.methods.is_empty());
        let open = open.map(|one| one.id.clone()).collect();
        let methods =
            listed.iter().map(|entry| Method { id: entry.id.clone(), text: entry.text.clone() });
        let aspects = unit.assessment.evidence.iter().flat_map(|section| &section.items);
        let aspects = aspects.map(|entry| aspect(entry, profile, &statements)).collect();
        Coverage { methods: methods.collect(), open, aspects, statements }
    }
}

fn aspect(entry: &Entry, profile: Option<&Profile>, covered: &[Covered]) -> Aspect {
    let mapped = profile.and_then(|profile| profile.evidence.as_ref()?.get(&entry.id));
    let ids = mapped.map(Node::items).unwrap_or_default();
    let statements: Vec<String> = ids.iter().filter_map(Node::as_text).map(str::to_owned).collect();
    let mut methods: Vec<String> = Vec::new();
    for one in covered.iter().filter(|one| statements.contains(&one.id)) {
        methods.extend(one.methods.iter().cloned());
    }
    methods.sort_unstable();
    methods.dedup();
    let enough = methods.len() >= METHODS_OF_AN_ASPECT;
    Aspect { id: entry.id.clone(), text: entry.text.clone(), statements, methods, enough }
}

/// The method of the unit that an instrument belongs to; its own name where the unit has none.
fn method_of(role: Role, listed: &[&Entry]) -> String {
    let words = METHODS.iter().find(|(roles, _)| roles.contains(&role)).map(|(_, words)| *words);
    let named = |entry: &&&Entry| {
        let mut all = entry.text.entries().map(|(_, words)| words.to_lowercase());
        all.any(|text| words.unwrap_or_default().iter().any(|word| text.contains(word)))
    };
    listed.iter().find(named).map_or_else(|| role.row().name.to_owned(), |entry| entry.id.clone())
}

/// Whether a submission holds something that an assessor can go by. Self-ratings do not count, nor
/// does what was not observed.
fn shows(submission: &Submission, id: &str, profile: Option<&Profile>) -> bool {
    let answers = &submission.answers;
    match submission.role {
        Role::SelfAssessment | Role::Assessor => false,
        Role::Knowledge => {
            let asked =
                |name: &str| name.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'));
            answers.iter().any(|(name, answer)| asked(name) && !answer.is_empty())
                || answers.get(id).and_then(Value::as_number).is_some()
        }
        Role::Portfolio => documents(answers.get("documents"), id, profile),
        _ => match answers.get(id) {
            Some(Value::Number(_)) => true,
            Some(Value::Map(rows)) => rows.values().any(|row| row.as_number().is_some()),
            _ => false,
        },
    }
}

/// Whether a document that meets all rules of evidence speaks for the statement.
fn documents(ticked: Option<&Value>, id: &str, profile: Option<&Profile>) -> bool {
    const RULES: [&str; 5] = ["provided", "valid", "sufficient", "authentic", "current"];
    let mapped = profile.and_then(|profile| profile.portfolio.as_ref());
    let speaks = |document: &str| {
        let ids =
            mapped.and_then(|mapped| mapped.get(document)).map(Node::items).unwrap_or_default();
        ids.iter().any(|one| one.as_text() == Some(id))
    };
    let rows = ticked.and_then(Value::as_map);
    rows.into_iter().flatten().any(|(document, rules)| {
        let rules = rules.as_list().unwrap_or_default();
        let met = |rule: &&str| rules.iter().any(|one| one.as_text() == Some(*rule));
        RULES.iter().all(met) && speaks(document)
    })
}
