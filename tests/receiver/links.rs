//! Submissions by signed links: checked again, taken once, and refused with a next step.

use askwell::link::{Algorithm, Link, PrivateKey};
use askwell::seal::{OpeningKey, seal};
use askwell::submission::{Channel, Submission};

use crate::receiver::{Place, Receiver};
use crate::respondent::{SURVEY, submission, write_survey};

fn ready(place: &Place) -> (Receiver, PrivateKey) {
    write_survey(&place.folder, "trip.json", SURVEY);
    let key = PrivateKey::generate(Algorithm::Es256).unwrap();
    std::fs::write(place.folder.join("keys.json"), key.public().to_json()).unwrap();
    let receiver = place.serve(&["--survey", "trip.json", "--links-key", "keys.json"]);
    (receiver, key)
}

fn link() -> Link {
    Link { booking: Some("B-1".into()), id: Some("one".into()), ..Link::to("trip") }
}

fn by(token: &str, id: &str) -> Submission {
    let mut sent = submission(id, r#"{"recommend": 9}"#);
    sent.channel = Channel::Link;
    sent.context.insert("link".into(), token.into());
    sent.context.insert("booking".into(), "B-1".into());
    sent
}

#[test]
fn a_link_brings_one_submission() {
    for place in Place::each("link-once") {
        let (receiver, key) = ready(&place);
        let token = link().sign(&key);
        let state = |token: &str| {
            let headers = [("content-type", "text/plain")];
            let reply = receiver.send("POST", "/v1/links", &headers, token.as_bytes());
            reply.json()["status"].as_str().unwrap().to_owned()
        };
        // However often a mail scanner opens or asks: it is spent by what arrives.
        assert_eq!((state(&token), state(&token)), ("open".into(), "open".into()));
        let first = by(&token, "a-1").to_json();
        assert_eq!(receiver.post(&first).status, 201);
        assert_eq!(receiver.post(&first).status, 200);
        assert_eq!(state(&token), "link-used");
        let second = receiver.post(&by(&token, "a-2").to_json());
        assert_eq!((second.status, second.json()["status"].as_str()), (410, Some("link-used")));
        assert!(second.json()["message"].as_str().unwrap().contains("ask for a new link"));
        assert_eq!(place.stored(&[]).len(), 1);
        assert_eq!(place.stored(&["--refused"])[0]["refusedFor"][0]["code"], "link-used");
        // The same one again is kept aside once.
        assert_eq!(receiver.post(&by(&token, "a-2").to_json()).status, 410);
        assert_eq!(place.stored(&["--refused"]).len(), 1);
        // An invalid submission does not spend a link.
        let fresh = Link { id: Some("two".into()), ..link() }.sign(&key);
        let invalid = by(&fresh, "a-3").to_json().replace(r#""recommend":9"#, r#""recommend":99"#);
        assert_eq!(receiver.post(&invalid).status, 422);
        assert_eq!(receiver.post(&by(&fresh, "a-4").to_json()).status, 201);
    }
}

#[test]
fn many_copies_at_once_spend_a_link_once() {
    for place in Place::each("link-race") {
        let (receiver, key) = ready(&place);
        let token = link().sign(&key);
        let mut codes: Vec<u16> = std::thread::scope(|scope| {
            let post = |number: usize| receiver.post(&by(&token, &format!("a-{number}")).to_json());
            let posts: Vec<_> =
                (0..8).map(|number| scope.spawn(move || post(number).status)).collect();
            posts.into_iter().map(|post| post.join().unwrap()).collect()
        });
        codes.sort_unstable();
        assert_eq!(codes, [201, 410, 410, 410, 410, 410, 410, 410]);
        assert_eq!(place.stored(&[]).len(), 1);
    }
}

#[test]
fn what_did_not_come_by_a_sound_link_is_refused_with_a_next_step() {
    let place = Place::new("link-refused");
    let (receiver, key) = ready(&place);
    let stranger = PrivateKey::generate(Algorithm::Es256).unwrap();
    let token = link().sign(&key);
    let mut without = by("", "a-1");
    without.context.remove("link");
    let mut other_booking = by(&token, "a-2");
    other_booking.context.insert("booking".into(), "B-2".into());
    let expired = Link { expires: Some(1_000_000_000), ..link() }.sign(&key);
    for (sent, status, code) in [
        (without, 403, "link-required"),
        (other_booking, 403, "link-other-context"),
        (by(&format!("{token}x"), "a-3"), 403, "link-broken"),
        (by(&link().sign(&stranger), "a-4"), 403, "link-wrong-key"),
        (by(&Link::to("other").sign(&key), "a-5"), 403, "link-other-survey"),
        (by(&expired, "a-6"), 410, "link-expired"),
    ] {
        let reply = receiver.post(&sent.to_json());
        assert_eq!((reply.status, reply.json()["status"].as_str()), (status, Some(code)));
        assert!(reply.json()["message"].is_string(), "{code} names no next step");
        assert!(!reply.body.contains("B-1"));
    }
    assert!(place.stored(&[]).is_empty());
    // Only what came too late is kept: anybody can make up the rest.
    assert_eq!(place.stored(&["--refused"]).len(), 1);
    // Other channels need no link, unless the survey takes nothing else.
    assert_eq!(receiver.post(&submission("e-1", r#"{"recommend": 9}"#).to_json()).status, 201);
    drop(receiver);
    let typo = ["--site", "site", "--links-key", "keys.json", "--links-only", "tripp"];
    let refused = place.command("serve", &typo).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no survey here has that id"));
    let only = ["--links-key", "keys.json", "--links-only", "trip"];
    let receiver = place.serve(&only);
    let embedded = submission("e-2", r#"{"recommend": 9}"#).to_json();
    assert_eq!(receiver.post(&embedded).json()["status"], "link-required");
    // What is stored already is acknowledged again, whatever is asked for since.
    let before = submission("e-1", r#"{"recommend": 9}"#).to_json();
    assert_eq!(receiver.post(&before).status, 200);
}

#[test]
fn the_page_gets_the_public_keys_and_nobody_the_private_one() {
    let place = Place::new("link-keys");
    let (receiver, key) = ready(&place);
    let served = receiver.get("/link-keys.json", &[]);
    assert_eq!((served.status, served.header("content-type")), (200, "application/json"));
    assert_eq!(served.body, key.public().to_json());
    drop(receiver);
    std::fs::write(place.folder.join("keys.json"), key.to_json()).unwrap();
    let refused = place.command("serve", &["--site", "site", "--links-key", "keys.json"]);
    let result = { refused }.output().unwrap();
    assert!(String::from_utf8_lossy(&result.stderr).contains("private key"));
}

/// The link is sealed too: without the key nobody can tell that it is sound, nor spend it.
#[test]
fn a_sealed_link_counts_where_it_can_be_opened() {
    for place in Place::each("link-sealed") {
        let (receiver, key) = ready(&place);
        drop(receiver);
        let collector = OpeningKey::generate().unwrap();
        std::fs::write(place.folder.join("collector.json"), collector.to_json()).unwrap();
        let only = ["--links-key", "keys.json", "--links-only", "trip"];
        let token = link().sign(&key);
        let sealed = |id: &str, token: &str| {
            let plain = by(token, id).to_json();
            let plain = serde_json::from_str(&plain).unwrap();
            seal(&plain, &collector.sealing()).unwrap().to_json()
        };
        let first = sealed("s-1", &token);
        assert!(!first.contains(&token) && !first.contains("B-1"));
        let state = |receiver: &Receiver, body: &str| {
            let reply = receiver.post(body);
            (reply.status, reply.json()["status"].as_str().unwrap_or_default().to_owned())
        };
        let shut = place.serve(&only);
        let reply = shut.post(&first);
        assert_eq!(reply.json()["status"], "link-sealed");
        assert!(reply.status == 403 && reply.body.contains("--open-with"), "{}", reply.body);
        assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), "");
        drop(shut);
        let open = place.serve(&[&only[..], &["--open-with", "collector.json"]].concat());
        assert_eq!(state(&open, &first), (201, "stored".into()));
        assert_eq!(state(&open, &first), (200, "already-stored".into()));
        assert_eq!(state(&open, &sealed("s-2", &token)), (410, "link-used".into()));
        let stranger = PrivateKey::generate(Algorithm::Es256).unwrap();
        let forged = sealed("s-3", &link().sign(&stranger));
        assert_eq!(state(&open, &forged), (403, "link-wrong-key".into()));
        assert_eq!(place.stored(&[]).len(), 1);
    }
}
