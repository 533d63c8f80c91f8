//! Whether a submission fits its survey, and which scores it gives, by the same engine that
//! the respondent's device ran.

use std::sync::Arc;

use serde::Serialize;

use super::replay::{Situation, is_calculated, is_same, replay, scores, utc_offset_minutes};
use super::time;
use crate::issue::{Code, Level};
use crate::session::Session;
use crate::submission::{Status, Submission};
use crate::survey::Survey;
use crate::value::{Map, Value};

/// Why a submission is refused: where and which code, without any answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// The question's id; empty where the submission as a whole is meant.
    pub question: String,
    pub code: &'static str,
}

impl Reason {
    /// A reason that concerns the submission as a whole.
    pub fn whole(code: &'static str) -> Self {
        Reason { question: String::new(), code }
    }
}

/// What the receiver computed itself.
#[derive(Debug)]
pub struct Accepted {
    /// The scores by id.
    pub scores: Map,
    /// Whether the sender's scores or calculated answers are other than these.
    pub scores_differ: bool,
}

/// Replays a submission and looks at it as a whole.
///
/// Beside the codes of [`Code`] a reason may read `unknown-question`, `hidden` (an answer to a
/// question that these answers hide), `wrong-status` and `wrong-envelope`.
///
/// # Errors
/// Every reason against it, in the order of their questions' ids.
pub fn judge(submission: &Submission, survey: &Arc<Survey>) -> Result<Accepted, Vec<Reason>> {
    let now = time::parse(&submission.completed_at);
    let started = time::parse(&submission.started_at);
    let (Ok(now), Ok(_)) = (now, started) else {
        return Err(vec![Reason::whole("wrong-envelope")]);
    };
    let situation = Situation {
        now_ms: now.ms,
        utc_offset_minutes: utc_offset_minutes(&submission.device),
        locale: submission.locale.clone(),
        context: submission.context.clone(),
    };
    let mut replayed = replay(survey, &submission.answers, situation);
    let mut reasons: Vec<Reason> = replayed
        .unknown
        .into_iter()
        .map(|question| Reason { question, code: "unknown-question" })
        .collect();
    // What functions of the page decided cannot be decided again here; nor, in a converted survey,
    // what the order of answers decided.
    let blind = !survey.source.functions.is_empty() || survey.source.tidy;
    if reasons.is_empty() && !blind {
        reasons = hidden(&submission.answers, &replayed.session);
    }
    // A survey that ends early has pages that nobody came by.
    let whole = submission.status == Status::Complete && !blind && !replayed.session.ends_early();
    let excused: fn(Code) -> bool = match submission.status {
        Status::TimedOut => is_unfinished,
        _ if blind => is_unfinished,
        _ if whole => |_| false,
        _ => is_missing,
    };
    reasons.extend(issues(&replayed.session, excused));
    if survey.source.tidy {
        reasons.extend(never_given(&submission.answers, &replayed.session));
    }
    if reasons.is_empty() && whole {
        // What completing asks for beyond the issues of single questions is looked at too.
        let refused = replayed.session.complete().refused;
        reasons.extend(refused.then(|| Reason::whole("incomplete")));
    }
    if !blind && !replayed.session.may_end_as(submission.status) {
        reasons.push(Reason::whole("wrong-status"));
    }
    if !reasons.is_empty() {
        reasons.sort();
        reasons.dedup();
        return Err(reasons);
    }
    let scores = scores(&replayed.session);
    let differ = scores_differ(&scores, &submission.scores)
        || calculated_differ(submission, &replayed.session);
    Ok(Accepted { scores, scores_differ: differ })
}

/// Answers that the survey would not have taken: their questions are hidden.
fn hidden(answers: &Map, session: &Session) -> Vec<Reason> {
    let visible = session.submitted_answers();
    let given = answers.iter().filter(|(name, value)| {
        !is_calculated(session.survey(), name) && !is_same(Some(value), visible.get(*name))
    });
    given.map(|(name, _)| Reason { question: name.clone(), code: "hidden" }).collect()
}

/// Answers that no control gives. A session whose answers are tidy would drop them unseen, so they
/// are looked at as they came; what depends on other answers is left out.
fn never_given(answers: &Map, session: &Session) -> Vec<Reason> {
    let questions = session.survey().questions.iter().enumerate();
    let fixed = questions.filter(|(number, question)| {
        question.rows.is_none() && session.offered_kind(*number).is_none()
    });
    let wrong = fixed.filter_map(|(_, question)| {
        let name = question.source.value_name.as_ref().unwrap_or(&question.source.id);
        let mut issues = Vec::new();
        question.kind.as_type().check(answers.get(name)?, &mut issues);
        let code = issues.iter().map(|issue| issue.code).find(|code| !is_unfinished(*code))?;
        Some(Reason { question: name.clone(), code: code.as_str() })
    });
    wrong.collect()
}

fn issues(session: &Session, excused: fn(Code) -> bool) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let pages = session.visible_pages().into_iter();
    for question in pages.flat_map(|page| session.questions_on(page)) {
        let Some(model) = session.question(question) else { continue };
        if !session.is_visible(question) {
            continue;
        }
        let mut issues = session.find_issues(question);
        let answer = session.answer(question);
        if session.is_read_only(question) && !answer.is_empty() {
            // Respondents are not held responsible for what they cannot change; senders are.
            model.kind.as_type().check(answer, &mut issues);
        }
        let errors = issues.iter().filter(|issue| issue.level == Level::Error);
        let codes = errors.map(|issue| issue.code).filter(|code| !excused(*code));
        let comment = session.comment(question);
        let wrong_comment =
            (!comment.is_null() && comment.as_text().is_none()).then_some(Code::WrongType);
        let name = session.name_of(question);
        let reason = |code: Code| Reason { question: name.clone(), code: code.as_str() };
        reasons.extend(codes.chain(wrong_comment).map(reason));
    }
    reasons
}

/// Whether an issue only says that something is not there yet.
fn is_missing(code: Code) -> bool {
    matches!(
        code,
        Code::Required
            | Code::RequiredInside
            | Code::RequiredRows
            | Code::RequiredComment
            | Code::RequiredConsent
    )
}

/// Whether somebody may have been about to put an issue right when time was over.
fn is_unfinished(code: Code) -> bool {
    !matches!(code, Code::WrongType | Code::NotAChoice | Code::FileTooLarge | Code::FileType)
}

/// Whether the sender's figures are other ones. A sender that gives none is not at odds.
fn scores_differ(own: &Map, theirs: &Map) -> bool {
    let value = |score: &Value| score.get("value").cloned().unwrap_or_default();
    !theirs.is_empty()
        && own
            .iter()
            .any(|(id, score)| theirs.get(id).is_none_or(|theirs| value(theirs) != value(score)))
}

fn calculated_differ(submission: &Submission, session: &Session) -> bool {
    let own = session.submitted_answers();
    let survey = session.survey();
    let calculated = submission.answers.iter().filter(|(name, _)| is_calculated(survey, name));
    calculated.into_iter().any(|(name, value)| !is_same(Some(value), own.get(name)))
}
