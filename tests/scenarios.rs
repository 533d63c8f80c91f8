//! Stories of respondents, told as data: each file in `tests/scenarios` is a survey with steps.

use std::sync::Arc;

use askwell::issue::Level;
use askwell::locales;
use askwell::questions::{Choice, Items};
use askwell::session::{Aspects, Changes, Session, Start, TimeLeft};
use askwell::survey::Survey;
use askwell::survey::source::ProgressType;
use askwell::value::Value;

const ASPECTS: &[(&str, Aspects)] = &[
    ("answer", Aspects::ANSWER),
    ("comment", Aspects::COMMENT),
    ("visible", Aspects::VISIBLE),
    ("required", Aspects::REQUIRED),
    ("readOnly", Aspects::READ_ONLY),
    ("issues", Aspects::ISSUES),
    ("text", Aspects::TEXT),
    ("offer", Aspects::OFFER),
];

#[test]
fn every_scenario_goes_as_told() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let scenario: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        play(&name, &scenario);
    }
}

fn play(name: &str, scenario: &Value) {
    let definition = scenario.get("survey").expect("a scenario has a survey").to_json();
    let survey = match Survey::load(&definition) {
        Ok(loaded) => Arc::new(loaded.survey),
        Err(diagnostics) => panic!("{name}: {diagnostics:#?}"),
    };
    let context = scenario.get("context").and_then(Value::as_map).cloned().unwrap_or_default();
    let seed = scenario.get("seed").and_then(Value::as_number).unwrap_or(0.0) as u64;
    let start = Start { words: locales::word, context, seed, ..Start::default() };
    let mut session = Session::new(Arc::clone(&survey), start.clone());
    for (number, step) in scenario.get("steps").and_then(Value::as_list).unwrap().iter().enumerate()
    {
        let at = format!("{name}, step {}", number + 1);
        take(&at, &mut session, step);
        let saved = session.save();
        // Another seed, because what was shuffled stays as it was.
        let start = Start { seed: 99, ..start.clone() };
        let restored = Session::restore(Arc::clone(&survey), start, &saved).unwrap();
        assert_eq!(state(&restored), state(&session), "{at}: restored");
    }
}

fn take(at: &str, session: &mut Session, step: &Value) {
    let step = step.as_map().unwrap();
    let mut changes = None;
    let mut refused = None;
    for (action, value) in step {
        match action.as_str() {
            "set" => {
                for (id, answer) in value.as_map().unwrap() {
                    let changed = session.set_by_id(id, answer.clone());
                    changes = Some(changed.unwrap_or_else(|| panic!("{at}: no question {id}")));
                }
            }
            "feed" => {
                for (url, document) in value.as_map().unwrap() {
                    let document = Some(document.clone()).filter(|document| !document.is_null());
                    changes = Some(session.feed(url, document));
                }
            }
            "again" => {
                let question = session.survey().index_of(value.as_text().unwrap()).unwrap();
                changes = Some(session.ask_again(question));
            }
            "locale" => changes = Some(session.set_locale(value.as_text().unwrap())),
            "previous" => changes = Some(session.previous()),
            "tick" => {
                let step = session.tick(value.as_number().unwrap() * 1000.0);
                changes = Some(step.changes);
            }
            "extend" => session.extend_time(),
            "goTo" => changes = Some(session.go_to(page_named(session, value))),
            "tryGoTo" => {
                let step = session.try_go_to(page_named(session, value));
                changes = Some(step.changes);
                refused = Some(step.refused);
            }
            "next" | "complete" => {
                let step = if action == "next" { session.next() } else { session.complete() };
                changes = Some(step.changes);
                refused = Some(step.refused);
            }
            _ => {}
        }
    }
    for (expectation, expected) in step {
        let found: Value = match expectation.as_str() {
            "set" | "feed" | "again" | "next" | "previous" | "complete" | "locale" | "story"
            | "goTo" | "tryGoTo" | "tick" | "extend" => {
                continue;
            }
            "refused" => refused.unwrap().into(),
            "changes" => changed(session, changes.as_ref().unwrap()),
            "texts" => {
                let text = |id: &String| session.fill(&format!("{{{id}}}"));
                let texts = expected.as_map().unwrap().keys();
                Value::Map(texts.map(|id| (id.clone(), text(id).into())).collect())
            }
            "wanted" => session.wanted().into(),
            "offered" => {
                let asked = expected.as_map().unwrap().keys();
                Value::Map(asked.map(|id| (id.clone(), offered(session, id))).collect())
            }
            "scores" => {
                let scores = session.scores();
                let asked = expected.as_map().unwrap().keys();
                Value::Map(
                    asked.map(|id| (id.clone(), scores.get(id).unwrap().to_value())).collect(),
                )
            }
            "submitted" => Value::Map(session.submission(1000.0).answers),
            other => part(session, other),
        };
        assert_eq!(found.to_json(), expected.to_json(), "{at}: {expectation}");
    }
}

