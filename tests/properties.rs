//! What holds for any survey, any answers and any way through it.

use std::sync::Arc;

use askwell::locales;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::Value;
use proptest::prelude::*;

/// A question of the generated surveys, as text: the definition's author is chance.
fn question(number: usize, events: bool, rows: bool) -> impl Strategy<Value = String> {
    let mut types = vec![
        r#""type": "nps""#,
        r#""type": "text""#,
        r#""type": "number", "min": 0, "max": 9"#,
        r#""type": "yes-no""#,
        r#""type": "note""#,
        r#""type": "date""#,
        r#""type": "consent", "statement": "I agree, {q0}""#,
        r#""type": "rating", "rateMax": 4"#,
        r#""type": "single-choice", "choices": ["a", "b", 3], "showOtherItem": true"#,
        r#""type": "multiple-choice", "choices": ["a", "b", 3], "maxSelectedChoices": 2"#,
        r#""type": "matrix", "rows": ["a", "b"], "columns": [1, 2], "eachRowRequired": true"#,
        r#""type": "matrix", "rows": ["a", "b"], "columns": [1, 2], "rowsVisibleIf": "{q1} != {item}", "columnsVisibleIf": "{q0} != {item}", "hideIfRowsEmpty": true"#,
        r#""type": "panel", "questions": [{"id": "in#", "type": "text"}]"#,
    ];
    // What is no longer offered leaves the answer at once, and does not come back.
    if events {
        types.extend([
        r#""type": "single-choice", "choices": ["a", 3, {"value": "b", "visibleIf": "{q1} != 3"}], "choicesVisibleIf": "{item} != {q0}""#,
        r#""type": "multiple-choice", "choices": ["a", "b", 3], "choicesVisibleIf": "{item} != {q2}", "showNoneItem": true, "choicesOrder": "random""#,
        ]);
    }
    if rows {
        types.push(
        r#""type": "table", "rows": ["a", "b"], "rowsVisibleIf": "{q1} != {item}", "hideIfRowsEmpty": true, "columns": [{"id": "c", "type": "text", "visibleIf": "{q0} != 3", "required": true}]"#,
        );
    }
    let types = prop::sample::select(types);
    (types, condition(), condition(), condition(), any::<bool>()).prop_map(
        move |(kind, visible, required, enable, always)| {
            let kind = kind.replace('#', &number.to_string());
            let mut text = format!(r#"{{"id": "q{number}", {kind}, "required": {always}"#);
            for (field, condition) in
                [("visibleIf", visible), ("requiredIf", required), ("enableIf", enable)]
            {
                if let Some(condition) = condition {
                    text += &format!(r#", "{field}": "{condition}""#);
                }
            }
            text + "}"
        },
    )
}

fn condition() -> impl Strategy<Value = Option<String>> {
    let operators = prop::sample::select(vec!["= 3", "<= 2", "notempty", "empty", "contains 'a'"]);
    let read =
        prop::sample::select(vec!["q0", "q1", "q2", "q3", "q1-comment", "q1.a", "q3.a", "sum"]);
    prop::option::of(
        (read, operators).prop_map(|(name, operator)| format!("{{{name}}} {operator}")),
    )
}

fn survey() -> impl Strategy<Value = Arc<Survey>> {
    survey_with(true, false)
}

fn survey_with(events: bool, rows: bool) -> impl Strategy<Value = Arc<Survey>> {
    survey_in(events, rows, MODES)
}

/// Surveys that may also end before their last page.
fn survey_that_may_end() -> impl Strategy<Value = Arc<Survey>> {
    survey_in(true, false, ENDS)
}

const MODES: &[&str] = &[
    "",
    "",
    r#""questionsOnPageMode": "questionPerPage", "firstPageIsStartPage": true,"#,
    r#""questionsOnPageMode": "questionPerPage", "questionOrder": "random","#,
    r#""questionsOnPageMode": "singlePage", "showPreviewBeforeComplete": true,"#,
    r#""firstPageIsStartPage": true, "pageOrder": "random", "questionOrder": "random","#,
    r#""showPreviewBeforeComplete": true, "checkErrorsMode": "onValueChanged","#,
    r#""checkErrorsMode": "onComplete","#,
];

/// Surveys that follow changes as SurveyJS does.
const TIDY: &[&str] = &[
    r#""tidyAnswers": true,"#,
    r#""tidyAnswers": true, "clearInvisibleValues": "onHidden","#,
    r#""tidyAnswers": true, "checkErrorsMode": "onValueChanged","#,
    r#""tidyAnswers": true, "triggers": [{"type": "complete", "expression": "{q0} = 3"}],"#,
    r#""tidyAnswers": true, "triggers": [{"type": "set", "expression": "{q1.a} = 1", "setToName": "q0", "setValue": 3}],"#,
];

const ENDS: &[&str] = &[
    r#""triggers": [{"type": "complete", "expression": "{q0} = 3"}],"#,
    r#""triggers": [{"type": "skip", "expression": "{q1} notempty", "gotoName": "q5"}],
        "questionsOnPageMode": "questionPerPage","#,
    r#""screenOuts": [{"id": "x", "if": "{q1} notempty"}, {"id": "y", "if": "{q0} = 3", "limit": 0}],"#,
    r#""timeLimit": 30, "showPreviewBeforeComplete": true,"#,
    r#""timeLimitPerPage": 9, "firstPageIsStartPage": true,"#,
    r#""timeLimitPerPage": 9, "questionsOnPageMode": "questionPerPage", "timeLimitEssential": true,"#,
];

fn survey_in(
    events: bool,
    rows: bool,
    modes: &'static [&'static str],
) -> impl Strategy<Value = Arc<Survey>> {
    let questions = (0..6usize).map(|number| question(number, events, rows)).collect::<Vec<_>>();
    let mode = prop::sample::select(modes);
    (questions, 1..4usize, condition(), mode).prop_map(
        |(questions, pages, page_condition, mode)| {
            let size = questions.len().div_ceil(pages);
            let page = |(number, questions): (usize, &[String])| {
                let condition = match &page_condition {
                    Some(condition) if number == 1 => format!(r#""visibleIf": "{condition}", "#),
                    _ => String::new(),
                };
                format!(
                    r#"{{"id": "p{number}", {condition}"questions": [{}]}}"#,
                    questions.join(",")
                )
            };
            let pages: Vec<String> = questions.chunks(size).enumerate().map(page).collect();
            let json = format!(
                r#"{{"askwell": 1, "id": "s", "locales": ["en", "zh-Hant"], {mode}
            "calculated": [{{"id": "sum", "expression": "{{q0}} + {{q1}}"}}],
            "pages": [{}]}}"#,
                pages.join(",")
            );
            Arc::new(Survey::load(&json).unwrap_or_else(|d| panic!("{json}\n{d:#?}")).survey)
        },
    )
}

