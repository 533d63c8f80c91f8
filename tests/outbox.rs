//! The outbox as stories, and under any order of events.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};

use askwell::outbox::{Counts, Effect, Entry, Event, Failure, Outbox, Reply, State, Status};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

const ENDPOINT: &str = "https://example.com/v1/submissions";

/// A device with storage and an endpoint that keeps one submission per id.
#[derive(Default)]
struct World {
    outbox: Outbox,
    now: f64,
    disk: BTreeMap<String, Entry>,
    acknowledged: Vec<String>,
    committed: BTreeSet<String>,
    writes: Vec<(String, Entry)>,
    in_flight: Vec<String>,
    notices: Vec<(String, Status, Option<Failure>)>,
    wake_at: Option<f64>,
}

impl World {
    fn tell(&mut self, event: Event) -> &mut Self {
        for effect in self.outbox.handle(event, self.now, 0.5) {
            match effect {
                Effect::Persist(id) => {
                    let entry = self.outbox.entry(&id).expect("an entry to write").clone();
                    self.writes.push((id, entry));
                }
                Effect::Acknowledge { id, .. } => {
                    assert!(self.committed.contains(&id), "{id} removed, but never arrived");
                    self.disk.remove(&id);
                    self.writes.retain(|(written, _)| *written != id);
                    self.acknowledged.push(id);
                }
                Effect::Send(id) => {
                    assert!(!self.in_flight.contains(&id), "{id} is in flight twice");
                    assert!(!self.acknowledged.contains(&id), "{id} sent after it arrived");
                    self.in_flight.push(id);
                }
                Effect::WakeAt(at) => {
                    assert!(at > self.now, "a wake-up call in the past");
                    self.wake_at = Some(at);
                }
                Effect::Notify(notice) => {
                    self.notices.push((notice.id, notice.status, notice.failure));
                }
            }
        }
        self
    }

    fn add(&mut self, id: &str) -> &mut Self {
        self.add_to(id, ENDPOINT)
    }

    fn add_to(&mut self, id: &str, endpoint: &str) -> &mut Self {
        self.tell(Event::Added(Entry::new(id, "tour", endpoint, &body(id))))
    }

    fn write(&mut self, works: bool) -> &mut Self {
        if self.writes.is_empty() {
            return self;
        }
        let (id, entry) = self.writes.remove(0);
        if works {
            self.disk.insert(id.clone(), entry);
            self.tell(Event::Stored(id))
        } else {
            self.tell(Event::Unstored(id))
        }
    }

    fn reply(&mut self, id: &str, reply: Reply) -> &mut Self {
        self.in_flight.retain(|sent| sent != id);
        self.tell(Event::Reply(id.to_owned(), reply))
    }

    fn answer(&mut self, id: &str, status: u16) -> &mut Self {
        if (200..300).contains(&status) {
            self.committed.insert(id.to_owned());
        }
        self.reply(id, Reply::Answer { status, retry_after: None, body: String::new() })
    }

    fn wait(&mut self, ms: f64) -> &mut Self {
        self.now += ms;
        self.tell(Event::Tick)
    }

    /// The tab dies and another one starts from what is on disk.
    fn crash(&mut self) -> &mut Self {
        self.outbox = Outbox::default();
        self.in_flight.clear();
        self.writes.clear();
        self.reread()
    }

    fn reread(&mut self) -> &mut Self {
        self.tell(Event::Restored(self.disk.values().cloned().collect()))
    }

    fn state(&self, id: &str) -> Option<State> {
        self.outbox.entry(id).map(|entry| entry.state)
    }

    fn last_notice(&self) -> (&str, Status, Option<Failure>) {
        let (id, status, failure) = self.notices.last().expect("a notice");
        (id, *status, *failure)
    }
}

fn body(id: &str) -> String {
    format!("{{\"submissionId\":\"{id}\"}}")
}

#[test]
fn is_written_then_sent_then_acknowledged() {
    let mut world = World::default();
    world.add("a");
    assert_eq!(world.state("a"), Some(State::Draft));
    assert!(world.in_flight.is_empty() && world.notices.is_empty());
    world.write(true).answer("a", 201);
    let told: Vec<Status> = world.notices.iter().map(|(_, status, _)| *status).collect();
    assert_eq!(told, [Status::Saved, Status::Sending, Status::Sent]);
    assert_eq!(world.outbox.counts(), Counts { acknowledged: 1, ..Counts::default() });
    assert!(world.disk.is_empty());
}

