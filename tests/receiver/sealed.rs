//! Submissions that were sealed on their device: kept shut, opened, and brought in by file.

use std::fs;
use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use askwell::outbox::Entry;
use askwell::seal::{OpeningKey, seal};
use askwell::value::Value;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::receiver::Place;
use crate::respondent::{SURVEY, submission, write_survey};

/// A place with the survey and the collector's pair of keys, as `askwell keys` makes it.
fn place(name: &str) -> (Place, OpeningKey) {
    prepare(Place::new(name))
}

fn prepare(place: Place) -> (Place, OpeningKey) {
    write_survey(&place.folder, "trip.json", SURVEY);
    let made = place.command("keys", &["--algorithm", "ecdh-es"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let key = fs::read_to_string(place.folder.join("collector-key.private.json")).unwrap();
    let public = fs::read_to_string(place.folder.join("collector-key.json")).unwrap();
    let public: Json = serde_json::from_str(&public).unwrap();
    assert_eq!((&public["alg"], &public["use"]), (&json!("ECDH-ES"), &json!("enc")));
    assert!(public["d"].is_null());
    (place, OpeningKey::read(&key).unwrap())
}

fn sealed(id: &str, answers: &str, key: &OpeningKey) -> String {
    let envelope = serde_json::from_str::<Value>(&submission(id, answers).to_json()).unwrap();
    seal(&envelope, &key.sealing()).unwrap().to_json()
}

const NINE: &str = r#"{"recommend": 9, "note": "secretword"}"#;
const OPEN: [&str; 2] = ["--open-with", "collector-key.private.json"];

fn status(reply: &crate::receiver::Reply) -> (u16, Json) {
    (reply.status, reply.json()["status"].clone())
}

#[test]
fn without_the_key_it_is_kept_as_it_is_and_with_it_it_becomes_a_plain_one() {
    let places = Place::each("sealed");
    for place in places {
        let (place, key) = prepare(place);
        let receiver = place.serve(&["--survey", "trip.json"]);
        let body = sealed("s-1", NINE, &key);
        assert_eq!(status(&receiver.post(&body)), (201, json!("stored-sealed")));
        assert_eq!(status(&receiver.post(&body)), (200, json!("already-stored")));
        let other = sealed("s-1", r#"{"recommend": 3}"#, &key);
        assert_eq!(status(&receiver.post(&other)), (409, json!("conflict")));
        assert!(place.stored(&[]).is_empty());
        assert_eq!(place.export(&["--format", "ndjson", "--sealed"]).trim(), body);
        drop(receiver);

        let receiver = place.serve(&OPEN);
        receiver.wait_for("\"opened\"");
        let stored = place.stored(&[]);
        assert_eq!(stored.len(), 1);
        assert_eq!(stored[0]["answers"]["note"], "secretword");
        assert_eq!(stored[0]["scores"]["nps"]["value"], 9);
        assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), "");
        // Copies, sealed and plain, are known; what is new is opened as it comes, and judged.
        assert_eq!(status(&receiver.post(&body)), (200, json!("already-stored")));
        let plain = submission("s-1", NINE).to_json();
        assert_eq!(status(&receiver.post(&plain)), (200, json!("already-stored")));
        let second = sealed("s-2", NINE, &key);
        let reply = receiver.post(&second);
        assert_eq!(status(&reply), (201, json!("stored")));
        assert_eq!(reply.json()["scores"]["nps"]["value"], 9);
        let text = submission("s-3", NINE).to_json().replace("\"recommend\":9", "\"recommend\":99");
        let wrong = seal(&serde_json::from_str(&text).unwrap(), &key.sealing()).unwrap();
        assert_eq!(status(&receiver.post(&wrong.to_json())), (422, json!("invalid")));
        // What another key sealed is kept shut.
        let strange = sealed("s-4", NINE, &OpeningKey::generate().unwrap());
        assert_eq!(status(&receiver.post(&strange)), (201, json!("stored-sealed")));
        drop(receiver);
        // A receiver without the key knows what one with it has opened.
        let receiver = place.serve(&[]);
        assert_eq!(status(&receiver.post(&second)), (200, json!("already-stored")));
        assert_eq!(place.stored(&[]).len(), 2);
    }
}

fn erase(place: &Place, arguments: &[&str]) -> Json {
    let mut command = place.command("erase", arguments);
    let Output { stdout, .. } = command.args(place.database()).output().unwrap();
    serde_json::from_slice(&stdout).unwrap()
}

fn about(id: &str, booking: &str, key: &OpeningKey) -> String {
    let mut sent = submission(id, NINE);
    sent.context.insert("booking".into(), booking.into());
    seal(&serde_json::from_str(&sent.to_json()).unwrap(), &key.sealing()).unwrap().to_json()
}

#[test]
fn what_is_about_somebody_goes_sealed_as_well() {
    for place in Place::each("sealed-erase") {
        let (place, key) = prepare(place);
        let receiver = place.serve(&["--survey", "trip.json"]);
        let sent =
            [about("e-1", "B-1", &key), about("e-2", "B-2", &key), about("e-3", "B-3", &key)];
        let strange = about("e-4", "B-1", &OpeningKey::generate().unwrap());
        for body in sent.iter().chain([&strange]) {
            assert!(!body.contains("booking"), "nothing tells whom it is about");
            assert_eq!(receiver.post(body).status, 201);
        }
        let shut = json!({ "erased": 0, "ids": [], "stillSealed": 4 });
        assert_eq!(erase(&place, &["--reference", "B-1"]), shut);
        let found = erase(&place, &["--reference", "B-1", OPEN[0], OPEN[1]]);
        assert_eq!(found, json!({ "erased": 1, "ids": ["e-1"], "stillSealed": 1 }));
        // By the id that was found where the key is.
        let told = erase(&place, &["--id", "e-2"]);
        assert_eq!(told, json!({ "erased": 1, "ids": ["e-2"], "stillSealed": 2 }));
        let left = place.export(&["--format", "ndjson", "--sealed"]);
        assert_eq!(left, format!("{}\n{strange}\n", sent[2]));
        // A late copy brings nothing back.
        assert_eq!(receiver.post(&sent[0]).status, 200);
        assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), left);
        assert!(place.stored(&[]).is_empty());
    }
}

