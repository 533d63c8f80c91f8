//! Reports from outside the module: the same figures as one respondent's scores, and nothing about few.

mod figures;
mod gaps;
mod suppression;

use std::sync::Arc;

use askwell::report::{Plan, Report, Settings, Tally};
use askwell::survey::Survey;
use serde_json::{Value, json};

fn survey(definition: &Value) -> Arc<Survey> {
    let loaded = Survey::load(&definition.to_string()).unwrap_or_else(|found| panic!("{found:?}"));
    Arc::new(loaded.survey)
}

/// A survey with every kind of figure in it.
fn service() -> Arc<Survey> {
    survey(&json!({
        "askwell": 1, "id": "service", "pages": [
            {"id": "p1", "questions": [
                {"id": "recommend", "type": "nps"},
                {"id": "overall", "type": "rating"},
                {"id": "ease", "type": "rating", "rateMax": 7},
                {"id": "more", "type": "yes-no"},
                {"id": "guide", "type": "rating", "visibleIf": "{more} = true"}
            ]},
            {"id": "p2", "questions": [
                {"id": "parts", "type": "matrix", "rows": ["bus", "hotel", "meals"], "columns": [1, 2, 3, 4, 5]},
                {"id": "team", "type": "single-choice", "choices": ["a", "b", "c"]},
                {"id": "wrong", "type": "multiple-choice", "choices": ["late", "rude", "dirty"]},
                {"id": "why", "type": "text", "lines": 4}
            ]}
        ],
        "scoring": [
            {"id": "nps", "metric": "nps", "questions": ["recommend"]},
            {"id": "csat", "metric": "top-box", "questions": ["overall"]},
            {"id": "effort", "metric": "customer-effort", "questions": ["ease"]},
            {"id": "guide", "metric": "mean", "questions": ["guide", "overall"]},
            {"id": "parts", "metric": "subscale", "questions": ["parts"], "reverse": ["parts.meals"]}
        ]
    }))
}

fn tally(survey: &Arc<Survey>, settings: Settings, lines: &[String]) -> Tally {
    let plan = Arc::new(Plan::new(Arc::clone(survey), settings).unwrap());
    let mut tally = Tally::new(&plan);
    lines.iter().for_each(|line| tally.read_line(line));
    tally
}

fn report(survey: &Arc<Survey>, settings: Settings, lines: &[String]) -> Report {
    tally(survey, settings, lines).report()
}
