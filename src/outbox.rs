//! The outbox: what happens to a submission between "finished" and "acknowledged by the endpoint".
//!
//! A pure state machine: events in, effects out. It reads no clock, draws no random number and
//! does no I/O, so the same events give the same effects in a test, in a tab and in a service
//! worker. Whoever runs it (in browsers, the courier) carries out the effects and reports back.
//!
//! ```text
//!            Stored             due                2xx, 409 of a stranger
//!   draft ──────────▶ ready ──────────▶ sending ──────────────────────────▶ acknowledged
//!     │   Unstored      ▲    due          │  │ unreachable, 5xx, 408, 425, 429, redirect, 401, 403, a proxy's page
//!     └────(unsaved)────┘    retry ◀──────┘  │
//!                              └──▶ sending  ├─▶ quarantined  (any other 4xx, our receiver's 409)
//!                                            └─▶ unverified   (the reply cannot be read)
//! ```
//!
//! # Invariants
//!
//! 1. **Nothing is lost.** An entry leaves the outbox only when it is acknowledged; there is no
//!    event that deletes one. Refused and unverified entries stay, to be exported.
//! 2. **Written before it is sent.** A new entry is sent only after `Stored`, or after `Unstored`
//!    said that storage fails; the latter is the one case in which a closed tab could lose it, and
//!    it is told as [`Status::Unsaved`].
//! 3. **One id, one delivery.** The id and the body never change, one id is never in flight twice,
//!    and once acknowledged it is never sent again. A crash while sending makes it due again: the
//!    endpoint tells the same id by its `Idempotency-Key`.
//! 4. **No entry blocks another.** Each waits for its own time. Only an endpoint's own
//!    `Retry-After` holds its other entries too.
//!
//! ```
//! use askwell::outbox::{Effect, Entry, Event, Outbox, Reply, Status};
//!
//! let mut outbox = Outbox::default();
//! let entry = Entry::new("0198", "tour", "https://example.com/v1/submissions", "{…}");
//! let effects = outbox.handle(Event::Added(entry), 0.0, 0.5);
//! assert_eq!(effects, [Effect::Persist("0198".into())]);
//!
//! let effects = outbox.handle(Event::Stored("0198".into()), 0.0, 0.5);
//! assert!(effects.contains(&Effect::Send("0198".into())));
//!
//! let reply = Reply::Answer { status: 201, retry_after: None, body: String::new() };
//! let effects = outbox.handle(Event::Reply("0198".into(), reply), 10.0, 0.5);
//! let done = Effect::Acknowledge { id: "0198".into(), survey: "tour".into() };
//! assert!(effects.contains(&done));
//! assert_eq!(outbox.counts().acknowledged, 1);
//! ```

mod backoff;
mod entry;
mod reply;

use backoff::{LONGEST_WAIT_MS, backoff, pause};
pub use entry::{Entry, State};
pub use reply::{Failure, Reply, Verdict, judge};

/// How many entries travel to one endpoint at the same time: enough to drain a queue after days
/// offline, few enough that a hall of devices behind one address is not taken for an attack.
const IN_FLIGHT: usize = 2;

/// How long to leave an entry alone that another tab is sending.
const BUSY_MS: f64 = 5000.0;

/// How many acknowledged ids are remembered to recognise a late copy of one.
const REMEMBERED: usize = 256;

/// What the outbox is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What storage holds, at the start and whenever it was read again.
    Restored(Vec<Entry>),
    /// A finished submission.
    Added(Entry),
    /// A [`Effect::Persist`] is durable.
    Stored(String),
    /// A [`Effect::Persist`] failed.
    Unstored(String),
    /// Time has passed, as asked for by [`Effect::WakeAt`].
    Tick,
    /// The network may be back: the device says so, or the page is shown again.
    Online,
    /// Someone wants everything to be tried now.
    Flush,
    /// What came of a [`Effect::Send`].
    Reply(String, Reply),
}

/// What the outbox wants done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write the entry of this id durably; then tell `Stored` or `Unstored`.
    Persist(String),
    /// Remove the entry of this id from storage and note its id as acknowledged, under its survey
    /// and in one step.
    Acknowledge { id: String, survey: String },
    /// Send the entry of this id; then tell `Reply`, whatever happens.
    Send(String),
    /// Tell `Tick` at this moment. Only the latest wish counts.
    WakeAt(f64),
    /// Tell people.
    Notify(Notice),
}

/// What became of one submission, for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The submission's id.
    pub id: String,
    pub status: Status,
    /// What went wrong, where something did.
    pub failure: Option<Failure>,
}

