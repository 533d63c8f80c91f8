//! A device with two tabs that share one storage, as browsers run the outbox: locks, an
//! acknowledged log, a clock that jumps to whatever is due, tabs that die, storage that refuses.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use askwell::outbox::{Effect, Entry, Event, Outbox, Reply, State, Status};

use crate::proxy::Chance;

/// How long an endpoint may take here; half a minute in browsers.
const LIMIT: Duration = Duration::from_millis(400);

#[derive(Default)]
struct Tab {
    outbox: Outbox,
    wake_at: Option<f64>,
    writes: Vec<Write_>,
    in_flight: Vec<String>,
}

enum Write_ {
    Persist(Box<Entry>),
    Acknowledge(String),
}

pub struct Device {
    endpoint: String,
    chance: Chance,
    now: f64,
    tabs: [Tab; 2],
    disk: BTreeMap<String, String>,
    acknowledged: BTreeSet<String>,
    locks: BTreeSet<String>,
    /// Those whose "thank you" was seen.
    pub thanked: BTreeSet<String>,
    pub online: bool,
    /// Whether storage takes anything.
    pub stores: bool,
}

impl Device {
    pub fn new(endpoint: &str, seed: u64) -> Device {
        Device {
            endpoint: endpoint.to_owned(),
            chance: Chance(seed),
            now: 1_793_607_330_250.0,
            tabs: [Tab::default(), Tab::default()],
            disk: BTreeMap::new(),
            acknowledged: BTreeSet::new(),
            locks: BTreeSet::new(),
            thanked: BTreeSet::new(),
            online: true,
            stores: true,
        }
    }

    /// Somebody finishes a survey in a tab.
    pub fn finishes(&mut self, tab: usize, id: &str, body: &str) {
        let address = format!("http://{}/v1/submissions", self.endpoint);
        self.tell(tab, Event::Added(Entry::new(id, "trip", &address, body)));
    }

    /// One of the things that are under way goes on; false where nothing is.
    pub fn goes_on(&mut self) -> bool {
        let tab = self.chance.below(2);
        for tab in [tab, 1 - tab] {
            let (writes, flights) = (self.tabs[tab].writes.len(), self.tabs[tab].in_flight.len());
            if writes > 0 && (flights == 0 || self.chance.percent(70)) {
                self.writes(tab);
                return true;
            }
            if flights > 0 {
                let flight = self.chance.below(flights);
                self.arrives(tab, flight);
                return true;
            }
        }
        false
    }

    /// Time passes until something is due.
    pub fn waits(&mut self) {
        let due = |tab: &Tab| tab.wake_at.unwrap_or(f64::INFINITY);
        let next = due(&self.tabs[0]).min(due(&self.tabs[1]));
        self.now = if next.is_finite() { self.now.max(next) } else { self.now + 60_000.0 };
        for tab in 0..2 {
            self.tabs[tab].wake_at = None;
            self.tell(tab, Event::Tick);
        }
    }

    /// A tab is shown again: it reads what others left.
    pub fn comes_back(&mut self, tab: usize, event: Event) {
        let entries = self.disk.values().filter_map(|json| Entry::from_json(json)).collect();
        self.tell(tab, Event::Restored(entries));
        self.tell(tab, event);
    }

    /// A tab dies. What it was sending may still arrive; nobody hears of it.
    pub fn dies(&mut self, tab: usize) {
        let dead = std::mem::take(&mut self.tabs[tab]);
        for id in dead.in_flight {
            if self.chance.percent(50)
                && let Some(entry) = dead.outbox.entry(&id)
            {
                let _ = self.post(entry.clone());
            }
            self.locks.remove(&id);
        }
        self.comes_back(tab, Event::Tick);
    }

    /// What the endpoint refused for good, to be exported and handed in by its owner.
    pub fn refused(&self) -> Vec<Entry> {
        let entries = self.disk.values().filter_map(|json| Entry::from_json(json));
        entries.filter(|it| it.state == State::Quarantined).collect()
    }