#[test]
fn what_nobody_could_open_is_kept_aside() {
    let (place, key) = place("sealed-broken");
    let receiver = place.serve(&["--survey", "trip.json"]);
    let mut broken: Json = serde_json::from_str(&sealed("b-1", NINE, &key)).unwrap();
    broken["sealed"] = json!("a.b.c");
    let reply = receiver.post(&broken.to_string());
    assert_eq!(
        (reply.status, &reply.json()["issues"][0]["code"]),
        (422, &json!("sealed-malformed"))
    );
    let other = sealed("b-2", NINE, &key).replace("\"trip\"", "\"strange\"");
    let reply = receiver.post(&other);
    assert_eq!((reply.status, &reply.json()["issues"][0]["code"]), (422, &json!("unknown-survey")));
    assert_eq!(place.stored(&["--refused"]).len(), 2);
}

/// A file as a kiosk exports it.
fn queue(place: &Place, name: &str, bodies: &[String]) -> PathBuf {
    let mut records = String::new();
    for body in bodies {
        let id: Json = serde_json::from_str(body).unwrap();
        let id = id["submissionId"].as_str().unwrap_or("none");
        let entry = Entry::new(id, "trip", "/v1/submissions", body);
        records += &format!("{}\n", entry.to_json());
    }
    let hash: String = Sha256::digest(&records).iter().map(|byte| format!("{byte:02x}")).collect();
    let end = json!({
        "format": "askwell-queue", "version": 1, "records": bodies.len(), "sha256": hash,
        "device": {"id": "d"}, "exportedAt": "2026-11-02T08:16:18.211Z"
    });
    let file = place.folder.join(name);
    fs::write(&file, format!("{records}{end}\n")).unwrap();
    file
}

fn import(place: &Place, arguments: &[&str]) -> (Option<i32>, Json, String) {
    let Output { status, stdout, stderr } = place.command("import", arguments).output().unwrap();
    let printed = String::from_utf8(stdout).unwrap();
    assert!(!printed.contains("secretword"), "no answers are printed");
    let counts = printed.lines().last().map(|line| serde_json::from_str(line).unwrap());
    (status.code(), counts.unwrap_or_default(), printed + &String::from_utf8_lossy(&stderr))
}