#[derive(Clone, Debug)]
enum Action {
    Set(usize, Answer),
    Comment(usize, Answer),
    Next,
    Previous,
    Complete,
    GoTo(usize),
    Locale(&'static str),
    TryGoTo(usize),
    /// This many seconds pass.
    Pass(u32),
    Extend,
}

/// A value whose `Debug` may be shown: it is made up.
#[derive(Clone)]
struct Answer(Value);

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_json())
    }
}

fn answer() -> impl Strategy<Value = Answer> {
    let values = prop::sample::select(vec![
        "null",
        "0",
        "3",
        "10",
        "2.5",
        "-1",
        "true",
        "false",
        r#""""#,
        r#""a""#,
        r#""other""#,
        r#""2026-02-29""#,
        r#"["a"]"#,
        r#"["a", 3, "other"]"#,
        r#"{"a": 1}"#,
        r#"{"a": 1, "b": 2}"#,
        r#"[[]]"#,
        r#"{"x": {}}"#,
    ]);
    values.prop_map(|json| Answer(serde_json::from_str(json).unwrap()))
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let action = prop_oneof![
        6 => (0..9usize, answer()).prop_map(|(q, a)| Action::Set(q, a)),
        1 => (0..9usize, answer()).prop_map(|(q, a)| Action::Comment(q, a)),
        2 => Just(Action::Next),
        1 => Just(Action::Previous),
        1 => Just(Action::Complete),
        1 => (0..5usize).prop_map(Action::GoTo),
        1 => (0..5usize).prop_map(Action::TryGoTo),
        1 => (0..12u32).prop_map(Action::Pass),
        1 => Just(Action::Extend),
        1 => prop::sample::select(vec!["en", "zh-TW", "xx"]).prop_map(Action::Locale),
    ];
    prop::collection::vec(action, 0..25)
}