/// What a question offers: the values of its choices, or those of its rows and columns. Those that
/// cannot be chosen now stand in brackets.
fn offered(session: &Session, id: &str) -> Value {
    let question = session.survey().index_of(id).unwrap();
    let kind = session.kind(question).unwrap().as_type();
    let words = |choice: &Choice| match choice.enabled {
        true => choice.value.clone(),
        false => Value::List(vec![choice.value.clone()]),
    };
    let lists = kind.items();
    let list = |items: &Items| Value::List(items.list.iter().map(words).collect());
    match &lists[..] {
        [one] => list(one),
        several => Value::List(several.iter().map(list).collect()),
    }
}

fn page_named(session: &Session, id: &Value) -> usize {
    let pages = &session.survey().pages;
    pages.iter().position(|page| Some(page.source.id.as_str()) == id.as_text()).unwrap()
}

fn part(session: &Session, name: &str) -> Value {
    let survey = session.survey();
    let ids = |counts: &dyn Fn(usize) -> bool| {
        let found = (0..survey.questions.len()).filter(|q| counts(*q));
        Value::List(found.map(|q| survey.questions[q].source.id.as_str().into()).collect())
    };
    let page_id = |page: usize| Value::from(survey.pages[page].source.id.as_str());
    match name {
        "visible" => ids(&|q| session.is_visible(q)),
        "required" => ids(&|q| session.is_visible(q) && session.is_required(q)),
        "readOnly" => ids(&|q| session.is_visible(q) && session.is_read_only(q)),
        "page" => survey.pages[session.page()].source.id.as_str().into(),
        "pages" => {
            let pages = session.visible_pages().into_iter();
            Value::List(pages.map(|p| survey.pages[p].source.id.as_str().into()).collect())
        }
        "answers" => Value::Map(session.answers()),
        "issues" => {
            let issues = session.all_issues().map(|(question, issue)| {
                let level = match issue.level {
                    Level::Error => "",
                    Level::Warning => " (warning)",
                    Level::Information => " (information)",
                };
                Value::from(format!("{}: {}{level}", session.name_of(question), issue.code))
            });
            Value::List(issues.collect())
        }
        "isComplete" => session.is_complete().into(),
        "single" => session.single_question().map_or(Value::Null, |q| session.name_of(q).into()),
        "shownPages" => session.shown_pages().into_iter().map(page_id).collect::<Vec<_>>().into(),
        "order" => {
            let asked = session.questions_on(session.page()).into_iter();
            Value::List(asked.map(|q| session.name_of(q).into()).collect())
        }
        "time" => {
            let seconds = |time: Option<TimeLeft>| match time {
                None => Value::Null,
                Some(time) if time.is_short => format!("{} short", time.left_ms / 1000.0).into(),
                Some(time) => Value::Number(time.left_ms / 1000.0),
            };
            vec![seconds(session.survey_time()), seconds(session.page_time())].into()
        }
        "isReviewing" => session.is_reviewing().into(),
        "isFirst" => session.is_first_page().into(),
        "finishesHere" => session.finishes_here().into(),
        "status" => {
            serde_json::from_str(&serde_json::to_string(&session.status()).unwrap()).unwrap()
        }
        "closing" => {
            let closing = session.closing();
            let text = closing.text.map(|text| session.text(&text));
            let title = closing.title.map(|title| session.text(&title)).unwrap_or_default();
            vec![title, text.unwrap_or(closing.word.to_owned())].into()
        }
        "redirect" => session.redirect().map_or(Value::Null, Value::from),
        "redirectAtOnce" => session.redirect_at_once().map_or(Value::Null, Value::from),
        "progress" => {
            let progress = session.progress();
            let counted = |by| {
                let (done, all) = progress.counted(by);
                Value::from(format!("{done}/{all}"))
            };
            let types =
                [ProgressType::Pages, ProgressType::Questions, ProgressType::RequiredQuestions];
            Value::List(types.map(counted).to_vec())
        }
        "outcome" => session.outcome().map_or(Value::Null, |text| session.text(text).into()),
        other => panic!("a scenario cannot expect `{other}`"),
    }
}

fn state(session: &Session) -> String {
    let names = [
        "visible",
        "required",
        "readOnly",
        "page",
        "pages",
        "answers",
        "isComplete",
        "single",
        "time",
        "order",
        "isReviewing",
        "finishesHere",
        "status",
        "closing",
        "redirect",
        "progress",
    ];
    names.map(|name| part(session, name).to_json()).join("\n")
}

/// What changed, as `{question: [aspects]}` with the other changes under `""`.
fn changed(session: &Session, changes: &Changes) -> Value {
    let mut map = askwell::value::Map::new();
    for (question, aspects) in &changes.questions {
        let id = session.survey().questions[*question].source.id.clone();
        let names =
            ASPECTS.iter().filter(|(_, aspect)| aspects.has(*aspect)).map(|(name, _)| *name);
        map.insert(id, names.collect::<Vec<_>>().into());
    }
    let others = [
        ("pages", changes.pages),
        ("page", changes.page),
        ("headings", changes.headings),
        ("locale", changes.locale),
        ("wants", changes.wants),
        ("complete", changes.complete),
    ];
    let others: Vec<&str> = others.iter().filter(|(_, yes)| *yes).map(|(name, _)| *name).collect();
    if !others.is_empty() {
        map.insert(String::new(), others.into());
    }
    Value::Map(map)
}
