//! What a report tells is what each respondent's scores add up to.

use std::sync::Arc;

use askwell::report::{Condition, Plan, Settings, Tally, Target};
use askwell::session::{Session, Start};
use askwell::stats::{Columns, alpha, drivers, omega};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{report, service, survey, tally};

fn answers() -> impl Strategy<Value = Value> {
    let rating = |max: u8| proptest::option::weighted(0.9, 1..=max);
    let ratings = (proptest::option::weighted(0.9, 0..=10_u8), rating(5), rating(7), rating(5));
    let parts = proptest::collection::vec(rating(5), 3);
    let choices = (any::<Option<bool>>(), proptest::option::of(0..3_usize));
    (ratings, parts, choices).prop_map(
        |((recommend, overall, ease, guide), parts, (more, team))| {
            let mut all = Map::new();
            let mut put = |name: &str, value: Option<Value>| {
                value.map(|value| all.insert(name.to_owned(), value))
            };
            put("recommend", recommend.map(|n| json!(n)));
            put("overall", overall.map(|n| json!(n)));
            put("ease", ease.map(|n| json!(n)));
            put("guide", guide.map(|n| json!(n)));
            put("more", more.map(|flag| json!(flag)));
            put("team", team.map(|at| json!(["a", "b", "c"][at])));
            let rows: Map<String, Value> = ["bus", "hotel", "meals"]
                .iter()
                .zip(parts)
                .filter_map(|(row, rating)| Some(((*row).to_owned(), json!(rating?))))
                .collect();
            put("parts", (!rows.is_empty()).then_some(Value::Object(rows)));
            Value::Object(all)
        },
    )
}