fn take(session: &mut Session, action: &Action) {
    match action {
        Action::Set(question, Answer(value)) => drop(session.set(*question, value.clone())),
        Action::Comment(question, Answer(value)) => {
            drop(session.set_comment(*question, value.clone()));
        }
        Action::Next => drop(session.next()),
        Action::Previous => drop(session.previous()),
        Action::Complete => drop(session.complete()),
        Action::GoTo(page) => drop(session.go_to(*page)),
        Action::TryGoTo(page) => drop(session.try_go_to(*page)),
        Action::Pass(seconds) => {
            let now_ms = session.now_ms() + f64::from(*seconds) * 1000.0;
            drop(session.tick(now_ms));
        }
        Action::Extend => session.extend_time(),
        Action::Locale(locale) => drop(session.set_locale(locale)),
    }
}

fn start() -> Start {
    Start { words: locales::word, ..Start::default() }
}

/// Everything that a respondent could notice.
fn state(session: &Session) -> String {
    let mut state = format!(
        "{} {} {:?} {} {:?} {} {} {:?} {:?} {:?} {:?}",
        session.locale(),
        session.page(),
        session.single_question(),
        session.is_reviewing(),
        session.status(),
        session.finishes_here(),
        session.is_first_page(),
        [session.survey_time(), session.page_time()],
        session.on_page(session.page()),
        session.visible_pages(),
        Value::Map(session.answers()).to_json(),
    );
    for question in 0..session.survey().questions.len() {
        state += &format!(
            "\n{question} {} {} {} {}",
            session.is_visible(question),
            session.is_required(question),
            session.is_read_only(question),
            session.display_answer(question),
        );
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn saving_and_restoring_changes_nothing(survey in survey_with(true, true), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        for action in &actions {
            take(&mut session, action);
            let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
            let restored = Session::restore(Arc::clone(&survey), start(), &saved).unwrap();
            prop_assert_eq!(state(&restored), state(&session));
        }
    }

    #[test]
    fn a_converted_survey_is_kept_whole(survey in survey_in(true, true, TIDY), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        for action in &actions {
            take(&mut session, action);
            let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
            let restored = Session::restore(Arc::clone(&survey), start(), &saved).unwrap();
            if session.is_complete() {
                // What is offered is not asked again once answers have been cleared at the end.
                prop_assert_eq!(restored.answers(), session.answers());
                prop_assert_eq!(restored.status(), session.status());
            } else {
                prop_assert_eq!(state(&restored), state(&session));
            }
        }
    }

    #[test]
    fn a_survey_that_may_end_early_is_kept_whole(
        survey in survey_that_may_end(),
        actions in actions(),
    ) {
        let mut session = Session::new(Arc::clone(&survey), start());
        for action in &actions {
            let ended = session.is_complete();
            take(&mut session, action);
            prop_assert!(session.is_complete() || !ended);
            let saved: Value = serde_json::from_str(&session.save().to_json()).unwrap();
            let restored = Session::restore(Arc::clone(&survey), start(), &saved).unwrap();
            prop_assert_eq!(state(&restored), state(&session));
            prop_assert!(session.may_end_as(session.status()));
        }
    }

    /// What is shown is visible, and there is always a way to the end.
    #[test]
    fn nobody_is_stuck(survey in survey_that_may_end(), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        actions.iter().for_each(|action| take(&mut session, action));
        if let Some(question) = session.single_question() {
            prop_assert!(session.is_visible(question));
        }
        for _ in 0..200 {
            if session.is_complete() {
                break;
            }
            let step = if session.finishes_here() { session.complete() } else { session.next() };
            if step.refused {
                // Somebody in a hurry, or at a loss.
                let now_ms = session.now_ms() + 10_000.0;
                drop(session.tick(now_ms));
                let open = session.all_issues().map(|(question, _)| question).collect::<Vec<_>>();
                prop_assert!(!open.is_empty() || session.is_complete());
                if session.survey_time().is_none() && session.page_time().is_none() {
                    return Ok(());
                }
            }
        }
        prop_assert!(session.is_complete() || session.visible_pages().is_empty());
    }

    #[test]
    fn hidden_answers_are_never_submitted(survey in survey_with(true, true), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        for action in &actions {
            take(&mut session, action);
            for id in session.submission(0.0).answers.keys() {
                let question = id.strip_suffix("-comment").unwrap_or(id);
                let question = survey.index_of(question).unwrap();
                prop_assert!(session.is_visible(question), "{} is hidden", id);
            }
        }
    }

    /// Without choices that leave answers: there a question may change and change back on the way.
    #[test]
    fn what_changed_is_exactly_what_is_said(survey in survey_with(false, false), actions in actions()) {
        use askwell::session::Aspects;
        let mut session = Session::new(Arc::clone(&survey), start());
        for action in &actions {
            let before = session.clone();
            let changes = match action {
                Action::Set(question, Answer(value)) => session.set(*question, value.clone()),
                other => { take(&mut session, other); continue }
            };
            for q in 0..survey.questions.len() {
                let of = changes.of(q);
                prop_assert_eq!(of.has(Aspects::ANSWER), before.answer(q) != session.answer(q));
                prop_assert_eq!(of.has(Aspects::COMMENT), before.comment(q) != session.comment(q));
                prop_assert_eq!(of.has(Aspects::VISIBLE), before.is_visible(q) != session.is_visible(q));
                prop_assert_eq!(of.has(Aspects::REQUIRED), before.is_required(q) != session.is_required(q));
                prop_assert_eq!(of.has(Aspects::ISSUES), before.issues(q) != session.issues(q));
                let read_only = before.is_read_only(q) != session.is_read_only(q);
                prop_assert!(of.has(Aspects::READ_ONLY) || !read_only);
            }
            // A start page comes and goes too, but is not counted.
            let counted = !survey.source.start_page;
            prop_assert!(!counted || changes.pages == (before.visible_pages() != session.visible_pages()));
            let place = |session: &Session| {
                (session.page(), session.single_question(), session.is_reviewing())
            };
            prop_assert_eq!(changes.page, place(&before) != place(&session));
        }
    }

    /// The same answers, given in another order or by another way, lead to the same pages.
    #[test]
    fn the_way_does_not_matter(
        survey in survey_with(false, false),
        answers in prop::collection::btree_map(0..9usize, answer(), 0..6),
        detours in actions(),
    ) {
        let mut straight = Session::new(Arc::clone(&survey), start());
        for (question, Answer(value)) in &answers {
            straight.set(*question, value.clone());
        }
        let mut winding = Session::new(Arc::clone(&survey), start());
        for action in detours.iter().filter(|a| !matches!(a, Action::Complete | Action::Comment(..))) {
            take(&mut winding, action);
        }
        for question in (0..survey.questions.len()).rev() {
            let value = answers.get(&question).map_or(Value::Null, |answer| answer.0.clone());
            winding.set(question, value);
        }
        prop_assert_eq!(straight.visible_pages(), winding.visible_pages());
        let answers = |session: &Session| Value::Map(session.submitted_answers()).to_json();
        prop_assert_eq!(answers(&straight), answers(&winding));
    }

    /// The receiver replays what was submitted; an honest submission has no issues.
    #[test]
    fn a_finished_survey_has_no_issues(survey in survey(), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        actions.iter().for_each(|action| take(&mut session, action));
        let step = session.complete();
        let open = (0..survey.questions.len()).any(|q| !session.find_issues(q).is_empty());
        prop_assert_eq!(step.refused || !session.is_complete(), open);
    }

    /// In a converted survey the way decides what is hidden and required; what remains for the
    /// receiver to look at holds for an honest submission.
    #[test]
    fn a_finished_converted_survey_is_well_formed(survey in survey_in(true, true, TIDY), actions in actions()) {
        let mut session = Session::new(Arc::clone(&survey), start());
        actions.iter().for_each(|action| take(&mut session, action));
        drop(session.complete());
        if !session.is_complete() {
            return Ok(());
        }
        let answers = session.submission(0.0).answers;
        let replayed = Session::with_answers(Arc::clone(&survey), start(), &answers);
        for question in 0..survey.questions.len() {
            for issue in replayed.find_issues(question) {
                let code = issue.code.as_str();
                prop_assert!(!["wrong-type", "not-a-choice"].contains(&code), "{}", code);
            }
        }
    }

    /// Whatever text an author writes: it loads, or there are diagnostics that can be shown.
    #[test]
    fn any_definition_loads_or_is_explained(text in "[\\PC]{0,60}", cut in 0..400usize) {
        let whole = r#"{"askwell": 1, "id": "s", "calculated": [{"id": "x", "expression": "{a} + 1"}],
            "pages": [{"id": "p", "visibleIf": "{x} > 2", "questions": [
            {"id": "a", "type": "number", "title": {"en": "A", "zh-Hant": "甲"}}]}]}"#;
        let broken: String = whole.chars().take(cut).chain(text.chars()).collect();
        let replaced = whole.replace("{x} > 2", &text.replace(['"', '\\'], ""));
        for source in [text, broken, replaced] {
            if let Err(diagnostics) = Survey::load(&source) {
                prop_assert!(!diagnostics.is_empty());
                for diagnostic in diagnostics {
                    prop_assert!(diagnostic.render("survey.json", &source).contains("-->"));
                }
            }
        }
    }
}
