//! Everything goes wrong at once, and every response whose "thank you" was seen is committed once.
//!
//! `ASKWELL_FAULTS` is how many responses there are; `cargo xtask bench` takes many more.

#![cfg(feature = "cli")]

mod device;
mod proxy;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use askwell::outbox::{Event, Reply};
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use device::{Device, exchange};
use proxy::{Chance, Fate, Proxy};

const SURVEY: &str = r#"{"askwell": 1, "id": "trip", "version": "1", "pages": [{"id": "p",
    "questions": [{"id": "recommend", "type": "nps", "required": true}]}]}"#;

struct Receiver {
    child: Child,
    folder: PathBuf,
    address: String,
}

impl Receiver {
    fn start() -> Receiver {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("faults");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("trip.json"), SURVEY).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_askwell"))
            .args(["serve", "--site", "site", "--survey", "trip.json", "--listen", "127.0.0.1:0"])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.trim().rsplit("//").next().unwrap().trim_end_matches('/').to_owned();
        Receiver { child, folder, address }
    }

    /// The ids of what is stored, with how often and which answer.
    fn stored(&self) -> BTreeMap<String, Vec<u64>> {
        let export = Command::new(env!("CARGO_BIN_EXE_askwell"))
            .args(["export", "--format", "ndjson"])
            .current_dir(&self.folder)
            .output()
            .unwrap();
        let mut stored: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for line in String::from_utf8(export.stdout).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let id = line["submissionId"].as_str().unwrap().to_owned();
            stored.entry(id).or_default().push(line["answers"]["recommend"].as_u64().unwrap());
        }
        stored
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn body(survey: &Arc<Survey>, id: &str, answer: u64) -> String {
    let mut session =
        Session::new(Arc::clone(survey), Start { id: id.to_owned(), ..Start::default() });
    session.set(0, (answer as i32).into());
    assert!(!session.complete().refused);
    session.submission(48_211.0).to_json()
}

#[test]
fn whoever_was_thanked_is_stored_once() {
    let responses: u64 = match std::env::var("ASKWELL_FAULTS") {
        Ok(count) => count.parse().unwrap(),
        Err(_) => 1_000,
    };
    let seed = std::env::var("ASKWELL_SEED").map_or(20_261_123, |seed| seed.parse().unwrap());
    let receiver = Receiver::start();
    let proxy = Proxy::before(&receiver.address, seed);
    let mut device = Device::new(&proxy.address, seed + 1);
    let mut chance = Chance(seed + 2);
    let survey = Arc::new(Survey::load(SURVEY).unwrap().survey);
    let mut given = BTreeMap::new();
    let mut number = 0;
    while number < responses {
        match chance.below(100) {
            0..30 => {
                let (id, answer) = (format!("r-{number:06}"), number % 11);
                device.finishes(chance.below(2), &id, &body(&survey, &id, answer));
                given.insert(id, answer);
                number += 1;
            }
            30..32 => device.dies(chance.below(2)),
            32..34 => device.online = !device.online,
            34..36 => device.stores = chance.percent(70),
            36..40 => device.comes_back(chance.below(2), Event::Online),
            40..50 => device.waits(),
            _ => drop(device.goes_on()),
        }
    }
    let thanked_in_the_storm = device.thanked.len();
    // The storm is over, and somebody presses "send now" wherever that is offered.
    proxy.calms_down();
    (device.online, device.stores) = (true, true);
    for round in 0.. {
        assert!(round < 100, "something waits for ever");
        for tab in 0..2 {
            device.comes_back(tab, Event::Flush);
        }
        for _ in 0..responses * 4 {
            if !device.goes_on() {
                break;
            }
        }
        device.waits();
        if device.is_done() {
            break;
        }
    }
    // What a proxy's 404 was taken for a refusal is kept; its owner exports it and hands it in.
    for entry in device.refused() {
        let reply = exchange(&receiver.address, &entry);
        assert!(matches!(reply, Some(Reply::Answer { status: 200 | 201, .. })), "{reply:?}");
    }
    let stored = receiver.stored();
    for (id, answers) in &stored {
        assert_eq!(answers.as_slice(), [given[id]], "{id} (seed {seed})");
    }
    let stored: BTreeSet<String> = stored.into_keys().collect();
    let lost: Vec<&String> = device.thanked.difference(&stored).collect();
    assert!(lost.is_empty(), "thanked and lost: {lost:?} (seed {seed})");
    // It was a storm.
    assert_eq!(proxy.met().len(), 12, "{:?}", proxy.met());
    assert!(proxy.met().contains(&Fate::Garbage));
    assert!(thanked_in_the_storm as u64 > responses / 2, "{thanked_in_the_storm}");
}
