//! The tour satisfaction survey inside a booking page.

use serde_json::{Value, json};

use crate::harness::{Key, Respondent, Stage, scores_of};

const SURVEY: &str = "tour-satisfaction";

/// A disappointed guest, from the first question to the last.
#[test]
fn a_keyboard_is_enough_in_two_languages() {
    let Some(stage) = Stage::set_with_receiver("booking") else { return };
    let respondent = stage.respondent();
    respondent.opens("/booking.html?lang=en");
    respondent.goes_to_the_survey();

    an_empty_page_is_refused_in_words(&respondent);
    respondent.chooses("How likely are you to recommend us", "3");
    respondent.chooses("how happy are you with the trip", "Unhappy");
    respondent.chooses("how easy was it to get things done", "5 of 7");
    respondent.uses("Next");

    respondent.finds_the_focus("the heading of the page", |focus| focus.name == "Our service");
    respondent.chooses("How did we mostly serve you", "By telephone");
    respondent.chooses("Which of these describes you best", "travelled with you before");
    respondent.chooses("What was agreed was done", "Mostly");
    respondent.chooses("The people looking after us knew their job", "Partly");
    the_language_can_be_switched_midway(&respondent);
    back_loses_nothing(&respondent);
    respondent.chooses("Places, vehicles and papers were clean", "Fully");
    respondent.chooses("Someone noticed what each of us needed", "Not really");
    respondent.chooses("somebody saw to it quickly", "Not at all");
    respondent.uses("Next");

    respondent.chooses("Tour guide", "4 of 5");
    respondent.chooses("Transport", "5 of 5");
    respondent.chooses("Meals", "2 of 5");
    respondent.chooses("For the price you paid", "3 of 5");
    respondent.uses("Next");

    respondent.sees("What went wrong?");
    respondent.ticks("What went wrong", "Nobody on the spot was allowed");
    respondent.ticks("What went wrong", "Something else");
    respondent.writes("Please say what", "The bus left without us.");
    respondent.writes("anything else you would like us to know", "夜市那一晚最難忘！");
    respondent.ticks("I agree that Example Travel", "I agree");
    respondent.uses("Finish");
    respondent.finds_the_focus("the summary", |focus| focus.name.contains("One answer needs"));
    respondent.follows("Your e-mail address");
    respondent.types("lin@example.com");
    respondent.uses("Finish");

    respondent.finds_the_focus("the thanks", |focus| focus.name.contains("Thank you for going"));
    respondent.sees("A person will read every word, and will write to the address you gave us");
    respondent.sees("Likelihood to recommend");
    respondent.sees("Not ready to recommend");
    respondent.sees("Your answers have arrived.");

    let submission = stage.the_only_submission();
    assert_eq!(
        submission["answers"],
        json!({
            "recommend": 3, "overall": 2, "ease": 5,
            "channel": "N4.1", "customer-type": "N1.3-regular",
            "service": {
                "reliability": 4, "assurance": 3, "tangibles": 5, "empathy": 2, "responsiveness": 1
            },
            "guide": 4, "transport": 5, "meals": 2, "value-for-money": 3,
            "went-wrong": ["N3.3", "other"], "went-wrong-comment": "The bus left without us.",
            "comment": "夜市那一晚最難忘！", "contact": true, "email": "lin@example.com"
        })
    );
    let scores = &submission["scores"];
    assert_eq!(scores["nps"]["value"], 3);
    assert_eq!(scores["nps"]["category"], "detractor");
    assert_eq!(scores["csat"]["value"], 0);
    assert_eq!(scores["ces"]["value"], 5);
    assert_eq!(scores["service-quality"]["value"], 3);
    assert_eq!(scores["experience"]["value"], 3.5);
    assert_eq!(scores["experience"]["n"], 4);
    assert_eq!(*scores, scores_of(&submission, SURVEY));
    assert_eq!(submission["context"]["booking"], "BM-261107-482");
    assert_eq!(submission["locale"], "en");
    assert_eq!(submission["channel"], "embed");
    assert_eq!(submission["status"], "complete");
}

fn an_empty_page_is_refused_in_words(respondent: &Respondent) {
    respondent.uses("Next");
    respondent
        .finds_the_focus("the summary", |focus| focus.name.contains("2 answers need another look"));
    respondent.follows("how happy are you with the trip");
    let focus = respondent.focus().expect("the link leads to the question");
    assert!(focus.role == "radio" && focus.is_about("how happy are you"), "{focus:?}");
    let questions = respondent
        .runs("return e2e.all('[aria-invalid=true]').map((it) => e2e.describedBy(it))", &[]);
    let told = |words: &Value| words.as_str().is_some_and(|it| it.contains("Please answer this"));
    let questions = questions.as_array().expect("a list").clone();
    assert_eq!(questions.iter().filter(|words| told(words)).count(), 2, "{questions:?}");
}

/// By the survey's own list and by the page's buttons; each time the answers stay.
fn the_language_can_be_switched_midway(respondent: &Respondent) {
    let before = respondent.chosen();
    assert_eq!(before.len(), 4, "{before:?}");
    respondent.tabs_until("the list of languages", |focus| focus.role == "combobox");
    respondent.presses(Key::Up);
    respondent.sees("您同意下面的說法嗎？");
    respondent.sees_no("How far do you agree?");
    let focus = respondent.focus().expect("the focus stays on the list");
    assert_eq!((focus.role.as_str(), focus.name.as_str()), ("combobox", "語言"));
    assert_eq!(respondent.chosen(), before);
    assert_eq!(respondent.runs("return e2e.all('[part~=survey]')[0].lang", &[]), "zh-Hant");
}

/// The rest of the page is still English, and so are its buttons.
fn back_loses_nothing(respondent: &Respondent) {
    let second = respondent.chosen();
    respondent.uses("上一頁");
    respondent.finds_the_focus("the first page", |focus| focus.name.contains("整體感受"));
    assert_eq!(respondent.chosen().len(), 3);
    respondent.uses("下一頁");
    respondent.finds_the_focus("the second page", |focus| focus.name.contains("我們的服務"));
    assert_eq!(respondent.chosen(), second);
    respondent.uses("中文");
    respondent.uses("EN");
    respondent.sees("How far do you agree?");
    let focus = respondent.focus().expect("the focus stays on the button");
    assert_eq!(focus.name, "EN");
    assert_eq!(respondent.chosen(), second);
}

/// Answers that were given and then hidden again are not sent.
#[test]
fn answers_to_hidden_questions_stay_behind() {
    let Some(stage) = Stage::set_with_receiver("booking-hidden") else { return };
    let respondent = stage.respondent();
    respondent.opens("/booking.html?lang=en");
    respondent.goes_to_the_survey();
    respondent.chooses("How likely are you to recommend us", "2");
    respondent.chooses("how happy are you with the trip", "Very happy");
    respondent.uses("Next");
    respondent.uses("Next");
    respondent.uses("Next");
    respondent.ticks("What went wrong", "The price was not what had been promised");
    for _ in 0..3 {
        respondent.uses("Back");
    }
    respondent.chooses("How likely are you to recommend us", "9");
    for _ in 0..3 {
        respondent.uses("Next");
    }
    respondent.sees("In your own words");
    respondent.sees_no("What went wrong?");
    respondent.uses("Finish");
    respondent.sees("Your answers have arrived.");
    let answers = stage.the_only_submission()["answers"].clone();
    assert_eq!(answers, json!({ "recommend": 9, "overall": 5 }));
}
