//! Nothing is lost and nothing is stored twice, whatever becomes of the receiver and the way to it.

use serde_json::json;

use crate::harness::{Fate, Line, Respondent, Stage};
use crate::short;

const KEPT: &str = "They are safe on this device, and we keep trying.";
const ARRIVED: &str = "Your answers have arrived.";

fn it_is_stored_once(stage: &Stage, respondent: &Respondent) {
    respondent.waits_until("it is stored", || !stage.receiver.submissions().is_empty());
    let submission = stage.the_only_submission();
    let answers = json!({ "recommend": 9, "why": "The trains were on time." });
    assert_eq!(submission["answers"], answers);
    assert_eq!(submission["scores"]["nps"]["value"], 9);
}

#[test]
fn the_receiver_dies_and_comes_back() {
    let Some(mut stage) = short::stage("outage-receiver") else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("Failed to load resource: net::ERR_");
    short::answers(&respondent);
    stage.receiver.cut_off();
    respondent.uses("Finish");
    respondent.sees("All done");
    respondent.sees(KEPT);
    assert_eq!(respondent.hears("failed")["final"], false);
    stage.receiver.start();
    assert!(stage.receiver.submissions().is_empty());
    respondent.reloads();
    it_is_stored_once(&stage, &respondent);
    respondent.goes_to_the_survey();
    respondent.sees(short::QUESTION);
    respondent.sees_no("Welcome back");
    respondent.waits_until("the outbox is empty", || !respondent.keeps("The trains were on time."));
}

#[test]
fn another_page_of_the_site_delivers_what_was_left_behind() {
    let Some(stage) = short::stage("outage-elsewhere") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("net::ERR_EMPTY_RESPONSE");
    short::answers(&respondent);
    line.submissions_are(Fate::CutOnTheWay);
    respondent.uses("Finish");
    respondent.sees(KEPT);
    line.submissions_are(Fate::Passes);
    respondent.opens("/elsewhere.html");
    it_is_stored_once(&stage, &respondent);
}

#[test]
fn a_browser_that_crashes_keeps_what_it_promised() {
    let Some(stage) = short::stage("outage-crash") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_who_returns(line.port());
    respondent.expects_trouble("net::ERR_EMPTY_RESPONSE");
    short::answers(&respondent);
    line.submissions_are(Fate::CutOnTheWay);
    respondent.uses("Finish");
    respondent.sees("All done");
    respondent.loses_the_browser();
    assert!(stage.receiver.submissions().is_empty());
    line.submissions_are(Fate::Passes);
    let respondent = stage.respondent_who_returns(line.port());
    respondent.opens("/elsewhere.html");
    it_is_stored_once(&stage, &respondent);
}

#[test]
fn a_reply_that_is_lost_does_not_store_it_twice() {
    let Some(stage) = short::stage("outage-reply") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("net::ERR_EMPTY_RESPONSE");
    short::answers(&respondent);
    line.submissions_are(Fate::CutOnTheWayBack);
    respondent.uses("Finish");
    respondent.sees(KEPT);
    it_is_stored_once(&stage, &respondent);
    line.submissions_are(Fate::Passes);
    respondent.sees(ARRIVED);
    assert!(line.attempts() > 1);
    it_is_stored_once(&stage, &respondent);
}

#[test]
fn without_a_network_it_waits_for_one() {
    let Some(stage) = short::stage("outage-offline") else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("net::ERR_INTERNET_DISCONNECTED");
    short::answers(&respondent);
    respondent.is_offline(true);
    respondent.uses("Finish");
    respondent.sees("You are offline. Your answers are safe on this device");
    assert!(stage.receiver.submissions().is_empty());
    respondent.is_offline(false);
    respondent.sees(ARRIVED);
    it_is_stored_once(&stage, &respondent);
}

#[test]
fn a_server_in_trouble_is_asked_again() {
    let Some(stage) = short::stage("outage-503") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("status of 503");
    short::answers(&respondent);
    line.submissions_are(Fate::Answered(503));
    respondent.uses("Finish");
    respondent.sees(KEPT);
    line.submissions_are(Fate::Passes);
    respondent.uses("Try again");
    respondent.sees(ARRIVED);
    it_is_stored_once(&stage, &respondent);
}

#[test]
fn a_full_disk_at_the_receiver_loses_nothing() {
    let Some(mut stage) = short::stage("outage-disk") else { return };
    stage.receiver.cut_off();
    stage.receiver.has_room_for(Some(1));
    stage.receiver.start();
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 503");
    respondent.expects_trouble("net::ERR_CONNECTION");
    short::answers(&respondent);
    // More than fits into the space that the database already has.
    let long = "The trains were on time. ".repeat(1000);
    respondent.pastes("Why is that?", &long);
    respondent.uses("Finish");
    respondent.sees(KEPT);
    assert!(stage.receiver.submissions().is_empty());
    stage.receiver.cut_off();
    stage.receiver.has_room_for(None);
    stage.receiver.start();
    respondent.uses("Try again");
    respondent.sees(ARRIVED);
    assert_eq!(stage.the_only_submission()["answers"]["why"], long);
}

#[test]
fn a_refused_submission_is_kept_and_said_so() {
    let Some(stage) = short::stage("outage-refused") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("status of 422");
    short::answers(&respondent);
    line.submissions_are(Fate::Answered(422));
    respondent.uses("Finish");
    respondent.sees("Your answers were not accepted at the other end. Nothing is lost");
    respondent.sees("Save a copy");
    assert_eq!(respondent.hears("failed")["final"], true);
    line.submissions_are(Fate::Passes);
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees(short::QUESTION);
    assert!(respondent.keeps("The trains were on time."));
    assert_eq!(line.attempts(), 1, "what was refused is not sent again");
}

#[test]
fn an_endpoint_that_is_not_there_loses_nothing() {
    let Some(stage) = short::stage("outage-nowhere") else { return };
    let page = include_str!("pages/short.html").replace("/v1/submissions", "/nothing/here");
    stage.puts("short.html", &page);
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 40");
    short::answers(&respondent);
    respondent.uses("Finish");
    respondent.sees("All done");
    respondent.sees("Nothing is lost");
    assert!(respondent.keeps("The trains were on time."));
}