fn counts(read: u64, new: u64, known: u64, refused: u64, shut: u64) -> Json {
    json!({
        "read": read, "new": new, "alreadyThere": known, "refused": refused, "left": 0,
        "stillSealed": shut
    })
}

#[test]
fn an_exported_queue_is_brought_in_once() {
    let (place, key) = place("import");
    let bad = submission("q-3", NINE).to_json().replace("\"recommend\":9", "\"recommend\":99");
    let bodies = [submission("q-1", NINE).to_json(), sealed("q-2", NINE, &key), bad];
    queue(&place, "queue.ndjson", &bodies);
    let with = |more: &[&str]| {
        import(&place, &[&["queue.ndjson", "--survey", "trip.json"], more].concat())
    };
    // Sealed stays sealed without the key, and is opened once it is there.
    let (code, told, printed) = with(&[]);
    assert_eq!((code, told), (Some(1), counts(3, 2, 0, 1, 1)), "{printed}");
    assert!(printed.contains(r#""submissionId":"q-3""#), "{printed}");
    assert_eq!(place.stored(&[]).len(), 1);
    let (_, told, _) = with(&OPEN);
    assert_eq!(told, counts(3, 1, 1, 1, 0));
    let (_, told, _) = with(&OPEN);
    assert_eq!(told, counts(3, 0, 2, 1, 0));
    assert_eq!(place.stored(&[]).len(), 2);
    assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), "");
    // The same on its way over the network, to a receiver that has the key and one that has not.
    let receiver = place.serve(&[]);
    assert_eq!(receiver.post(&bodies[0]).status, 200);
    assert_eq!(receiver.post(&bodies[1]).status, 200);
}

