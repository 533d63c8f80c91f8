//! Killed in the middle of everything, fifty times: what was acknowledged is there, once.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ureq::Agent;

use crate::receiver::Place;
use crate::respondent::{SURVEY, submission, write_survey};

const KILLS: usize = 50;
const SENDERS: usize = 4;

/// The status of the reply; nothing where the receiver died before it came.
fn post(agent: &Agent, address: &str, body: &str) -> Option<u16> {
    let request = agent.post(format!("{address}/v1/submissions"));
    let reply = request.header("content-type", "application/json").send(body).ok()?;
    Some(reply.status().as_u16())
}

#[test]
fn nothing_acknowledged_is_lost_however_often_it_is_killed() {
    for place in Place::each("kill") {
        write_survey(&place.folder, "trip.json", SURVEY);
        let template = submission("ID", r#"{"recommend": 9, "note": "kept"}"#).to_json();
        let acknowledged = Mutex::new(BTreeSet::new());
        // What nobody acknowledged is sent again after the crash, as an outbox does.
        let open = Mutex::new(Vec::<String>::new());
        for round in 0..KILLS {
            let receiver = place.serve(&["--survey", "trip.json"]);
            let address = receiver.address.clone();
            let count = AtomicUsize::new(0);
            // Some rounds end with the first replies, others in full flight.
            let enough = 1 + (round * 7) % 40;
            let left: Vec<String> = open.lock().unwrap().drain(..).collect();
            let (senders, left) = (&AtomicUsize::new(0), &Mutex::new(left));
            thread::scope(|scope| {
                for _ in 0..SENDERS {
                    scope.spawn(|| {
                        let config = Agent::config_builder().http_status_as_error(false);
                        let agent: Agent = config.build().into();
                        loop {
                            let id = left.lock().unwrap().pop().unwrap_or_else(|| {
                                let number = senders.fetch_add(1, Ordering::SeqCst);
                                format!("{round}-{number}")
                            });
                            match post(&agent, &address, &template.replace("ID", &id)) {
                                Some(200 | 201) => {
                                    count.fetch_add(1, Ordering::SeqCst);
                                    acknowledged.lock().unwrap().insert(id);
                                }
                                Some(status) => panic!("answered with {status}"),
                                None => return open.lock().unwrap().push(id),
                            }
                        }
                    });
                }
                while count.load(Ordering::SeqCst) < enough {
                    thread::yield_now();
                }
                receiver.kill();
            });
            open.lock().unwrap().append(&mut left.lock().unwrap());
        }
        let stored = place.stored(&[]);
        let ids: Vec<String> =
            stored.iter().map(|it| it["submissionId"].as_str().unwrap().to_owned()).collect();
        let distinct: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(distinct.len(), ids.len(), "something is stored twice");
        let acknowledged = acknowledged.into_inner().unwrap();
        let lost: Vec<&String> = acknowledged.difference(&distinct).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        assert!(acknowledged.len() >= KILLS);
    }
}
