//! What a compiled expression promises: what it reads, what it does not know, whom it asks.

use std::borrow::Cow;

use askwell::expr::{Environment, Expression, Names, Scope};
use askwell::value::Value;

/// A survey with a few questions; a question's slot is its place.
struct Survey {
    questions: Vec<(&'static str, Value)>,
}

impl Survey {
    fn new() -> Survey {
        let json = |text: &str| serde_json::from_str(text).unwrap();
        Survey {
            questions: vec![
                ("nights", json("3")),
                ("rooms", json(r#"[{"beds": 2, "view": "sea"}, {"beds": 1}]"#)),
                ("limit", json("1")),
                ("ranking", json(r#"["guide", "meals"]"#)),
                ("rooms.beds", json(r#""a question of its own""#)),
                ("Ort", json(r#""臺北""#)),
                ("open", json("null")),
                ("open-comment", json("null")),
            ],
        }
    }

    fn evaluate(&self, source: &str) -> String {
        let expression = Expression::compile(source, self).unwrap();
        expression.evaluate(self, &environment()).unwrap().to_json()
    }

    fn reads(&self, source: &str) -> Vec<&str> {
        let expression = Expression::compile(source, self).unwrap();
        expression.reads().iter().map(|slot| self.questions[*slot as usize].0).collect()
    }

    fn unknown(&self, source: &'static str) -> Vec<(String, &'static str)> {
        let expression = Expression::compile(source, self).unwrap();
        let named = expression.unknown().iter();
        named.map(|unknown| (unknown.name.clone(), &source[unknown.span.clone()])).collect()
    }
}

fn environment() -> Environment {
    let mut environment = Environment::new(0.0, 0);
    environment.register("vat", |arguments| {
        arguments.first().and_then(Value::as_number).map_or(Value::Null, |net| (net * 1.05).into())
    });
    environment
}

impl Names for Survey {
    fn slot(&self, name: &str) -> Option<u32> {
        let place = self.questions.iter().position(|(own, _)| own.eq_ignore_ascii_case(name));
        place.map(|place| place as u32)
    }

    fn has_function(&self, name: &str) -> bool {
        name == "vat"
    }
}

impl Scope for Survey {
    fn value(&self, slot: u32) -> Cow<'_, Value> {
        Cow::Borrowed(&self.questions[slot as usize].1)
    }

    fn is_ordered(&self, slot: u32) -> bool {
        self.questions[slot as usize].0 == "ranking"
    }

    fn display_value(&self, question: &str, value: Option<&Value>) -> Option<String> {
        Some(format!("{question} shown as {}", value.map_or("is".into(), Value::to_json)))
    }

    fn comment(&self, question: &str, _: Option<&Value>) -> Option<Value> {
        (question == "nights").then(|| "late arrival".into())
    }

    fn property(&self, _: &str, property: &str) -> Option<Value> {
        (property == "visible").then(|| true.into())
    }

    fn is_container_ready(&self, name: &str, index: Option<usize>) -> bool {
        name == "page1" || index == Some(1)
    }

    fn is_display_mode(&self) -> bool {
        true
    }
}

#[test]
fn reads_each_slot_once() {
    let survey = Survey::new();
    assert_eq!(survey.reads("{nights} > 2 and {NIGHTS} < 5 or {ort} = 'x'"), ["nights", "Ort"]);
    assert_eq!(survey.reads("1 + 1"), [""; 0]);
}

#[test]
fn the_longest_known_name_wins() {
    let survey = Survey::new();
    assert_eq!(survey.evaluate("{rooms.beds}"), r#""a question of its own""#);
    assert_eq!(survey.evaluate("{rooms[0].beds}"), "2");
    assert_eq!(survey.reads("{rooms[0].beds}"), ["rooms"]);
    assert_eq!(survey.evaluate("{rooms.length} + {rooms[0].view.length}"), "5");
}

#[test]
fn unknown_names_have_spans_and_are_missing() {
    let survey = Survey::new();
    let unknown = survey.unknown("{nigths} > 2 or '夜' = {#nope.x}");
    assert_eq!(unknown, [("nigths".into(), "{nigths}"), ("nope.x".into(), "{#nope.x}")]);
    assert_eq!(survey.evaluate("{nigths} + 1"), "1");
}

#[test]
fn conditions_over_rows_see_fields_first_and_the_survey_after() {
    let survey = Survey::new();
    let source = "sumInArray({rooms}, 'beds', {beds} > {limit} and {nights} = 3)";
    assert_eq!(survey.evaluate(source), "2");
    assert_eq!(survey.reads(source), ["rooms", "limit", "nights"]);
    assert_eq!(survey.unknown("countInArray({rooms}, 'beds', {view} = 'sea')"), []);
    assert_eq!(survey.evaluate(r#"countInArray({rooms}, 'beds', "{view} = 'sea'")"#), "1");
    assert_eq!(survey.reads("sumInArray({rooms}, 'beds', '{beds} > {limit}')"), ["rooms", "limit"]);
    assert_eq!(survey.evaluate("sumInArray({rooms}, 'beds', '{beds} > ' + {limit})"), "2");
    assert_eq!(survey.evaluate("sumInArray({rooms}, 'beds', '{beds} >' + ' >')"), "0");
}

#[test]
fn rankings_compare_in_order() {
    let survey = Survey::new();
    assert_eq!(survey.evaluate("{ranking} = ['guide', 'meals']"), "true");
    assert_eq!(survey.evaluate("{ranking} = ['meals', 'guide']"), "false");
    assert_eq!(survey.evaluate("['guide', 'meals'] = ['meals', 'guide']"), "true");
}

#[test]
fn an_open_question_equals_an_empty_list() {
    assert_eq!(Survey::new().evaluate("{open} = []"), "true");
}

#[test]
fn functions_ask_the_host() {
    let survey = Survey::new();
    assert_eq!(survey.evaluate("displayValue('nights')"), r#""nights shown as is""#);
    assert_eq!(survey.evaluate("displayValue('nights', 7)"), r#""nights shown as 7""#);
    assert_eq!(survey.reads("displayValue('nights')"), ["nights"]);
    assert_eq!(survey.reads("getComment('open')"), ["open", "open-comment"]);
    assert_eq!(survey.evaluate("getComment('nights')"), r#""late arrival""#);
    assert_eq!(survey.evaluate("propertyValue('nights', 'visible')"), "true");
    assert_eq!(survey.evaluate("isContainerReady('page1')"), "true");
    assert_eq!(survey.evaluate("isContainerReady('rooms', 1)"), "true");
    assert_eq!(survey.evaluate("isContainerReady('rooms', 0)"), "false");
    assert_eq!(survey.evaluate("isDisplayMode()"), "true");
    assert_eq!(survey.evaluate("round(vat({nights}), 1)"), "3.2");
}

#[test]
fn a_calculated_date_stays_a_date_as_an_answer() {
    let mut survey = Survey::new();
    survey.questions[0].1 = Value::from("2026-11-23T00:00:00.000Z");
    assert_eq!(survey.evaluate("{nights} = '2026-11-23'"), "true");
    assert_eq!(survey.evaluate("dateAdd({nights}, 1) > {nights}"), "true");
}

#[test]
fn conditions_hold_for_true_and_1() {
    let survey = Survey::new();
    let holds = |source: &str| {
        Expression::compile(source, &survey).unwrap().is_true(&survey, &environment())
    };
    assert!(holds("{nights} = 3") && holds("{limit}") && holds("'1'"));
    assert!(!holds("{nights}") && !holds("'true'") && !holds("{ranking}"));
}

#[test]
fn debug_shows_no_answers() {
    let expression = Expression::compile("{nights} = 'secret'", &Survey::new()).unwrap();
    assert!(!format!("{expression:?} {:?}", environment()).contains("secret"));
}
