//! Any text as a definition: it loads and can be answered, or there are diagnostics to show.
#![no_main]

use std::sync::Arc;

use askwell::locales;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::Value;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|definition: &str| {
    match Survey::load(definition) {
        Ok(loaded) => answer(Arc::new(loaded.survey)),
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty());
            for diagnostic in diagnostics {
                diagnostic.render("survey.json", definition);
            }
        }
    }
});

fn answer(survey: Arc<Survey>) {
    let start = Start { words: locales::word, ..Start::default() };
    let mut session = Session::new(Arc::clone(&survey), start.clone());
    let answers: [Value; 5] = [
        3.into(),
        "a".into(),
        vec!["a", "b"].into(),
        serde_json::from_str(r#"{"a": {"b": 2}}"#).unwrap_or_default(),
        serde_json::from_str(r#"[{"a": 1}, {"b": "x"}]"#).unwrap_or_default(),
    ];
    for (question, answer) in (0..survey.questions.len().min(8)).zip(answers.iter().cycle()) {
        session.set(question, answer.clone());
        session.find_issues(question);
        session.display_answer(question);
        session.next();
    }
    session.complete();
    assert!(Session::restore(survey, start, &session.save()).is_some());
    session.submission(0.0);
}
