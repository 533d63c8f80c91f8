//! Delivery in a real browser: storage, locks and network as they are, an endpoint that does as the
//! test says, and the browser's refusals put in its place.

#![cfg(all(target_arch = "wasm32", feature = "ui"))]

mod delivery;

use askwell::browser::{Courier, Draft, new_submission_id};
use askwell::outbox::{Failure, Status};
use askwell::value::{Map, Value};
use delivery::page;
use delivery::{Listener, submission};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn thanks_come_after_the_submission_is_on_disk() {
    page::clear().await;
    let endpoint = page::endpoint(&["hang"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    let notice = courier.submit(&submission, &endpoint).await;
    assert_eq!(notice.status, Status::Saved);
    let record = page::queued(&submission.submission_id).await.expect("a record on disk");
    assert_eq!(record.get("body"), Some(&Value::from(submission.to_json())));
    assert_eq!(page::last_durability(), "strict");
}

#[wasm_bindgen_test]
async fn a_request_carries_the_submission_and_nothing_of_the_page() {
    page::clear().await;
    let endpoint = page::endpoint(&["201"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    let id = &submission.submission_id;
    courier.submit(&submission, &endpoint).await;
    listener.until(id, Status::Sent).await;
    let requests = page::requests(&endpoint);
    let [request] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    let field = |name| request.get(name).and_then(Value::as_text).unwrap_or_default();
    assert_eq!(field("body"), submission.to_json());
    assert_eq!(field("idempotencyKey"), id);
    assert_eq!(field("contentType"), "application/json");
    assert_eq!(field("method"), "POST");
    assert_eq!(field("credentials"), "omit");
    assert_eq!(field("referrerPolicy"), "no-referrer");
    assert_eq!(field("cache"), "no-store");
    assert_eq!(field("redirect"), "manual");
    assert_eq!(request.get("keepalive"), Some(&Value::from(true)));
    page::settled().await;
    assert!(page::queued(id).await.is_none());
    assert!(page::is_acknowledged(id).await);
    assert_eq!(courier.counts().acknowledged, 1);
}

/// The same fields must please the browser itself, not only a stand-in.
#[wasm_bindgen_test]
async fn a_real_request_is_answered() {
    page::clear().await;
    let courier = Courier::start(|_| {});
    let listener = Listener::default();
    let reading = Courier::start(listener.listen());
    drop(courier);
    let submission = submission();
    reading.submit(&submission, "/no-such-endpoint").await;
    let notice = listener.until(&submission.submission_id, Status::Refused).await;
    assert!(matches!(notice.failure, Some(Failure::Status(400..=499))), "{notice:?}");
}

#[wasm_bindgen_test]
async fn a_later_page_delivers_what_an_earlier_one_left_behind() {
    page::clear().await;
    let endpoint = page::endpoint(&["cut", "201"]);
    let submission = submission();
    let id = &submission.submission_id;
    let first = Listener::default();
    let courier = Courier::start(first.listen());
    assert_eq!(courier.submit(&submission, &endpoint).await.status, Status::Saved);
    first.until(id, Status::Waiting).await;
    drop(courier);

    let second = Listener::default();
    Courier::start(second.listen()).flush();
    second.until(id, Status::Sent).await;
    let bodies: Vec<Value> = page::requests(&endpoint)
        .iter()
        .filter_map(|request| request.get("body").cloned())
        .collect();
    assert!(bodies == [Value::from(submission.to_json()), Value::from(submission.to_json())]);
}

/// A page that dies right after storing still has its draft, and may finish it again.
#[wasm_bindgen_test]
async fn what_was_stored_first_stays_when_it_is_finished_again() {
    page::clear().await;
    let endpoint = page::endpoint(&["hang"]);
    let mut submission = submission();
    Courier::start(|_| {}).submit(&submission, &endpoint).await;
    let first = submission.to_json();
    submission.duration_ms += 5000;
    let notice = Courier::start(|_| {}).submit(&submission, &endpoint).await;
    assert_eq!(notice.status, Status::Saved);
    page::settled().await;
    let record = page::queued(&submission.submission_id).await.expect("a record on disk");
    assert!(record.get("body") == Some(&Value::from(first.as_str())));
}

#[wasm_bindgen_test]
async fn what_is_refused_stays_on_disk_and_is_not_sent_again() {
    page::clear().await;
    let endpoint = page::endpoint(&["422"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    let id = &submission.submission_id;
    courier.submit(&submission, &endpoint).await;
    let notice = listener.until(id, Status::Refused).await;
    assert_eq!(notice.failure, Some(Failure::Status(422)));
    page::settled().await;
    let later = Courier::start(|_| {});
    later.flush();
    page::settled().await;
    assert_eq!(page::requests(&endpoint).len(), 1);
    assert_eq!(later.counts().refused, 1);
    let record = page::queued(id).await.expect("a record on disk");
    assert_eq!(record.get("state"), Some(&Value::from("quarantined")));
}

#[wasm_bindgen_test]
async fn where_storage_is_blocked_it_is_sent_at_once() {
    page::clear().await;
    page::set_fault("storage-blocked");
    let endpoint = page::endpoint(&["201"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    let notice = courier.submit(&submission, &endpoint).await;
    page::set_fault("");
    assert_eq!(notice.status, Status::Sent);
    listener.until(&submission.submission_id, Status::Unsaved).await;
}

#[wasm_bindgen_test]
async fn where_storage_and_endpoint_fail_the_page_can_say_so_and_goes_on() {
    page::clear().await;
    page::set_fault("storage-blocked");
    let endpoint = page::endpoint(&["cut", "201"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    let notice = courier.submit(&submission, &endpoint).await;
    assert_eq!(notice.status, Status::Waiting);
    assert_eq!(courier.counts().unsaved, 1);
    page::dispatch("pagehide");
    listener.until(&submission.submission_id, Status::Sent).await;
    page::set_fault("");
    let requests = page::requests(&endpoint);
    assert!(requests.iter().all(|sent| sent.get("keepalive") == Some(&Value::from(true))));
}

#[wasm_bindgen_test]
async fn where_storage_is_full_it_is_sent_at_once() {
    page::clear().await;
    page::set_fault("storage-full");
    let endpoint = page::endpoint(&["201"]);
    let courier = Courier::start(|_| {});
    let notice = courier.submit(&submission(), &endpoint).await;
    page::set_fault("");
    assert_eq!(notice.status, Status::Sent);
}

/// "Connection to Indexed Database server lost", since 2017 on iOS (localForage#887).
#[wasm_bindgen_test]
async fn a_lost_connection_is_opened_again() {
    page::clear().await;
    let endpoint = page::endpoint(&["hang"]);
    let courier = Courier::start(|_| {});
    courier.submit(&submission(), &endpoint).await;
    page::set_fault("connection-lost");
    let submission = submission();
    let notice = courier.submit(&submission, &endpoint).await;
    page::set_fault("");
    assert_eq!(notice.status, Status::Saved);
    assert!(page::queued(&submission.submission_id).await.is_some());
}

#[wasm_bindgen_test]
async fn two_tabs_send_one_entry_once() {
    send_from_two_tabs("").await;
}

/// As on every page over plain HTTP.
#[wasm_bindgen_test]
async fn two_tabs_without_web_locks_send_one_entry_once() {
    send_from_two_tabs("no-locks").await;
}

async fn send_from_two_tabs(fault: &str) {
    page::clear().await;
    page::set_fault(fault);
    let endpoint = page::endpoint(&["cut", "slow 201"]);
    let submission = submission();
    let id = &submission.submission_id;
    let earlier = Listener::default();
    Courier::start(earlier.listen()).submit(&submission, &endpoint).await;
    earlier.until(id, Status::Waiting).await;
    page::settled().await;

    let (one, other) = (Listener::default(), Listener::default());
    let tabs = [Courier::start(one.listen()), Courier::start(other.listen())];
    for tab in &tabs {
        tab.flush();
    }
    one.until(id, Status::Sending).await;
    other.until(id, Status::Sending).await;
    while !(one.has_heard(id, Status::Sent) && other.has_heard(id, Status::Sent)) {
        for tab in &tabs {
            tab.flush();
        }
        page::settled().await;
    }
    page::set_fault("");
    assert_eq!(page::requests(&endpoint).len(), 2, "one that was cut off and one that arrived");
}

#[wasm_bindgen_test]
async fn an_endpoint_that_hangs_is_given_up() {
    page::clear().await;
    page::set_fault("impatient");
    let endpoint = page::endpoint(&["hang"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    courier.submit(&submission, &endpoint).await;
    let notice = listener.until(&submission.submission_id, Status::Waiting).await;
    page::set_fault("");
    assert_eq!(notice.failure, Some(Failure::Unreachable));
}

#[wasm_bindgen_test]
async fn a_body_without_end_is_not_read_to_its_end() {
    page::clear().await;
    let endpoint = page::endpoint(&["endless 200"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    courier.submit(&submission, &endpoint).await;
    listener.until(&submission.submission_id, Status::Sent).await;
}

#[wasm_bindgen_test]
async fn a_conflict_is_told_by_its_body_and_a_redirect_is_no_answer() {
    page::clear().await;
    for (answer, status) in [
        ("409 {\"status\": \"conflict\"}", Status::Refused),
        ("409 duplicate key", Status::Sent),
        ("redirect", Status::Waiting),
        ("opaque", Status::Unverified),
        ("401", Status::Paused),
    ] {
        let endpoint = page::endpoint(&[answer]);
        let listener = Listener::default();
        let courier = Courier::start(listener.listen());
        let submission = submission();
        courier.submit(&submission, &endpoint).await;
        listener.until(&submission.submission_id, status).await;
    }
}

#[wasm_bindgen_test]
async fn retry_after_is_read() {
    page::clear().await;
    let endpoint = page::endpoint(&["429 retry-after"]);
    let listener = Listener::default();
    let courier = Courier::start(listener.listen());
    let submission = submission();
    assert_eq!(courier.submit(&submission, &endpoint).await.status, Status::Saved);
    listener.until(&submission.submission_id, Status::Waiting).await;
    page::settled().await;
    let record = page::queued(&submission.submission_id).await.expect("a record on disk");
    let next = record.get("nextAttemptAt").and_then(Value::as_number).unwrap_or_default();
    assert!(next > askwell::browser::now_ms() + 1_000_000.0);
}

#[wasm_bindgen_test]
fn a_draft_survives_and_is_its_respondents_own() {
    let state = Value::from(Map::from([("why".to_owned(), Value::from("晚了"))]));
    let draft = Draft::new("tour", "booking-1");
    assert!(draft.save(&state));
    assert!(Draft::new("tour", "booking-1").load() == Some(state));
    assert!(Draft::new("tour", "booking-2").load().is_none());
    draft.clear();
    assert!(draft.load().is_none());
}

#[wasm_bindgen_test]
fn a_draft_does_without_storage() {
    page::set_fault("storage-blocked");
    let draft = Draft::new("tour", "");
    assert!(!draft.save(&Value::from(1)));
    assert!(draft.load().is_none());
    draft.clear();
    page::set_fault("");
    page::set_fault("storage-full");
    assert!(!draft.save(&Value::from(1)));
    page::set_fault("");
}

#[wasm_bindgen_test]
fn ids_differ() {
    assert_ne!(new_submission_id(), new_submission_id());
    assert_ne!(askwell::browser::seed(), askwell::browser::seed());
    assert!(askwell::browser::utc_offset_minutes().abs() <= 14 * 60);
}