/// The scores that a session gives of the same answers, one after the other.
fn scored(survey: &Arc<askwell::survey::Survey>, lines: &[String], score: &str) -> Vec<f64> {
    let value = |line: &String| {
        let answers = serde_json::from_str(line).unwrap();
        let session = Session::with_answers(Arc::clone(survey), Start::default(), &answers);
        session.scores().get(score).unwrap().value
    };
    lines.iter().filter_map(value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn figures_are_those_of_the_scores(all in proptest::collection::vec(answers(), 1..60)) {
        let survey = service();
        let lines: Vec<String> = all.iter().map(Value::to_string).collect();
        let settings = Settings { minimum: 1, ..Settings::default() };
        let report = report(&survey, settings, &lines);
        for score in &report.scores {
            let values = scored(&survey, &lines, &score.id);
            prop_assert_eq!(score.n.unwrap(), values.len() as u64, "{}", &score.id);
            if values.is_empty() {
                prop_assert!(score.value.is_none() && score.reason.is_some());
                continue;
            }
            let n = values.len() as f64;
            let share = |fits: fn(&f64) -> bool| values.iter().filter(|v| fits(v)).count() as f64 / n;
            let expected = match score.id.as_str() {
                "nps" => 100.0 * (share(|v| *v >= 9.0) - share(|v| *v <= 6.0)),
                _ => values.iter().sum::<f64>() / n,
            };
            prop_assert!((score.value.unwrap() - expected).abs() < 1e-9, "{}", &score.id);
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(
        all in proptest::collection::vec(answers(), 2..40),
        at in 0..40_usize,
    ) {
        let survey = service();
        let lines: Vec<String> = all.iter().map(Value::to_string).collect();
        let settings = Settings { minimum: 1, ..Settings::default() };
        let at = at.min(lines.len());
        let mut one = tally(&survey, settings.clone(), &lines[..at]);
        one.merge(tally(&survey, settings.clone(), &lines[at..]));
        let whole = report(&survey, settings, &lines);
        let (one, whole) = (json!(one.report()), json!(whole));
        for section in ["submissions", "funnel", "distributions", "issues", "choices"] {
            prop_assert_eq!(&one[section], &whole[section]);
        }
        let category = |report: &Value| {
            let all = report["breakdowns"].as_array().unwrap().clone();
            all.iter().map(|one| json!([one["by"], one["categories"].as_array().map(|c| {
                c.iter().map(|c| json!([c["value"], c["n"]])).collect::<Vec<_>>()
            })])).collect::<Vec<_>>()
        };
        prop_assert_eq!(category(&one), category(&whole));
    }

    #[test]
    fn reliability_is_that_of_the_statistics(all in proptest::collection::vec(answers(), 20..60)) {
        let survey = service();
        let lines: Vec<String> = all.iter().map(Value::to_string).collect();
        let settings = Settings { minimum: 1, ..Settings::default() };
        let report = report(&survey, settings, &lines);
        let found = report.reliability.iter().find(|scale| scale.id == "parts").unwrap();
        let column = |row: &str, turned: bool| -> Vec<Option<f64>> {
            let value = |line: &Value| line["parts"][row].as_f64();
            all.iter().map(|line| value(line).map(|v| if turned { 6.0 - v } else { v })).collect()
        };
        let columns = Columns::new([
            ("bus", column("bus", false)),
            ("hotel", column("hotel", false)),
            ("meals", column("meals", true)),
        ]).unwrap();
        let (alpha, omega) = (alpha::alpha(&columns), omega::omega(&columns));
        prop_assert_eq!(found.n, Some(alpha.n as u64));
        for (figure, expected) in [(&found.alpha, alpha.value), (&found.omega, omega.value)] {
            match expected {
                Ok(expected) => prop_assert!((figure.value.unwrap() - expected).abs() < 1e-6),
                Err(reason) => prop_assert_eq!(figure.reason, Some(reason.code())),
            }
        }
        if let (Some([low, high]), Ok(expected)) = (found.alpha.ci95, alpha.ci95()) {
            prop_assert!((low - expected[0]).abs() < 1e-9 && (high - expected[1]).abs() < 1e-9);
        }
        for (item, total) in found.items.iter().zip(&alpha.item_total) {
            prop_assert_eq!(item.item_total.is_some(), total.is_ok());
        }
    }

    #[test]
    fn drivers_are_those_of_the_statistic(all in proptest::collection::vec(answers(), 20..60)) {
        let survey = service();
        let lines: Vec<String> = all.iter().map(Value::to_string).collect();
        let names = ["parts.bus", "parts.hotel", "parts.meals"];
        let settings = Settings {
            minimum: 1,
            drivers: names.map(str::to_owned).to_vec(),
            ..Settings::default()
        };
        let report = report(&survey, settings, &lines).drivers.unwrap();
        let column = |path: [&str; 2]| -> Vec<Option<f64>> {
            let value = |line: &Value| match path {
                [question, ""] => line[question].as_f64(),
                [question, row] => line[question][row].as_f64(),
            };
            all.iter().map(value).collect()
        };
        let columns = Columns::new([
            ("parts.bus", column(["parts", "bus"])),
            ("parts.hotel", column(["parts", "hotel"])),
            ("parts.meals", column(["parts", "meals"])),
            ("recommend", column(["recommend", ""])),
        ]).unwrap();
        let expected = drivers::drivers(&columns, "recommend").unwrap();
        prop_assert_eq!(report.r2.is_some(), expected.r2.is_ok());
        if let Ok(r2) = expected.r2 {
            prop_assert!((report.r2.unwrap() - r2).abs() < 1e-9);
            for driver in &report.drivers {
                let at = expected.names.iter().position(|name| *name == driver.id).unwrap();
                prop_assert!((driver.shapley.unwrap() - expected.shapley[at].unwrap()).abs() < 1e-9);
                prop_assert!((driver.beta.unwrap() - expected.beta[at].unwrap()).abs() < 1e-9);
            }
        }
    }
}

fn submission(at: usize, status: &str, answers: &Value) -> String {
    json!({
        "askwell": 1, "submissionId": format!("id-{at}"),
        "survey": {"id": "service", "version": "1", "hash": "sha256:00"}, "status": status,
        "locale": "en", "channel": "kiosk", "startedAt": "2026-10-31T16:00:00.000Z",
        "completedAt": if at.is_multiple_of(2) { "2026-10-31T16:30:00.000Z" } else { "2026-10-31T10:00:00.000Z" },
        "durationMs": 61_000, "answers": answers, "scores": {}, "context": {}, "consent": {},
        "device": {"utcOffsetMinutes": 480}, "client": {"askwell": "0.1.0"}
    })
    .to_string()
}

#[test]
fn a_submission_counts_once_and_only_when_it_is_finished() {
    let survey = service();
    let answers = json!({"recommend": 9});
    let mut lines: Vec<String> = (0..10).map(|at| submission(at, "complete", &answers)).collect();
    lines.push(submission(3, "complete", &answers));
    lines.push(submission(11, "partial", &answers));
    lines.push(submission(12, "screened-out", &answers));
    lines.push(
        submission(13, "complete", &answers).replace("\"id\":\"service\"", "\"id\":\"other\""),
    );
    lines.push(String::from("{\"askwell\": 1, \"answers\": "));
    let found = report(&survey, Settings::default(), &lines);
    assert_eq!(found.submissions.counted, Some(10));
    assert_eq!(found.submissions.duplicates, 1);
    assert_eq!(found.submissions.other_survey, 1);
    assert_eq!(found.submissions.unreadable, 1);
    let partial = Settings { partial: true, ..Settings::default() };
    assert_eq!(report(&survey, partial, &lines).submissions.counted, Some(11));
    assert_eq!(found.duration.unwrap().median, 61);
    // By the clocks there, half of them were in November.
    let change = found.scores[0].change.as_ref().unwrap();
    assert_eq!((change.from.as_str(), change.to.as_str()), ("2026-10", "2026-11"));
    assert_eq!((change.before.n, change.now.n), (Some(5), Some(5)));
}

#[test]
fn figures_in_chinese_have_chinese_commas_and_colons() {
    let answers = json!({"recommend": 9, "overall": 4});
    let lines: Vec<String> = (0..10).map(|at| submission(at, "complete", &answers)).collect();
    for (locale, change, target) in
        [("zh-Hant", "起 0，", "目標 +40："), ("en", "0 since 2026-10, ", "Target +40: ")]
    {
        let settings = Settings {
            locale: locale.to_owned(),
            targets: vec![Target { score: String::from("nps"), value: 40.0 }],
            ..Settings::default()
        };
        let page = askwell::report::html::write(&report(&service(), settings, &lines));
        assert!(page.contains(change) && page.contains(target), "{locale}");
    }
}

#[test]
fn conditions_choose_who_counts() {
    let survey = service();
    let lines: Vec<String> = (0..=10)
        .flat_map(|n| {
            let line =
                json!({"recommend": n, "team": if n < 6 { "a" } else { "b" }, "wrong": ["late"]});
            [line.to_string(), line.to_string()]
        })
        .collect();
    let n = |condition: &str| {
        let conditions = vec![Condition::parse(condition).unwrap()];
        let settings = Settings { minimum: 1, conditions, ..Settings::default() };
        report(&survey, settings, &lines).submissions.counted.unwrap_or(0)
    };
    assert_eq!(n("team=a"), 12);
    assert_eq!(n("team!=a"), 10);
    assert_eq!(n("recommend>=9"), 4);
    assert_eq!(n("recommend=0|10"), 4);
    assert_eq!(n("wrong=late"), 22);
    assert_eq!(n("wrong!=late"), 0);
    assert_eq!(n("wrong!=rude"), 22);
    let unknown =
        Settings { conditions: vec![Condition::parse("tema=a").unwrap()], ..Settings::default() };
    let error = Plan::new(Arc::clone(&survey), unknown).unwrap_err();
    assert!(error.contains("did you mean `team`"), "{error}");
}

#[test]
fn what_does_not_fit_is_not_counted() {
    let survey = service();
    let plan = Arc::new(Plan::new(survey, Settings { minimum: 1, ..Settings::default() }).unwrap());
    let mut tally = Tally::new(&plan);
    tally.read_line(r#"{"recommend": "9", "overall": 6, "ease": [7], "parts": {"bus": 2.5, "hotel": 4, "x": 1}, "more": {}, "wrong": {"late": true}, "why": ["x"], "unknown": {"a": [1, {}]}}"#);
    let report = tally.report();
    assert!(report.scores[0].value.is_none());
    let n: Vec<_> = report.distributions.iter().map(|rating| rating.mean.n.unwrap()).collect();
    assert_eq!(n, [0, 0, 0, 0, 0, 1, 0]);
}

/// More ratings than all orders of entry can be tried of: shares come with their errors.
#[test]
fn many_drivers_are_told_of_with_their_errors() {
    let mut questions = vec![json!({"id": "overall", "type": "nps"})];
    questions.extend((0..33).map(|at| json!({"id": format!("q{at:02}"), "type": "rating"})));
    let survey = survey(&json!({
        "askwell": 1, "id": "long", "pages": [{"id": "p", "questions": questions}],
        "scoring": [{"id": "nps", "metric": "nps", "questions": ["overall"]}]
    }));
    let dice = |at: u64, side: u64| (at * 1000 + side).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    let line = |at: u64| {
        let overall = dice(at, 0) % 11;
        let mut answers = json!({"overall": overall});
        for question in 0..33 {
            answers[format!("q{question:02}")] = json!(1 + dice(at, question + 1) % 5);
        }
        answers["q05"] = json!(1 + overall / 3);
        answers.to_string()
    };
    let lines: Vec<String> = (0..400).map(line).collect();
    let found = report(&survey, Settings::default(), &lines);
    let page = askwell::report::html::write(&found);
    let found = found.drivers.unwrap();
    assert_eq!((found.orders, found.left_out, found.drivers.len()), (Some(500), 3, 30));
    assert_eq!(found.drivers[0].id, "q05");
    let shares: f64 = found.drivers.iter().map(|driver| driver.shapley.unwrap()).sum();
    assert!((shares - found.r2.unwrap()).abs() < 1e-9);
    assert!(found.drivers.iter().all(|driver| driver.shapley_error.unwrap() > 0.0));
    assert!(page.contains("3 are not") && page.contains(" ± "), "the page says so");
}

/// The channel of a submission and a question of that id are two things.
#[test]
fn a_question_is_called_by_its_own_words() {
    let survey = survey(&json!({
        "askwell": 1, "id": "named", "pages": [{"id": "p", "questions": [
            {"id": "overall", "type": "nps"},
            {"id": "channel", "type": "single-choice", "title": "Where did we serve you?", "choices": ["desk", "web"]}
        ]}],
        "scoring": [{"id": "nps", "metric": "nps", "questions": ["overall"]}]
    }));
    let line = |at: usize| {
        let place = if at.is_multiple_of(2) { "desk" } else { "web" };
        let answers = json!({"overall": at % 11, "channel": place});
        let mut submission: Value =
            serde_json::from_str(&submission(at, "complete", &answers)).unwrap();
        submission["survey"]["id"] = json!("named");
        submission.to_string()
    };
    let lines: Vec<String> = (0..40).map(line).collect();
    let page = askwell::report::html::write(&report(&survey, Settings::default(), &lines));
    assert!(page.contains("By Where did we serve you?"), "{page}");
    assert_eq!(page.matches("By way of answering</h2>").count(), 1);
}
