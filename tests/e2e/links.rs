//! Signed links: opened, checked in the browser, filled in, answered once.

use askwell::link::{Algorithm, Link, PrivateKey};

use crate::harness::{Respondent, Stage};
use crate::short;

struct Sender {
    stage: Stage,
    key: PrivateKey,
}

impl Sender {
    fn ready(name: &str, algorithm: Algorithm) -> Option<Sender> {
        let mut stage = Stage::set(name)?;
        let key = PrivateKey::generate(algorithm).expect("there is chance");
        let file = stage.puts("keys.json", &key.public().to_json());
        stage.receiver.takes_links_of(&file);
        stage.receiver.start();
        Some(Sender { stage, key })
    }

    fn address(&self, link: &Link) -> String {
        format!("/survey.html#token={}", link.sign(&self.key))
    }
}

fn link() -> Link {
    Link {
        language: Some("en".into()),
        prefill: [("recommend".to_owned(), 9.into())].into_iter().collect(),
        booking: Some("B-2741".into()),
        id: Some("only-one".into()),
        ..Link::to("tour-satisfaction")
    }
}

fn finishes(respondent: &Respondent) {
    respondent.chooses("how happy are you with the trip", "Very happy");
    for _ in 0..3 {
        respondent.uses("Next");
    }
    respondent.uses("Finish");
    respondent.sees("Your answers have arrived.");
}

#[test]
fn a_link_fills_in_and_leaves_the_rest_to_its_reader() {
    for (name, algorithm) in
        [("signed-es256", Algorithm::Es256), ("signed-eddsa", Algorithm::EdDsa)]
    {
        let Some(sender) = Sender::ready(name, algorithm) else { return };
        let address = sender.address(&link());
        let respondent = sender.stage.respondent();
        respondent.opens(&address);
        respondent.goes_to_the_survey();
        respondent.waits_until("the answer is filled in", || respondent.chosen().len() == 1);
        let place = respondent.runs("return location.href", &[]);
        assert!(place.as_str().is_some_and(|place| place.ends_with("/survey.html")), "{place}");
        assert!(sender.stage.receiver.submissions().is_empty(), "opening submits nothing");
        // Reloading opens it again, although the address no longer tells it.
        respondent.reloads();
        respondent.goes_to_the_survey();
        finishes(&respondent);
        let submission = sender.stage.the_only_submission();
        assert_eq!(submission["answers"]["recommend"], 9);
        assert_eq!(submission["context"]["booking"], "B-2741");
        assert_eq!(submission["channel"], "link");
        assert_eq!(submission["locale"], "en");
        // Spent here, and on any other device.
        respondent.opens("/index.html");
        respondent.opens(&address);
        respondent.sees("This link has been answered already.");
        let other = sender.stage.respondent();
        other.opens(&address);
        other.sees("This link has been answered already.");
    }
}

#[test]
fn a_draft_goes_on_where_it_stopped() {
    let Some(sender) = Sender::ready("signed-resume", Algorithm::Es256) else { return };
    let address = sender.address(&Link { prefill: [].into(), ..link() });
    let respondent = sender.stage.respondent();
    respondent.opens(&address);
    respondent.goes_to_the_survey();
    respondent.chooses("How likely are you to recommend us", "8");
    respondent.chooses("how happy are you with the trip", "Very happy");
    respondent.uses("Next");
    respondent.opens("/index.html");
    respondent.opens(&address);
    respondent.goes_to_the_survey();
    respondent.sees("Welcome back");
}

#[test]
fn what_cannot_be_opened_is_said_kindly() {
    let Some(sender) = Sender::ready("signed-refused", Algorithm::Es256) else { return };
    let stranger = PrivateKey::generate(Algorithm::Es256).expect("there is chance");
    let respondent = sender.stage.respondent();
    let expired =
        Link { expires: Some(1_798_732_800 - 86_400 * 365), zone: Some("+08:00".into()), ..link() };
    let broken = sender.address(&link()).replace("#token=", "#token=x");
    for (address, words) in [
        (sender.address(&expired), "This link ended on January 1, 2026"),
        (broken, "This link is incomplete or was changed on its way."),
        (
            format!("/survey.html#token={}", link().sign(&stranger)),
            "cannot tell who made this link",
        ),
        ("/survey.html#lang=en".to_owned(), "does not say which survey to open"),
    ] {
        respondent.opens("/index.html");
        respondent.opens(&address);
        respondent.sees(words);
        assert_eq!(respondent.runs("return location.hash", &[]), "");
        let empty_card = "return getComputedStyle(document.querySelector('askwell-survey')).display";
        assert_eq!(respondent.runs(empty_card, &[]), "none", "no empty card under the notice");
    }
    let japanese = Link { language: Some("ja".into()), ..expired };
    respondent.opens("/index.html");
    respondent.opens(&sender.address(&japanese));
    respondent.sees("期限は");
}

#[test]
fn thanks_lead_where_the_link_says() {
    let Some(sender) = Sender::ready("signed-return", Algorithm::Es256) else { return };
    let port = sender.stage.receiver.port();
    let back = format!("http://localhost:{port}/index.html");
    let respondent = sender.stage.respondent();
    respondent.opens(&sender.address(&Link { return_to: Some(back.clone()), ..link() }));
    respondent.goes_to_the_survey();
    finishes(&respondent);
    respondent.sees(&format!("You will be taken to localhost:{port}"));
    respondent.uses("Stay here");
    respondent.sees_no("You will be taken");
    respondent.follows("Go there now");
    let arrived = || respondent.runs("return location.href", &[]) == back.as_str();
    respondent.waits_until("the booking site is there", arrived);
}

#[test]
fn a_survey_leads_on_to_listed_places_only() {
    let Some(stage) = short::stage("leads-on") else { return };
    let definition = include_str!("pages/short.json").replace(
        "\"showScores\": true",
        "\"showScores\": true, \"redirect\": \"https://elsewhere.example/thanks\"",
    );
    stage.puts("short.json", &definition);
    let page = std::fs::read_to_string(stage.file("survey.html")).expect("the link page");
    let listed = page.replace(
        "name=\"askwell-origins\" content=\"\"",
        "name=\"askwell-origins\" content=\"https://elsewhere.example\"",
    );
    assert_ne!(listed, page);
    stage.puts("listed.html", &listed);
    let leads = |name: &str| {
        let respondent = stage.respondent();
        // The changed survey is not known to the receiver, which keeps it aside.
        respondent.expects_trouble("status of 422");
        respondent.opens(&format!("/{name}#src=short.json&lang=en"));
        respondent.goes_to_the_survey();
        respondent.chooses(short::QUESTION, "9");
        respondent.uses("Next");
        respondent.uses("Finish");
        respondent.sees("All done");
        let places =
            "return e2e.all('a').map((it) => it.href).filter((it) => it.includes('elsewhere'))";
        respondent.runs(places, &[])
    };
    assert_eq!(leads("survey.html"), serde_json::json!([]));
    assert_eq!(leads("listed.html"), serde_json::json!(["https://elsewhere.example/thanks"]));
}
