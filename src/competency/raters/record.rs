//! What an assessor has judged: taken over as it was entered, never derived.

use serde::Serialize;

use super::Warning;
use super::submissions::Submission;
use crate::competency::form::Role;
use crate::competency::unit::{Section, Unit};
use crate::text::Text;
use crate::value::Value;

/// One critical aspect with the judgement of a person, where there is one.
#[derive(Clone, Debug, Serialize)]
pub struct Judgement {
    pub id: String,
    pub text: Text,
    /// `satisfactory`, `not-yet` or `more-evidence`; nothing until a person has judged.
    pub judgement: Option<String>,
    pub reason: Option<String>,
}

/// One point of context with what the assessor entered.
#[derive(Clone, Debug, Serialize)]
pub struct ContextPoint {
    pub id: String,
    pub text: Text,
    pub entered: Option<String>,
}

/// The record, empty where no assessor has made one.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub assessor: Option<String>,
    pub assessed_on: Option<String>,
    pub aspects: Vec<Judgement>,
    pub context: Vec<ContextPoint>,
    pub decision: Option<String>,
    pub feedback: Option<String>,
    /// Whether each has signed; the signatures stay with the submission.
    pub signed: bool,
    pub signed_by_ratee: bool,
}

impl Record {
    pub fn of(unit: &Unit, submissions: &[Submission], warnings: &mut Vec<Warning>) -> Record {
        let own = submissions.iter().filter(|one| one.role == Role::Assessor);
        let own = own.max_by(|a, b| a.completed_at.cmp(&b.completed_at));
        let answer =
            |name: &str| own.and_then(|own| own.answers.get(name)).filter(|a| !a.is_empty());
        let text = |name: &str| answer(name).and_then(Value::as_text).map(str::to_owned);
        let entered = |name: &str| match answer(name)? {
            Value::Text(text) => Some(text.clone()),
            Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            _ => None,
        };
        let items = |section: &Option<Section>| section.as_ref().map(|s| s.items.clone());
        let mut aspects = Vec::new();
        for entry in items(&unit.assessment.evidence).unwrap_or_default() {
            let (judgement, reason) = (text(&entry.id), text(&format!("{}-reason", entry.id)));
            if judgement.is_none() {
                warnings.push(Warning::new("not-judged", Some(&entry.id)));
            }
            aspects.push(Judgement { id: entry.id, text: entry.text, judgement, reason });
        }
        let mut context = Vec::new();
        for entry in items(&unit.assessment.context).unwrap_or_default() {
            let entered = entered(&entry.id);
            if entered.as_deref() == Some("no") {
                warnings.push(Warning::new("context-missing", Some(&entry.id)));
            }
            context.push(ContextPoint { id: entry.id, text: entry.text, entered });
        }
        let decision = text("decision");
        let all_met = aspects.iter().all(|one| one.judgement.as_deref() == Some("satisfactory"));
        if decision.as_deref() == Some("competent") && !all_met {
            warnings.push(Warning::new("decision-contradicts-aspects", None));
        }
        Record {
            assessor: text("assessor"),
            assessed_on: text("assessed-on"),
            aspects,
            context,
            decision,
            feedback: text("feedback"),
            signed: answer("signature").is_some(),
            signed_by_ratee: answer("signature-ratee").is_some(),
        }
    }
}