    /// Nothing is left to do for any tab.
    pub fn is_done(&self) -> bool {
        self.disk.len() == self.refused().len()
            && self.tabs.iter().all(|tab| {
                tab.outbox.counts().waiting == 0
                    && tab.writes.is_empty()
                    && tab.in_flight.is_empty()
            })
    }

    fn tell(&mut self, tab: usize, event: Event) {
        let chance = self.chance.fraction();
        for effect in self.tabs[tab].outbox.handle(event, self.now, chance) {
            match effect {
                Effect::Persist(id) => {
                    let entry = self.tabs[tab].outbox.entry(&id).unwrap().clone();
                    self.tabs[tab].writes.push(Write_::Persist(Box::new(entry)));
                }
                Effect::Acknowledge { id, .. } => {
                    self.tabs[tab].writes.push(Write_::Acknowledge(id));
                }
                Effect::Send(id) => self.sets_out(tab, id),
                Effect::WakeAt(at) => self.tabs[tab].wake_at = Some(at),
                Effect::Notify(notice) => {
                    if matches!(notice.status, Status::Saved | Status::Sent) {
                        self.thanked.insert(notice.id);
                    }
                }
            }
        }
    }

    fn writes(&mut self, tab: usize) {
        match self.tabs[tab].writes.remove(0) {
            Write_::Persist(entry) => {
                let id = entry.id.clone();
                if self.stores {
                    // What another tab has acknowledged meanwhile is sent once more at worst.
                    self.disk.insert(id.clone(), entry.to_json());
                    self.tell(tab, Event::Stored(id));
                } else {
                    self.tell(tab, Event::Unstored(id));
                }
            }
            Write_::Acknowledge(id) => {
                self.disk.remove(&id);
                self.acknowledged.insert(id);
            }
        }
    }

    /// Takes the lock, as the courier does; a tab that holds something in memory only sends at once.
    fn sets_out(&mut self, tab: usize, id: String) {
        let reply = if !self.tabs[tab].outbox.is_durable(&id) {
            None
        } else if !self.locks.insert(id.clone()) {
            Some(Reply::Busy)
        } else if self.acknowledged.contains(&id) {
            self.locks.remove(&id);
            Some(Reply::Elsewhere)
        } else {
            None
        };
        match reply {
            Some(reply) => self.tell(tab, Event::Reply(id, reply)),
            None => self.tabs[tab].in_flight.push(id),
        }
    }

    fn arrives(&mut self, tab: usize, flight: usize) {
        let id = self.tabs[tab].in_flight.remove(flight);
        let entry = self.tabs[tab].outbox.entry(&id).cloned();
        let reply = entry.map_or(Reply::Elsewhere, |entry| self.post(entry));
        self.tell(tab, Event::Reply(id.clone(), reply));
        // The lock lasts until other tabs can read what came of it.
        while !self.tabs[tab].writes.is_empty() {
            self.writes(tab);
        }
        self.locks.remove(&id);
    }

    fn post(&mut self, entry: Entry) -> Reply {
        // A refused preflight looks the same: nothing was sent.
        if !self.online || self.chance.percent(3) {
            return Reply::Unreachable;
        }
        exchange(&self.endpoint, &entry).unwrap_or(Reply::Unreachable)
    }
}

/// One request over a real connection; nothing where no readable answer comes.
pub fn exchange(endpoint: &str, entry: &Entry) -> Option<Reply> {
    let request = entry.format.encode(&entry.endpoint, entry.submission_id(), &entry.body);
    let mut stream = TcpStream::connect(endpoint).ok()?;
    stream.set_read_timeout(Some(LIMIT)).ok()?;
    let mut text =
        format!("POST /v1/submissions HTTP/1.1\r\nhost: {endpoint}\r\nconnection: close\r\n");
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n{}", request.body.len(), request.body));
    stream.write_all(text.as_bytes()).ok()?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).ok()?;
    let reply = String::from_utf8(reply).ok()?;
    let (head, body) = reply.split_once("\r\n\r\n")?;
    let status: u16 = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let after = head.lines().find_map(|line| line.strip_prefix("retry-after: "));
    if (300..400).contains(&status) {
        return Some(Reply::Redirected);
    }
    Some(Reply::Answer { status, retry_after: after.map(str::to_owned), body: body.to_owned() })
}
