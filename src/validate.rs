//! Whether an answer is acceptable.

use crate::expr::Expression;
use crate::issue::{Code, Issue};
use crate::questions::QuestionType;
use crate::survey::Question;
use crate::value::Value;

/// What there is to know about a question when its answer is looked at.
pub struct Given<'a> {
    /// The question's type with what it offers now.
    pub kind: &'a dyn QuestionType,
    pub answer: &'a Value,
    pub comment: &'a Value,
    pub required: bool,
}

/// What is wrong with the answer to a visible, writable question; empty if nothing is.
///
/// `holds` evaluates the condition of one of the question's validators.
pub fn issues(
    question: &Question,
    given: &Given,
    holds: &dyn Fn(&Expression) -> bool,
) -> Vec<Issue> {
    let kind = given.kind;
    if !kind.takes_answer() {
        return Vec::new();
    }
    if given.required
        && let Some(missing) = kind.missing(given.answer)
    {
        return vec![missing];
    }
    let mut issues = Vec::new();
    match given.answer.is_empty() {
        true => issues.extend(kind.too_empty()),
        false => kind.check(given.answer, &mut issues),
    }
    if let Some(other) = kind.other()
        && chooses(given.answer, other)
        && given.comment.as_text().is_none_or(|text| text.trim().is_empty())
    {
        issues.push(Issue::new(Code::RequiredComment));
    }
    for (index, validator) in question.source.validators.iter().enumerate() {
        let condition = question.conditions.get(index).and_then(Option::as_ref);
        let issue = match condition {
            Some(condition) => (!holds(condition)).then(|| Issue::new(Code::Expression)),
            None => validator.check(given.answer),
        };
        if let Some(mut issue) = issue {
            issue.validator = Some(index);
            issue.level = validator.level();
            issues.push(issue);
        }
    }
    issues
}

/// Whether an answer is, or holds, a value.
pub fn chooses(answer: &Value, value: &str) -> bool {
    match answer {
        Value::List(values) => values.iter().any(|chosen| chosen.as_text() == Some(value)),
        answer => answer.as_text() == Some(value),
    }
}