/// Formbricks dropped an answer without a word when the write failed (formbricks#8029).
#[test]
fn is_sent_at_once_where_storage_fails() {
    let mut world = World::default();
    world.add("a").write(false);
    assert_eq!(world.notices[0].1, Status::Unsaved);
    assert_eq!(world.in_flight, ["a"]);
    assert_eq!(world.outbox.counts().unsaved, 1);
    world.reply("a", Reply::Unreachable).write(true);
    assert_eq!(world.last_notice(), ("a", Status::Saved, None));
    assert_eq!(world.outbox.counts().unsaved, 0);
}

/// A timeout after the commit made second records (formbricks#7430).
#[test]
fn a_lost_reply_sends_the_same_id_again() {
    let mut world = World::default();
    world.add("a").write(true);
    world.committed.insert("a".to_owned());
    world.reply("a", Reply::Unreachable);
    assert_eq!(world.last_notice(), ("a", Status::Waiting, Some(Failure::Unreachable)));
    world.wait(999.0);
    assert!(world.in_flight.is_empty());
    world.wait(1.0);
    assert_eq!(world.in_flight, ["a"]);
    assert_eq!(world.outbox.entry("a").unwrap().body, body("a"));
    world.answer("a", 200);
    assert_eq!(world.acknowledged, ["a"]);
}

