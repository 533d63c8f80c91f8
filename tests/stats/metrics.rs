//! Metrics of one respondent against published values, by way of a survey and its answers.

use askwell::score::scores;
use askwell::survey::Survey;
use serde_json::{Value, json};

/// The score of a survey that asks the questions `ids` from `min` to `max`.
fn score(ids: &[&str], (min, max): (f64, f64), entry: Value, answers: Value) -> Value {
    let question = |id: &&str| json!({"id": id, "type": "rating", "rateMin": min, "rateMax": max});
    let questions: Vec<Value> = ids.iter().map(question).collect();
    score_of(questions, ids, entry, answers)
}

fn score_of(questions: Vec<Value>, ids: &[&str], mut entry: Value, answers: Value) -> Value {
    entry["id"] = json!("x");
    if entry.get("questions").is_none() {
        entry["questions"] = json!(ids);
    }
    let pages = json!([{"id": "p", "questions": questions}]);
    let survey = json!({"askwell": 1, "id": "s", "pages": pages, "scoring": [entry]});
    let survey =
        Survey::load(&survey.to_string()).unwrap_or_else(|found| panic!("{found:?}")).survey;
    let answers = serde_json::from_value(answers).unwrap();
    let score = scores(&survey, &answers).get("x").unwrap().to_value();
    serde_json::to_value(score).unwrap()
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn customer_effort_has_a_mean_and_a_share() {
    let entry = json!({"metric": "customer-effort"});
    let ids = ["a", "b", "c", "d", "e"];
    let answers = json!({"a": 7, "b": 6, "c": 5, "d": 4, "e": 2});
    let score = score(&ids, (1.0, 7.0), entry, answers);
    close(&score["value"], 4.8);
    close(&score["easy"], 0.6);
}

#[test]
fn stars_are_drawn_towards_what_is_expected() {
    let entry = json!({"metric": "star-rating", "expected": 4, "strength": 5});
    let score = score(&["a", "b"], (1.0, 5.0), entry, json!({"a": 5, "b": 5}));
    close(&score["value"], 5.0);
    close(&score["bayesian"], 30.0 / 7.0);
}

#[test]
fn usability_as_published() {
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let answers = |ratings: &str| {
        let given = ids.iter().zip(ratings.chars());
        let given = given.filter_map(|(id, c)| Some((id.to_string(), json!(c.to_digit(10)?))));
        Value::Object(given.collect())
    };
    let sus = |ratings: &str| {
        score(&ids, (1.0, 5.0), json!({"metric": "sus"}), answers(ratings))["value"].clone()
    };
    for (ratings, expected) in [
        ("5421232452", 55.0),
        ("4152514231", 85.0),
        ("1111111111", 50.0),
        ("3333333333", 50.0),
        ("5151515151", 100.0),
        ("1515151515", 0.0),
        ("4151515151", 97.5),
    ] {
        close(&sus(ratings), expected);
    }
    assert!(sus("515151515_").is_null());
    let entry = json!({"metric": "sus", "missing": "middle"});
    close(&score(&ids, (1.0, 5.0), entry, answers("515151515_"))["value"], 95.0);
}

#[test]
fn service_quality_by_dimension() {
    let ids = ["p1", "p2", "p3", "e1", "e2", "e3"];
    let entry = |weights: Value| {
        let mut entry = json!({
            "metric": "service-dimensions", "questions": ["p1", "p2", "p3"],
            "expectations": ["e1", "e2", "e3"],
            "dimensions": {"reliability": ["p1", "p2"], "empathy": ["p3"]}
        });
        if !weights.is_null() {
            entry["weights"] = weights;
        }
        entry
    };
    let answers = json!({"p1": 5, "p2": 4, "p3": 7, "e1": 6, "e2": 6, "e3": 7});
    let equal = score(&ids, (1.0, 7.0), entry(Value::Null), answers.clone());
    close(&equal["value"], -0.75);
    close(&equal["dimensions"]["reliability"]["value"], -1.5);
    let weighted = entry(json!({"reliability": 80, "empathy": 20}));
    close(&score(&ids, (1.0, 7.0), weighted, answers)["value"], -1.2);
    // Those who did not say what they expected do not count.
    let half = json!({"p1": 5, "p2": 4, "p3": 7, "e1": 6, "e3": 7});
    close(&score(&ids, (1.0, 7.0), entry(Value::Null), half)["value"], -0.5);
    let lacking = score(&ids, (1.0, 7.0), entry(Value::Null), json!({"p1": 5, "e1": 6}));
    assert!(lacking["value"].is_null());
    assert_eq!(lacking["reason"], "too-few-answers");
}

#[test]
fn composites_as_published() {
    let ids = ["a", "b", "c"];
    for (weights, ratings, expected) in [
        ([0.3885, 0.319, 0.2925], [8, 7, 7], 70.98333333333332),
        ([0.3885, 0.319, 0.2925], [10, 10, 10], 100.0),
        ([0.3885, 0.319, 0.2925], [1, 1, 1], 0.0),
        ([1.0, 1.0, 1.0], [8, 7, 7], 70.37037037037037),
    ] {
        let weights = json!({"a": weights[0], "b": weights[1], "c": weights[2]});
        let answers = json!({"a": ratings[0], "b": ratings[1], "c": ratings[2]});
        let entry = json!({"metric": "composite", "weights": weights});
        close(&score(&ids, (1.0, 10.0), entry, answers)["value"], expected);
    }
}

#[test]
fn subscales_reverse_prorate_and_fall_into_bands() {
    let ids = ["a", "b", "c", "d", "e"];
    let sum = json!({"metric": "subscale", "method": "sum"});
    let answers = json!({"a": 4, "c": 5, "d": 3, "e": 4});
    close(&score(&ids, (1.0, 5.0), sum.clone(), answers)["value"], 20.0);
    let few = score(&ids, (1.0, 5.0), sum, json!({"a": 4, "e": 5}));
    assert!(few["value"].is_null());
    assert_eq!(few["reason"], "too-few-answers");

    let reversed = json!({"metric": "subscale", "reverse": ["a"]});
    close(&score(&["a"], (1.0, 6.0), reversed, json!({"a": 2}))["value"], 5.0);

    let bands = json!([
        {"id": "low", "from": 0}, {"id": "foundation", "from": 30},
        {"id": "intermediate", "from": 48}, {"id": "advanced", "from": 81}
    ]);
    let percent = json!({"metric": "subscale", "method": "percent", "bands": bands});
    let ids = ["a", "b"];
    // 29.5 and 47.5 lie between the whole numbers of published bands, and in no hole.
    for (ratings, band) in [
        ([29, 30], "low"),
        ([47, 48], "foundation"),
        ([48, 48], "intermediate"),
        ([100, 100], "advanced"),
    ] {
        let question = |id: &&str| json!({"id": id, "type": "slider", "min": 0, "max": 100});
        let questions: Vec<Value> = ids.iter().map(question).collect();
        let answers = json!({"a": ratings[0], "b": ratings[1]});
        let score = score_of(questions, &ids, percent.clone(), answers);
        assert_eq!(score["band"], band, "{ratings:?}");
    }
}

#[test]
fn t_scores_against_norms() {
    let norms = json!({
        "mean": 3.8, "standardDeviation": 0.5, "n": 240, "date": "2026-01", "population": "guides"
    });
    let ids = ["a", "b", "c", "d", "e"];
    let entry = json!({"metric": "t-score", "norms": norms});
    let answers = json!({"a": 4, "b": 4, "c": 4, "d": 4, "e": 5});
    let score = score(&ids, (1.0, 5.0), entry, answers);
    close(&score["value"], 58.0);
    close(&score["raw"], 4.2);
    assert_eq!(score["norms"]["population"], "guides");
}

#[test]
fn what_is_unwelcome_counts_the_other_way_round() {
    let entry = json!({
        "metric": "expectation-performance", "questions": ["beach", "queues"],
        "expectations": ["beach-before", "queues-before"], "negative": ["queues"]
    });
    let ids = ["beach", "queues", "beach-before", "queues-before"];
    let answers = json!({"beach": 5, "beach-before": 3, "queues": 4, "queues-before": 3});
    let score = score(&ids, (1.0, 5.0), entry, answers);
    close(&score["value"], 0.5);
    close(&score["items"]["queues"]["difference"], -1.0);
}

#[test]
fn performance_is_weighted_by_importance() {
    let entry = json!({
        "metric": "importance-performance", "questions": ["guide", "meals"],
        "importance": ["guide-matters", "meals-matter"]
    });
    let ids = ["guide", "meals", "guide-matters", "meals-matter"];
    let answers = json!({"guide": 5, "guide-matters": 4, "meals": 2, "meals-matter": 1});
    let score = score(&ids, (1.0, 5.0), entry, answers);
    close(&score["value"], 4.4);
    assert_eq!(score["of"], 2);
}
