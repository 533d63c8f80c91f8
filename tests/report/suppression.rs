//! Nothing can be read from a report about fewer people than its minimum.

use askwell::report::{Condition, Settings};
use serde_json::{Value, json};

use crate::{report, service};

fn lines(groups: &[(&str, usize)]) -> Vec<String> {
    let one = |team: &str, at: usize| {
        json!({"recommend": at % 11, "team": team, "why": format!("words from {team}")}).to_string()
    };
    groups.iter().flat_map(|(team, n)| (0..*n).map(|at| one(team, at))).collect()
}

fn teams(groups: &[(&str, usize)]) -> Vec<(Option<String>, Option<u64>, Option<f64>)> {
    let settings = Settings { by: vec![String::from("team")], ..Settings::default() };
    let report = report(&service(), settings, &lines(groups));
    let categories = report.breakdowns[0].categories.iter();
    categories.map(|team| (team.value.clone(), team.n, team.scores[0].value)).collect()
}

#[test]
fn a_small_team_takes_another_with_it() {
    let told = teams(&[("a", 20), ("b", 3), ("c", 7)]);
    assert!(told[0].1 == Some(20) && told[0].2.is_some());
    assert!(told[1].1.is_none() && told[1].2.is_none());
    assert!(told[2].1.is_none() && told[2].2.is_none(), "30 − 20 − 7 would tell of 3");
    // Two small ones that are together enough hide each other.
    let told = teams(&[("a", 20), ("b", 3), ("c", 4)]);
    assert_eq!(told.iter().filter(|team| team.1.is_some()).count(), 1);
}

#[test]
fn few_under_a_condition_or_outside_of_it_are_not_told_of() {
    let all = lines(&[("a", 20), ("b", 3)]);
    for (condition, told) in [("team=b", false), ("team=a", false), ("recommend<=20", true)] {
        let conditions = vec![Condition::parse(condition).unwrap()];
        let report = report(&service(), Settings { conditions, ..Settings::default() }, &all);
        assert_eq!(report.reason.is_none(), told, "{condition}");
        assert_eq!(report.submissions.counted.is_some(), told);
        let text = json!(report).to_string();
        assert_eq!(text.contains("words from"), told, "{condition}");
    }
}

#[test]
fn comments_are_shown_where_enough_rated_alike() {
    let line = |rating: u8, word: &str| json!({"recommend": rating, "why": word}).to_string();
    let mut all: Vec<String> = (0..20).map(|_| line(10, "fine")).collect();
    all.extend((0..20).map(|_| line(8, "so so")));
    all.extend((0..2).map(|_| line(1, "secret")));
    let report = report(&service(), Settings::default(), &all);
    let text = json!(report.comments).to_string();
    assert!(!text.contains("secret"));
    let band = |name: &str| {
        report.comments[0].bands.iter().find(|band| band.band == name).unwrap().comments.len()
    };
    assert_eq!(band("low"), 0);
    assert!(band("high") + band("middle") == 20, "one of the others goes with the two");
}

#[test]
fn fewer_than_the_minimum_make_no_report() {
    let found = report(&service(), Settings::default(), &lines(&[("a", 4)]));
    assert_eq!(found.reason, Some("suppressed"));
    assert!(found.scores.is_empty() && found.distributions.is_empty() && found.comments.is_empty());
    let none = report(&service(), Settings::default(), &[]);
    assert_eq!(none.reason, Some("no-answers"));
}

#[test]
fn cells_of_the_heatmap_are_hidden_like_teams() {
    let mut all = lines(&[("a", 20), ("b", 9), ("c", 9)]);
    // Of team b only three rate the bus.
    for (at, line) in all.iter_mut().enumerate() {
        let mut answers: Value = serde_json::from_str(line).unwrap();
        if !(23..29).contains(&at) {
            answers["parts"] = json!({"bus": 4});
        }
        *line = answers.to_string();
    }
    let settings = Settings { team: Some(String::from("team")), ..Settings::default() };
    let report = report(&service(), settings, &all);
    let heatmap = report.heatmap.unwrap();
    let bus = heatmap.statements.iter().find(|row| row.id == "parts.bus").unwrap();
    let told: Vec<bool> = bus.cells.iter().map(|cell| cell.value.is_some()).collect();
    assert_eq!(told, [true, false, false]);
}

#[test]
fn a_page_holds_words_of_respondents_as_text_alone() {
    let line = json!({"recommend": 9, "why": "<script>alert(1)</script> & more"}).to_string();
    let all: Vec<String> = (0..6).map(|_| line.clone()).collect();
    for locale in ["zh-Hant", "en"] {
        let settings = Settings { locale: locale.to_owned(), ..Settings::default() };
        let page = askwell::report::html::write(&report(&service(), settings, &all));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"));
        assert!(!page.contains("<script") && !page.contains("http"));
        assert!(page.contains(&format!("<html lang=\"{locale}\">")));
    }
}