/// Formbricks deleted what the endpoint refused, and stopped behind it (formbricks#8379).
#[test]
fn what_is_refused_is_kept_and_blocks_nothing() {
    let mut world = World::default();
    world.add("a").add("b").add("c").write(true).write(true).write(true);
    world.answer("a", 422).answer("b", 500);
    assert_eq!(world.state("a"), Some(State::Quarantined));
    world.answer("c", 201).write(true);
    world.crash().tell(Event::Flush);
    assert!(!world.in_flight.contains(&"a".to_owned()));
    assert_eq!(world.outbox.entry("a").unwrap().failure, Some(Failure::Status(422)));
    assert_eq!(world.disk.keys().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn an_unreadable_reply_is_kept_as_unverified() {
    let mut world = World::default();
    world.add("a").write(true).reply("a", Reply::Opaque).write(true);
    assert_eq!(world.last_notice(), ("a", Status::Unverified, None));
    world.crash().wait(1e9).tell(Event::Flush);
    assert!(world.in_flight.is_empty());
    assert_eq!(world.outbox.counts().unverified, 1);
}

#[test]
fn a_missing_permission_pauses_and_says_so() {
    let mut world = World::default();
    world.add("a").write(true).answer("a", 403);
    assert_eq!(world.last_notice(), ("a", Status::Paused, Some(Failure::Status(403))));
    assert_eq!(world.wake_at, Some(300_000.0));
    world.wait(300_000.0);
    assert_eq!(world.in_flight, ["a"]);
}

/// A proxy's error page was taken for a refusal, and the answer never sent again.
#[test]
fn a_page_from_something_on_the_way_is_tried_again_ever_more_rarely() {
    let mut world = World::default();
    world.add("a").write(true);
    let page = || Reply::Answer {
        status: 404,
        retry_after: None,
        body: "<html><h1>404 Not Found</h1><hr>nginx</html>".to_owned(),
    };
    let mut waits = Vec::new();
    for _ in 0..14 {
        let before = world.now;
        world.reply("a", page()).write(true);
        assert_eq!(world.last_notice(), ("a", Status::Paused, Some(Failure::Status(404))));
        let wait = world.wake_at.expect("another attempt") - before;
        waits.push(wait / 60_000.0);
        world.wait(wait);
        assert_eq!(world.in_flight, ["a"]);
    }
    assert_eq!((waits[0], waits[1], waits[13]), (5.0, 10.0, 60.0));
    world.answer("a", 201);
    assert_eq!(world.acknowledged, ["a"]);
}

#[test]
fn retry_after_holds_the_whole_endpoint_and_no_other() {
    let mut world = World::default();
    world.add("a").write(true);
    let retry_after = Some("60".to_owned());
    world.reply("a", Reply::Answer { status: 429, retry_after, body: String::new() }).write(true);
    world.add("b").write(true).add_to("c", "https://elsewhere.example").write(true);
    assert_eq!(world.in_flight, ["c"]);
    world.tell(Event::Online).wait(59_000.0);
    assert_eq!(world.in_flight, ["c"]);
    world.wait(2000.0);
    assert_eq!(world.in_flight, ["c", "b", "a"]);
}

#[test]
fn coming_online_hastens_what_was_unreachable_only() {
    let mut world = World::default();
    world.add("a").add("b").write(true).write(true);
    world.reply("a", Reply::Unreachable).answer("b", 503).tell(Event::Online);
    assert_eq!(world.in_flight, ["a"]);
    world.tell(Event::Flush);
    assert_eq!(world.in_flight, ["a", "b"]);
}

/// Following it would have turned POST into GET and a sign-in page into an acknowledgement.
#[test]
fn a_redirect_is_no_acknowledgement() {
    let mut world = World::default();
    world.add("a").write(true).reply("a", Reply::Redirected);
    assert_eq!(world.last_notice(), ("a", Status::Waiting, Some(Failure::Redirected)));
}

#[test]
fn a_crash_while_sending_sends_again() {
    let mut world = World::default();
    world.add("a").write(true).crash();
    assert_eq!(world.in_flight, ["a"]);
    let mut sending = world.outbox.entry("a").unwrap().clone();
    assert_eq!(sending.state, State::Sending);
    sending.next_attempt_at = 5000.0;
    let mut next = World::default();
    next.tell(Event::Restored(vec![sending]));
    assert_eq!(next.in_flight, ["a"]);
}

/// The same draft open in two tabs made two records (enketo#942).
#[test]
fn another_tab_may_be_sending_or_done() {
    let mut world = World::default();
    world.add("a").write(true).reply("a", Reply::Busy);
    assert_eq!(world.outbox.entry("a").unwrap().attempts, 0);
    world.wait(5000.0);
    assert_eq!(world.in_flight, ["a"]);
    world.committed.insert("a".to_owned());
    world.reply("a", Reply::Elsewhere);
    assert_eq!(world.last_notice(), ("a", Status::Sent, None));
    assert_eq!(world.outbox.counts().waiting, 0);
}

#[test]
fn finishing_twice_is_finishing_once() {
    let mut world = World::default();
    world.add("a").add("a").write(true).write(true).add("a");
    assert_eq!(world.last_notice(), ("a", Status::Saved, None));
    world.answer("a", 201).add("a");
    assert_eq!(world.last_notice(), ("a", Status::Sent, None));
    assert_eq!(world.acknowledged, ["a"]);
    assert!(world.in_flight.is_empty() && world.writes.is_empty());
}

/// The removal from storage failed, or storage was read just before it.
#[test]
fn a_late_copy_of_what_arrived_is_removed_and_not_sent() {
    let mut world = World::default();
    world.add("a").write(true);
    let copies: Vec<Entry> = world.disk.values().cloned().collect();
    world.answer("a", 201).tell(Event::Restored(copies));
    assert!(world.in_flight.is_empty());
    assert_eq!(world.acknowledged, ["a", "a"]);
    assert_eq!(world.outbox.counts().acknowledged, 1);
}

/// Offline tablets have the wrong clock (getodk#983).
#[test]
fn a_clock_set_back_strands_nothing() {
    let mut world = World { now: 1e15, ..World::default() };
    world.add("a").write(true).answer("a", 503).write(true);
    world.now = 0.0;
    world.crash();
    assert_eq!(world.in_flight, ["a"]);
}

#[test]
fn few_travel_at_once_to_one_endpoint() {
    let mut world = World::default();
    for id in ["a", "b", "c", "d"] {
        world.add(id).write(true);
    }
    assert_eq!(world.in_flight, ["a", "b"]);
    world.add_to("e", "https://elsewhere.example").write(true);
    world.answer("a", 201);
    assert_eq!(world.in_flight, ["b", "e", "c"]);
}

#[derive(Clone, Debug)]
enum Step {
    Add(u8),
    Write(bool),
    Arrives { which: usize, status: u16 },
    Lost { which: usize, arrived: bool },
    Refused { which: usize, status: u16, retry_after: Option<u16> },
    Strange { which: usize, kind: u8 },
    Stray(u8),
    Wait(u32),
    ClockSetBack(u32),
    Online,
    Flush,
    Reread,
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..8_u8).prop_map(Step::Add),
        6 => prop::bool::weighted(0.8).prop_map(Step::Write),
        4 => (any::<usize>(), 200..205_u16).prop_map(|(which, status)| Step::Arrives { which, status }),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, arrived)| Step::Lost { which, arrived }),
        3 => (any::<usize>(), 300..600_u16, prop::option::of(0..500_u16))
            .prop_map(|(which, status, retry_after)| Step::Refused { which, status, retry_after }),
        1 => (any::<usize>(), 0..3_u8).prop_map(|(which, kind)| Step::Strange { which, kind }),
        1 => (0..8_u8).prop_map(Step::Stray),
        3 => (0..400_000_u32).prop_map(Step::Wait),
        1 => (0..400_000_000_u32).prop_map(Step::ClockSetBack),
        1 => Just(Step::Online),
        1 => Just(Step::Flush),
        1 => Just(Step::Reread),
        1 => Just(Step::Crash),
    ]
}

