//! Every endpoint format from a real browser to a service on another origin, which says what the real
//! one says while something is wrong, loses a reply, and tells copies or not (`tests/endpoints`).

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::harness::{Respondent, Stage, StandIn, services};

const PAGE: &str = include_str!("pages/tour.html");
const TEXT: &str = "Late, \"but\" kind & 準時 = yes --askwell-";

fn answers(respondent: &Respondent, address: &str) {
    respondent.opens(address);
    respondent.goes_to_the_survey();
    respondent.chooses("Would you recommend us?", "9");
    respondent.pastes("Why is that?", TEXT);
    respondent.uses("Finish");
    respondent.sees("All done");
}

/// Asks for everything to be tried now until it is so.
fn keeps_trying(respondent: &Respondent, what: &str, holds: impl Fn() -> bool) {
    respondent.waits_until(what, || {
        respondent.runs("document.querySelector('askwell-survey').flush()", &[]);
        holds()
    });
}

fn delivers(stage: &Stage, respondent: &Respondent, service: &Arc<Mutex<StandIn>>) {
    let it = || service.lock().expect("no thread panicked");
    let name = it().name().to_owned();
    respondent.notes(format!("meets {name}"));
    let patience = it().patience();
    let copies = if it().tells_copies() { 1 } else { 2 };
    let is_opaque = name == "opaque";
    answers(respondent, &stage.hosts_with_service(PAGE, service));
    let arrived = match is_opaque {
        true => "Your answers were sent, but no confirmation came back.",
        false => "Your answers have arrived.",
    };
    let what = format!("{name} has confirmed it");
    keeps_trying(respondent, &what, || respondent.text().contains(arrived));
    assert!(!it().was_asked_in_vain(), "{name} was asked for a preflight");
    let attempts = it().attempts;
    assert_eq!(attempts, patience, "{name}: every try is answered, and none comes after");
    let kept = it().kept();
    assert_eq!(kept.len(), copies, "{name}");
    for envelope in kept {
        let told = respondent.hears("queued")["submissionId"].clone();
        assert_eq!(envelope["submissionId"], told, "{name}");
        assert_eq!(envelope["answers"], json!({ "recommend": 9, "why": TEXT }), "{name}");
        assert_eq!(envelope["scores"]["nps"]["value"], 9, "{name}");
    }
    assert_eq!(respondent.keeps("準時"), is_opaque, "{name}: only what nobody confirmed is kept");
}

#[test]
fn every_service_gets_it_whatever_it_says_at_first() {
    let Some(stage) = Stage::set("services") else { return };
    stage.puts("tour.json", include_str!("pages/tour.json"));
    let respondent = stage.respondent_at(0, &json!({}));
    for words in ["Failed to load resource", "blocked by CORS policy"] {
        respondent.expects_trouble(words);
    }
    for service in services() {
        delivers(&stage, &respondent, &Arc::new(Mutex::new(service)));
    }
}

/// The page's own function: what it rejects is tried again, what it answers with `false` is refused.
#[test]
fn a_function_of_the_page_is_an_endpoint_like_others() {
    let Some(stage) = Stage::set_with_receiver("callback") else { return };
    stage.puts("tour.json", include_str!("pages/tour.json"));
    stage
        .puts("tour.html", &PAGE.replace("ENDPOINT", "{&quot;format&quot;: &quot;callback&quot;}"));
    let respondent = stage.respondent();
    respondent.before_each_page(
        "addEventListener('DOMContentLoaded', () => {
            window.replies = [() => Promise.reject(new Error('busy')), () => true];
            window.taken = [];
            document.querySelector('askwell-survey').deliver = async (it) => {
                window.taken.push(it.submissionId);
                return (window.replies.shift() ?? (() => false))();
            };
        });",
    );
    answers(&respondent, "/tour.html");
    keeps_trying(&respondent, "the page took it", || {
        respondent.text().contains("Your answers have arrived.")
    });
    let id = respondent.hears("queued")["submissionId"].clone();
    assert_eq!(respondent.runs("return taken", &[]), json!([id, id]), "twice, under one id");
    answers(&respondent, "/tour.html");
    respondent.runs("replies.length = 0", &[]);
    keeps_trying(&respondent, "the page refused it", || {
        respondent.text().contains("Your answers were not accepted at the other end.")
    });
    assert!(respondent.keeps("準時"), "what was refused is kept");
}