#[test]
fn an_exported_queue_is_sent_to_an_endpoint() {
    let (place, key) = place("import-to");
    let receiver = place.serve(&["--survey", "trip.json"]);
    let bad = submission("e-3", NINE).to_json().replace("\"recommend\":9", "\"recommend\":99");
    let bodies = [submission("e-1", NINE).to_json(), sealed("e-2", NINE, &key), bad];
    queue(&place, "queue.ndjson", &bodies);
    let address = format!("{}/v1/submissions", receiver.address);
    let (code, told, printed) = import(&place, &["queue.ndjson", "--to", &address]);
    assert_eq!((code, told), (Some(1), counts(3, 2, 0, 1, 1)), "{printed}");
    assert!(printed.contains(r#""code":422"#), "{printed}");
    let (_, told, _) = import(&place, &["queue.ndjson", "--to", &address]);
    assert_eq!(told, counts(3, 0, 2, 1, 0));
    assert_eq!(place.stored(&[]).len(), 1);
    // Opened on the way, it arrives as a plain one.
    let opening = ["queue.ndjson", "--to", &address, OPEN[0], OPEN[1]];
    let (_, told, _) = import(&place, &opening);
    assert_eq!(told, counts(3, 1, 1, 1, 0));
    assert_eq!(place.stored(&[]).len(), 2);
}

#[test]
fn a_file_that_is_not_whole_is_refused_unless_one_insists() {
    let (place, _) = place("import-damaged");
    let bodies: Vec<String> =
        ["d-1", "d-2"].iter().map(|id| submission(id, NINE).to_json()).collect();
    let file = queue(&place, "queue.ndjson", &bodies);
    let text = fs::read_to_string(&file).unwrap();
    let survey = ["queue.ndjson", "--survey", "trip.json"];
    for (damaged, reason) in [
        (text.replace("secretword", "otherwords"), "was changed"),
        (text.lines().next().unwrap().to_owned(), "was cut off"),
        (text[..text.lines().next().unwrap().len() + 100].to_owned(), "was cut off"),
    ] {
        fs::write(&file, damaged).unwrap();
        let (code, _, printed) = import(&place, &survey);
        assert_eq!(code, Some(2));
        assert!(printed.contains(reason), "{printed}");
    }
    assert!(!place.folder.join("askwell.db").exists());
    let (code, told, _) = import(&place, &[&survey[..], &["--damaged"]].concat());
    assert_eq!((code, told), (Some(1), counts(2, 1, 0, 1, 0)));
}

#[test]
fn a_wrong_key_is_told() {
    let (place, key) = place("import-key");
    queue(&place, "queue.ndjson", &[sealed("k-1", NINE, &key)]);
    let other = OpeningKey::generate().unwrap();
    fs::write(place.folder.join("other.json"), other.to_json()).unwrap();
    let survey = ["queue.ndjson", "--survey", "trip.json"];
    let (code, told, _) = import(&place, &[&survey[..], &["--open-with", "other.json"]].concat());
    assert_eq!((code, told), (Some(1), counts(1, 1, 0, 0, 1)));
    let (code, _, printed) =
        import(&place, &[&survey[..], &["--open-with", "collector-key.json"]].concat());
    assert_eq!(code, Some(2));
    assert!(printed.contains("public key"), "{printed}");
    let (code, told, _) = import(&place, &[&survey[..], &OPEN].concat());
    assert_eq!((code, told), (Some(0), counts(1, 1, 0, 0, 0)));
}

/// The package `jose` and the kiosk's own module in Node.js: each opens or is opened by the other.
const ELSEWHERE: &str = "
    import { compactDecrypt, CompactEncrypt, importJWK } from 'jose';
    import { sealSubmission, keyFault } from './askwell-kiosk-seal.mjs';
    const { own, open, ours, plain } = JSON.parse(process.argv[2]);
    const key = await importJWK(own, 'ECDH-ES');
    const text = async (jwe) => new TextDecoder().decode((await compactDecrypt(jwe, key)).plaintext);
    const kiosk = await sealSubmission(plain, open);
    const jose = await new CompactEncrypt(new TextEncoder().encode(plain))
        .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM' }).encrypt(await importJWK(open, 'ECDH-ES'));
    const faults = [await keyFault(open), await keyFault(own), await keyFault({ ...open, x: 'AA' })];
    console.log(JSON.stringify({
        opened: await text(JSON.parse(ours).sealed), ofKiosk: await text(JSON.parse(kiosk).sealed),
        kiosk, jose, faults: faults.map(Boolean),
    }));
";

#[test]
fn a_library_off_the_shelf_opens_what_is_sealed_and_the_other_way_round() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let usual = || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools");
    let folder = std::env::var_os("ASKWELL_JOSE").map_or_else(usual, PathBuf::from);
    if !folder.join("node_modules/jose").is_dir() {
        // Past the capture of test output.
        let _ = writeln!(stderr(), "SKIPPED: no npm package jose in {}", folder.display());
        return;
    }
    let (place, key) = place("sealed-jose");
    let plain = submission("j-1", NINE).to_json();
    let own: Json = serde_json::from_str(&key.to_json()).unwrap();
    let ours = sealed("j-1", NINE, &key);
    let given = json!({"own": own, "open": key.sealing().jwk(), "ours": ours, "plain": plain});
    let script = folder.join("askwell-sealed.mjs");
    let module = folder.join("askwell-kiosk-seal.mjs");
    fs::write(&script, ELSEWHERE).unwrap();
    fs::copy(root.join("www/kiosk-seal.js"), &module).unwrap();
    let node = Command::new("node").arg(&script).arg(given.to_string()).output().unwrap();
    let _ = (fs::remove_file(&script), fs::remove_file(&module));
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
    let told: Json = serde_json::from_slice(&node.stdout).unwrap();
    let same = |text: &Json| {
        let read = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        read(text.as_str().unwrap()) == read(&plain)
    };
    assert!(same(&told["opened"]) && same(&told["ofKiosk"]));
    assert_eq!(told["faults"], json!([false, true, true]));
    assert_eq!(key.open(told["jose"].as_str().unwrap()).unwrap(), plain.as_bytes());
    // What a kiosk makes is taken as it is.
    let receiver = place.serve(&["--survey", "trip.json", OPEN[0], OPEN[1]]);
    let reply = receiver.post(told["kiosk"].as_str().unwrap());
    assert_eq!(status(&reply), (201, json!("stored")));
    assert_eq!(place.stored(&[])[0]["answers"]["note"], "secretword");
}
