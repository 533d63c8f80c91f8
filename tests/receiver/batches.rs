//! Many submissions in one request, and many requests at once.

use std::fs;
use std::thread;

use serde_json::{Value, json};

use crate::receiver::{Place, Reply};
use crate::respondent::{SURVEY, submission, write_survey};

const TOKEN: &str = "0f6f0c1d55aa4b0c9e";

fn results(reply: &Reply) -> Vec<(u64, String)> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let results = reply.json()["results"].as_array().unwrap().clone();
    let one = |result: &Value| {
        (result["code"].as_u64().unwrap(), result["status"].as_str().unwrap().to_owned())
    };
    results.iter().map(one).collect()
}

fn expected(results: &[(u64, &str)]) -> Vec<(u64, String)> {
    results.iter().map(|(code, status)| (*code, (*status).to_owned())).collect()
}

#[test]
fn each_of_many_has_its_own_result() {
    for place in Place::each("batch") {
        write_survey(&place.folder, "trip.json", SURVEY);
        let receiver = place.serve(&["--survey", "trip.json"]);
        let good = |id: &str| submission(id, r#"{"recommend": 9}"#).to_json();
        assert_eq!(receiver.post(&good("known")).status, 201);
        let other = submission("known", r#"{"recommend": 3}"#).to_json();
        let wrong = good("wrong").replace(r#""recommend":9"#, r#""recommend":99"#);
        let items =
            [good("z-new"), good("known"), other, wrong, "{}".into(), good("a-new"), good("a-new")];
        let statuses = expected(&[
            (201, "stored"),
            (200, "already-stored"),
            (409, "conflict"),
            (422, "invalid"),
            (400, "unreadable"),
            (201, "stored"),
            (200, "already-stored"),
        ]);
        let array = receiver.post(&format!("[{}]", items.join(",")));
        assert_eq!(results(&array), statuses);
        assert_eq!(array.json()["results"][3]["issues"][0]["question"], "recommend");
        assert_eq!(array.json()["results"][0]["submissionId"], "z-new");

        let lines = [("content-type", "application/x-ndjson")];
        let again = receiver.send(
            "POST",
            "/v1/submissions/batch",
            &lines,
            format!("{}\n\nno JSON\n{}\n", good("line"), good("a-new")).as_bytes(),
        );
        let statuses = expected(&[(201, "stored"), (400, "unreadable"), (200, "already-stored")]);
        assert_eq!(results(&again), statuses);
        assert_eq!(place.stored(&[]).len(), 4);
        assert_eq!(place.stored(&["--refused"]).len(), 2);
    }
}

#[test]
fn what_is_no_batch_is_refused_as_a_whole() {
    let place = Place::new("no-batch");
    let receiver = place.serve(&[]);
    for body in ["[]", "[1, ", "[{}, 7]"] {
        assert_eq!(receiver.post(body).status, 400, "{body}");
    }
    let many = format!("[{}]", vec!["{}"; 1001].join(","));
    assert!(receiver.post(&many).body.contains("at most 1000"));
    let json = ("content-type", "application/json");
    let keyed = receiver.post_with(b"[{}]", &[json, ("idempotency-key", "a")]);
    assert!(keyed.body.contains("Idempotency-Key is for a single submission"), "{}", keyed.body);
    // A single submission has its own limit; many together have more room.
    let large = format!("[{{\"submissionId\": \"{}\"}}]", "x".repeat(1 << 20));
    assert_eq!(receiver.post(&large).status, 413);
    let body = large.as_bytes();
    assert_eq!(receiver.send("POST", "/v1/submissions/batch", &[json], body).status, 400);
}

#[test]
fn what_arrives_at_once_shares_transactions_and_is_counted() {
    for place in Place::each("at-once-many") {
        write_survey(&place.folder, "trip.json", SURVEY);
        fs::write(place.folder.join("token"), format!("{TOKEN}\n")).unwrap();
        let receiver = place.serve(&["--survey", "trip.json", "--metrics-token", "token"]);
        let lane = |lane: usize| {
            for number in 0..25 {
                let id = format!("{lane}-{number}");
                let body = submission(&id, r#"{"recommend": 9}"#).to_json();
                assert_eq!(receiver.post(&body).status, 201);
            }
        };
        thread::scope(|scope| {
            for number in 0..16 {
                scope.spawn(move || lane(number));
            }
        });
        assert_eq!(place.stored(&[]).len(), 400);
        let asks = format!("Bearer {TOKEN}");
        let metrics = receiver.get("/metrics", &[("authorization", &asks)]);
        assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
        let value = |name: &str| -> f64 {
            let line = metrics.body.lines().find(|line| line.starts_with(&format!("{name} ")));
            line.unwrap().rsplit(' ').next().unwrap().parse().unwrap()
        };
        assert_eq!(value("askwell_submissions_total{result=\"stored\"}"), 400.0);
        assert_eq!(value("askwell_committed_submissions_total"), 400.0);
        assert!(
            value("askwell_commits_total") < 400.0,
            "every submission waited for the disk alone"
        );
    }
}

#[test]
fn metrics_are_for_whoever_has_the_token() {
    let place = Place::new("metrics");
    fs::write(place.folder.join("token"), TOKEN).unwrap();
    fs::write(place.folder.join("short"), "1234").unwrap();
    let receiver = place.serve(&["--metrics-token", "token"]);
    let wrong = TOKEN.replace('0', "1");
    for told in ["", TOKEN, &format!("Basic {TOKEN}"), &format!("Bearer {wrong}"), "Bearer "] {
        let reply = receiver.get("/metrics", &[("authorization", told)]);
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, "Bearer"), "{told}");
        assert!(!reply.body.contains("askwell_"));
    }
    assert_eq!(receiver.get("/metrics", &[]).status, 401);
    let asks = format!("Bearer {TOKEN}");
    assert_eq!(receiver.get("/metrics", &[("authorization", &asks)]).status, 200);
    drop(receiver);
    let receiver = place.serve(&[]);
    assert_eq!(receiver.get("/metrics", &[("authorization", &asks)]).status, 404);
    let arguments = ["--site", "site", "--metrics-token", "short"];
    let short = place.command("serve", &arguments).output().unwrap();
    assert_eq!(short.status.code(), Some(2));
}

/// A hall of kiosks behind one address is many senders; each says which device it is.
#[test]
fn a_device_that_sends_too_much_waits_and_the_others_do_not() {
    let place = Place::new("limits");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json", "--device-rate", "5"]);
    let post = |device: &str, number: usize| {
        let mut sent = submission(&format!("{device}-{number}"), r#"{"recommend": 9}"#);
        sent.device.insert("id".into(), device.into());
        receiver.post(&sent.to_json())
    };
    for number in 0..5 {
        assert_eq!(post("one", number).status, 201);
    }
    let refused = post("one", 5);
    assert_eq!(
        (refused.status, refused.json()),
        (429, json!({"status": "too-many", "message": refused.json()["message"]}),)
    );
    assert!((1..=12).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(post("two", 0).status, 201);
    assert_eq!(receiver.post(&submission("none", r#"{"recommend": 9}"#).to_json()).status, 201);
}

#[test]
fn an_address_has_a_ceiling_that_a_proxy_can_tell_apart() {
    let place = Place::new("ceiling");
    write_survey(&place.folder, "trip.json", SURVEY);
    let limited = ["--survey", "trip.json", "--address-rate", "3", "--trust-proxy"];
    let receiver = place.serve(&limited);
    let post = |address: &str, number: usize| {
        let id = format!("{}-{number}", address.len());
        let body = submission(&id, r#"{"recommend": 9}"#).to_json();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", address)];
        receiver.post_with(body.as_bytes(), &headers).status
    };
    for number in 0..3 {
        // Only the last entry is the proxy's own word.
        assert_eq!(post("203.0.113.77, 192.0.2.1", number), 201);
    }
    assert_eq!(post("198.51.100.9, 192.0.2.1", 9), 429);
    assert_eq!(post("2001:db8::1", 0), 201);
}

#[test]
fn a_crowd_is_asked_to_come_back_before_it_fills_the_memory() {
    use std::io::{Read, Write};
    let place = Place::new("crowd");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json", "--at-once", "1"]);
    let body = submission("a-1", r#"{"recommend": 9}"#).to_json();
    let address = receiver.address.strip_prefix("http://").unwrap();
    let mut slow = std::net::TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /v1/submissions HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).unwrap();
    // It has its place once it is asked for its body.
    let mut line = [0; 25];
    slow.read_exact(&mut line).unwrap();
    assert_eq!(&line, b"HTTP/1.1 100 Continue\r\n\r\n");
    let refused = receiver.post(&body);
    assert_eq!((refused.status, refused.header("retry-after")), (503, "5"));
    assert_eq!(refused.json()["status"], "unavailable");
    assert_eq!(receiver.get("/healthz", &[]).status, 200);
    slow.write_all(body.as_bytes()).unwrap();
    let mut reply = String::new();
    slow.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 201"), "{reply}");
    assert_eq!(receiver.post(&body).status, 200);
}