impl World {
    fn pick(&self, which: usize) -> Option<String> {
        self.in_flight.get(which.checked_rem(self.in_flight.len())?).cloned()
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Add(n) => {
                // A page knows of its own submissions only, so it never finishes one again that
                // an earlier page delivered.
                let id = format!("id-{n}");
                if !self.acknowledged.contains(&id) {
                    self.add(&id);
                }
            }
            Step::Write(works) => {
                self.write(works);
            }
            Step::Arrives { which, status } => {
                if let Some(id) = self.pick(which) {
                    self.answer(&id, status);
                }
            }
            Step::Lost { which, arrived } => {
                if let Some(id) = self.pick(which) {
                    if arrived {
                        self.committed.insert(id.clone());
                    }
                    self.reply(&id, Reply::Unreachable);
                }
            }
            Step::Refused { which, status, retry_after } => {
                if let Some(id) = self.pick(which) {
                    if status == 409 {
                        self.committed.insert(id.clone());
                    }
                    let retry_after = retry_after.map(|seconds| seconds.to_string());
                    self.reply(&id, Reply::Answer { status, retry_after, body: String::new() });
                }
            }
            Step::Strange { which, kind } => {
                if let Some(id) = self.pick(which) {
                    let reply = match kind {
                        0 => Reply::Redirected,
                        1 => Reply::Opaque,
                        _ => Reply::Busy,
                    };
                    self.reply(&id, reply);
                }
            }
            Step::Stray(n) => {
                let id = format!("id-{n}");
                if !self.in_flight.contains(&id) {
                    let body = String::new();
                    self.tell(Event::Reply(
                        id,
                        Reply::Answer { status: 200, retry_after: None, body },
                    ));
                }
            }
            Step::Wait(ms) => {
                self.wait(f64::from(ms));
            }
            Step::ClockSetBack(ms) => {
                self.now = (self.now - f64::from(ms)).max(0.0);
                self.tell(Event::Tick);
            }
            Step::Online => {
                self.tell(Event::Online);
            }
            Step::Flush => {
                self.tell(Event::Flush);
            }
            Step::Reread => {
                self.reread();
            }
            Step::Crash => {
                self.crash();
            }
        }
    }

    /// From here on everything works: writes, network, endpoint.
    fn heal(&mut self) {
        for _ in 0..1000 {
            while !self.writes.is_empty() {
                self.write(true);
            }
            match self.in_flight.first().cloned() {
                Some(id) => self.answer(&id, 200),
                None if self.outbox.counts().waiting > 0 => self.wait(300_000.0),
                None => return,
            };
        }
        panic!("the queue does not drain");
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 500, rng_seed: RngSeed::Fixed(20_261_102), failure_persistence: None, ..Config::default()
    })]

    /// `World::tell` checks at every effect that no id is in flight twice, none is sent after it
    /// arrived, and none leaves the disk before it arrived.
    #[test]
    fn each_arrives_once_and_none_is_lost(steps in prop::collection::vec(step(), 0..120)) {
        let mut world = World::default();
        let mut promised = BTreeSet::new();
        for step in &steps {
            world.take(step);
            for (id, status, _) in world.notices.drain(..) {
                if status == Status::Saved {
                    promised.insert(id);
                }
            }
            for id in &promised {
                prop_assert!(
                    world.disk.contains_key(id) || world.acknowledged.contains(id),
                    "{} was saved and is neither on disk nor acknowledged", id
                );
            }
            for (id, entry) in &world.disk {
                prop_assert_eq!(&entry.body, &body(id));
            }
        }
        let known: BTreeSet<String> = world.outbox.entries().map(|entry| entry.id.clone()).collect();
        world.heal();
        for id in known.iter().chain(&promised) {
            let settled = matches!(world.state(id), Some(State::Quarantined | State::Unverified));
            prop_assert!(settled || world.committed.contains(id), "{} never arrived", id);
        }
        let once: BTreeSet<&String> = world.acknowledged.iter().collect();
        prop_assert_eq!(once.len(), world.acknowledged.len(), "acknowledged twice");
    }
}