/// Where a submission is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Durable on this device: "thank you" may be said.
    Saved,
    /// Storage failed; it is sent at once and lives in this page only until then.
    Unsaved,
    Sending,
    /// The endpoint has it.
    Sent,
    /// It could not be sent now and will be tried again.
    Waiting,
    /// As waiting, but the endpoint asks for a permission: its owner has to mend something.
    Paused,
    /// The endpoint refused it for good; it is kept.
    Refused,
    /// It was sent, but the reply cannot be read; it is kept.
    Unverified,
}

/// How many submissions are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not yet delivered, though it may be on its way.
    pub waiting: usize,
    /// Of those waiting, how many are not in storage.
    pub unsaved: usize,
    pub refused: usize,
    pub unverified: usize,
    /// Acknowledged since this outbox was made.
    pub acknowledged: usize,
}

/// The state machine; see the [module](self) for its rules.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// In the order of their ids, which is that of time.
    items: Vec<Item>,
    /// Until when which endpoint asked to be left alone.
    holds: Vec<(String, f64)>,
    acknowledged: usize,
    /// The latest acknowledged ids.
    remembered: Vec<String>,
}

#[derive(Clone, Debug)]
struct Item {
    entry: Entry,
    durable: bool,
}

impl Outbox {
    /// Takes an event at a moment in milliseconds, and returns what has to be done.
    ///
    /// `chance` is a random number from 0 up to 1 that spreads retries over time.
    pub fn handle(&mut self, event: Event, now_ms: f64, chance: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Restored(entries) => self.restore(entries, &mut effects),
            Event::Added(entry) => self.add(entry, &mut effects),
            Event::Stored(id) => self.stored(&id, true, &mut effects),
            Event::Unstored(id) => self.stored(&id, false, &mut effects),
            Event::Tick => {}
            Event::Online => self.hasten(|entry| entry.failure == Some(Failure::Unreachable)),
            Event::Flush => {
                self.holds.clear();
                self.hasten(|_| true);
            }
            Event::Reply(id, reply) => self.reply(id, &reply, now_ms, chance, &mut effects),
        }
        self.send_due(now_ms, &mut effects);
        effects
    }

    /// The entry of that id, unless it is acknowledged.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.item(id).map(|item| &item.entry)
    }

    /// Everything that is not acknowledged, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().map(|item| &item.entry)
    }

    /// True while a copy of the entry is in storage, as far as is known.
    pub fn is_durable(&self, id: &str) -> bool {
        self.item(id).is_some_and(|item| item.durable)
    }

    /// How many submissions are where.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { acknowledged: self.acknowledged, ..Counts::default() };
        for item in &self.items {
            match item.entry.state {
                State::Quarantined => counts.refused += 1,
                State::Unverified => counts.unverified += 1,
                _ => {
                    counts.waiting += 1;
                    counts.unsaved += usize::from(!item.durable);
                }
            }
        }
        counts
    }

    fn restore(&mut self, entries: Vec<Entry>, effects: &mut Vec<Effect>) {
        for mut entry in entries {
            if self.remembered.contains(&entry.id) {
                effects.push(Effect::Acknowledge { id: entry.id, survey: entry.survey });
            } else if self.item(&entry.id).is_none() {
                match entry.state {
                    State::Draft => entry.state = State::Ready,
                    State::Sending => {
                        entry.state = State::Retry;
                        entry.next_attempt_at = 0.0;
                    }
                    _ => {}
                }
                self.insert(Item { entry, durable: true });
            }
        }
    }

    fn add(&mut self, entry: Entry, effects: &mut Vec<Effect>) {
        let id = entry.id.clone();
        if self.remembered.contains(&id) {
            effects.push(notify(id, Status::Sent, None));
        } else if let Some(item) = self.item(&id) {
            effects.extend(item.status().map(|status| notify(id, status, item.entry.failure)));
        } else {
            self.insert(Item { entry, durable: false });
            effects.push(Effect::Persist(id));
        }
    }

    fn stored(&mut self, id: &str, durable: bool, effects: &mut Vec<Effect>) {
        let Some(item) = self.item_mut(id) else { return };
        let draft = item.entry.state == State::Draft;
        if draft {
            item.entry.state = State::Ready;
        }
        if draft || (durable && !item.durable) {
            item.durable = durable;
            let status = if durable { Status::Saved } else { Status::Unsaved };
            effects.push(notify(id.to_owned(), status, None));
        }
    }

    /// Makes those of the waiting entries due that are asked for.
    fn hasten(&mut self, which: impl Fn(&Entry) -> bool) {
        for Item { entry, .. } in &mut self.items {
            if entry.state == State::Retry && which(entry) {
                entry.next_attempt_at = 0.0;
            }
        }
    }

    fn reply(
        &mut self,
        id: String,
        reply: &Reply,
        now_ms: f64,
        chance: f64,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Item { entry, .. }) = self.item_mut(&id) else { return };
        if entry.state != State::Sending {
            return;
        }
        let verdict = judge(reply, now_ms);
        if verdict == Verdict::Busy {
            entry.state = State::Retry;
            entry.attempts = entry.attempts.saturating_sub(1);
            entry.next_attempt_at = now_ms + BUSY_MS;
            return;
        }
        entry.failure = verdict.failure();
        let mut hold = None;
        let status = match verdict {
            Verdict::Busy => return,
            Verdict::Acknowledged => {
                let survey = entry.survey.clone();
                self.items.retain(|item| item.entry.id != id);
                effects.push(Effect::Acknowledge { id: id.clone(), survey });
                effects.push(notify(id.clone(), Status::Sent, None));
                self.remember(id);
                return;
            }
            Verdict::Retry { wait_ms, .. } => {
                let wait = wait_ms.map_or_else(
                    || backoff(entry.attempts, chance),
                    |wait| wait + backoff(1, chance),
                );
                entry.state = State::Retry;
                entry.next_attempt_at = now_ms + wait;
                hold = wait_ms.map(|_| (entry.endpoint.clone(), entry.next_attempt_at));
                Status::Waiting
            }
            Verdict::Paused(_) => {
                entry.state = State::Retry;
                entry.next_attempt_at = now_ms + pause(entry.attempts);
                Status::Paused
            }
            Verdict::Quarantined(_) => {
                entry.state = State::Quarantined;
                Status::Refused
            }
            Verdict::Unverified => {
                entry.state = State::Unverified;
                Status::Unverified
            }
        };
        let failure = entry.failure;
        if let Some((endpoint, _)) = &hold {
            self.holds.retain(|(held, _)| held != endpoint);
            self.holds.extend(hold);
        }
        effects.push(Effect::Persist(id.clone()));
        effects.push(notify(id, status, failure));
    }

    fn remember(&mut self, id: String) {
        self.acknowledged += 1;
        self.remembered.push(id);
        if self.remembered.len() > REMEMBERED {
            self.remembered.remove(0);
        }
    }

    /// Sends what is due, what is new first, and asks to be woken for the rest.
    fn send_due(&mut self, now_ms: f64, effects: &mut Vec<Effect>) {
        self.holds.retain(|(_, until)| is_ahead(*until, now_ms));
        let entries = || self.items.iter().map(|item| &item.entry);
        let mut in_flight: Vec<String> = entries()
            .filter(|entry| entry.state == State::Sending)
            .map(|entry| entry.endpoint.clone())
            .collect();
        let mut wake_at = f64::INFINITY;
        for state in [State::Ready, State::Retry] {
            for Item { entry, .. } in self.items.iter_mut().filter(|item| item.entry.state == state)
            {
                let hold = self.holds.iter().find(|(endpoint, _)| *endpoint == entry.endpoint);
                let due_at = hold.map_or(0.0, |hold| hold.1).max(entry.next_attempt_at);
                if is_ahead(due_at, now_ms) {
                    wake_at = wake_at.min(due_at);
                } else if in_flight.iter().filter(|to| **to == entry.endpoint).count() < IN_FLIGHT {
                    in_flight.push(entry.endpoint.clone());
                    entry.state = State::Sending;
                    entry.attempts = entry.attempts.saturating_add(1);
                    effects.push(notify(entry.id.clone(), Status::Sending, None));
                    effects.push(Effect::Send(entry.id.clone()));
                }
            }
        }
        if wake_at.is_finite() {
            effects.push(Effect::WakeAt(wake_at));
        }
    }

    fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.entry.id == id)
    }

    fn item_mut(&mut self, id: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.entry.id == id)
    }

    fn insert(&mut self, item: Item) {
        let at = self.items.partition_point(|other| other.entry.id < item.entry.id);
        self.items.insert(at, item);
    }
}

impl Item {
    /// What can be told of an entry that is asked about again; nothing before it is stored.
    fn status(&self) -> Option<Status> {
        match self.entry.state {
            State::Draft => None,
            State::Quarantined => Some(Status::Refused),
            State::Unverified => Some(Status::Unverified),
            _ if self.durable => Some(Status::Saved),
            _ => Some(Status::Unsaved),
        }
    }
}

fn notify(id: String, status: Status, failure: Option<Failure>) -> Effect {
    Effect::Notify(Notice { id, status, failure })
}

/// True for a moment still to come. One that is further off than anything ever waits was noted
/// by a clock that has since been set back, and counts as past: no wall clock may strand an entry.
fn is_ahead(moment: f64, now_ms: f64) -> bool {
    moment > now_ms && moment <= now_ms + LONGEST_WAIT_MS
}
