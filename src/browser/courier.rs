//! The courier: runs the outbox on this browser's storage, network and clock.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::connectivity::{Change, Watch};
use super::database::Database;
use super::promise::after;
use super::random::chance;
#[cfg(lean)]
use super::transport;
#[cfg(not(lean))]
use super::{Page, callback, targets};
use super::{locks, now_ms};
#[cfg(not(lean))]
use crate::formats::{Format, Target};
use crate::outbox::{Counts, Effect, Entry, Event, Notice, Outbox, Reply, Status};
use crate::submission::Submission;

/// Gets submissions to their endpoints, including those that earlier pages left behind.
///
/// Clones are the same courier. It lives on after the last of them is dropped for as long as
/// anything waits. Several couriers, in one page or in many tabs, share one queue and send each
/// entry once. See the [module](super) for an example.
#[derive(Clone)]
pub struct Courier(Rc<Inner>);

struct Inner {
    outbox: RefCell<Outbox>,
    database: Database,
    listener: Box<dyn Fn(&Notice)>,
    waiting: RefCell<Vec<Waiting>>,
    #[cfg(not(lean))]
    page: Page,
    /// When the earliest timer fires.
    wake_at: Cell<f64>,
    watch: OnceCell<Watch>,
}

/// Someone who waits to hear what becomes of a submission.
struct Waiting {
    id: String,
    told: Rc<OnceCell<Notice>>,
    resolve: Function,
}

/// What is left to write of an event's effects.
enum Write {
    Persist(Entry),
    Acknowledge { id: String, survey: String },
}

impl Courier {
    /// Starts to send what is in storage, and tells a listener what becomes of each submission.
    pub fn start(listener: impl Fn(&Notice) + 'static) -> Self {
        #[cfg(lean)]
        return Courier::set_out(Box::new(listener));
        #[cfg(not(lean))]
        Courier::set_out(Box::new(listener), Page::default())
    }

    /// The same, with functions of the page.
    #[cfg(not(lean))]
    pub fn start_with(listener: impl Fn(&Notice) + 'static, page: Page) -> Self {
        Courier::set_out(Box::new(listener), page)
    }

    fn set_out(listener: Box<dyn Fn(&Notice)>, #[cfg(not(lean))] page: Page) -> Self {
        let inner = Rc::new(Inner {
            #[cfg(not(lean))]
            page,
            outbox: RefCell::default(),
            database: Database::default(),
            listener,
            waiting: RefCell::default(),
            wake_at: Cell::new(f64::INFINITY),
            watch: OnceCell::new(),
        });
        let listening: Weak<Inner> = Rc::downgrade(&inner);
        let _ = inner.watch.set(Watch::start(move |change| {
            if let Some(inner) = listening.upgrade() {
                inner.change(change);
            }
        }));
        spawn_local(Rc::clone(&inner).restore(None));
        Courier(inner)
    }

    /// Takes a finished submission for an endpoint, an address that takes JSON.
    ///
    /// Resolves with the first word that a respondent can rely on: [`Status::Saved`] once the
    /// submission is on disk, or, where storage is blocked or full, what the first attempt to
    /// send it came to. The same id again gives the same submission's status.
    #[cfg(lean)]
    pub async fn submit(&self, submission: &Submission, endpoint: &str) -> Notice {
        let (id, survey) = (&submission.submission_id, &submission.survey.id);
        self.keep(Entry::new(id, survey, endpoint, &submission.to_json())).await
    }

    /// Takes a finished submission for an endpoint: an address that takes JSON, or a configuration
    /// as [`Target::read`] reads it.
    ///
    /// Resolves with the first word that a respondent can rely on: [`Status::Saved`] once the
    /// submission is on disk for every target, or, where storage is blocked or full, what the first
    /// attempt to send it to the first of them came to. The same id again gives the same
    /// submission's status.
    #[cfg(not(lean))]
    pub async fn submit(&self, submission: &Submission, endpoint: &str) -> Notice {
        let (id, survey) = (&submission.submission_id, &submission.survey.id);
        let targets = Target::read(endpoint).unwrap_or_default();
        // What cannot be sealed is sent at once and never written.
        let plain = submission.to_json();
        let body = self.0.page.sealed(&plain).await.unwrap_or(plain);
        let mut entries = Entry::for_targets(id, survey, &targets, &body).into_iter();
        // A configuration that cannot be read shows no survey in the first place.
        let first = entries.next().unwrap_or_else(|| Entry::new(id, survey, endpoint, &body));
        for entry in entries {
            self.keep(entry).await;
        }
        self.keep(first).await
    }

    async fn keep(&self, entry: Entry) -> Notice {
        let id = &entry.id.clone();
        let told = Rc::new(OnceCell::new());
        let promise = Promise::new(&mut |resolve, _| {
            let (id, told) = (id.clone(), Rc::clone(&told));
            self.0.waiting.borrow_mut().push(Waiting { id, told, resolve });
        });
        // An earlier page may have stored it and died before it could note that: what it stored
        // stays, since a second finish has another time, and one id has one content.
        if let Ok(Some(stored)) = self.0.database.entry(id).await {
            self.0.tell(Event::Restored(vec![stored]));
        }
        self.0.tell(Event::Added(entry));
        let _ = JsFuture::from(promise).await;
        told.get().cloned().unwrap_or_else(|| Notice {
            id: id.clone(),
            status: Status::Waiting,
            failure: None,
        })
    }

    /// Whether a submission was handed over on this device before, by any tab.
    pub async fn knows(&self, id: &str) -> bool {
        let database = &self.0.database;
        matches!(database.entry(id).await, Ok(Some(_)))
            || database.is_acknowledged(id).await.unwrap_or(false)
    }

    /// Tries to send everything now.
    pub fn flush(&self) {
        spawn_local(Rc::clone(&self.0).restore(Some(Event::Flush)));
    }

    /// How many submissions are where.
    pub fn counts(&self) -> Counts {
        self.0.outbox.borrow().counts()
    }
}

impl Inner {
    fn change(self: &Rc<Self>, change: Change) {
        match change {
            Change::Back => spawn_local(Rc::clone(self).restore(Some(Event::Online))),
            // What is only in memory has its last chance now.
            Change::Leaving if self.outbox.borrow().counts().unsaved > 0 => self.tell(Event::Flush),
            Change::Leaving => {}
        }
    }

    /// Reads what is in storage, since other tabs may have left something, and goes on with `next`.
    async fn restore(self: Rc<Self>, next: Option<Event>) {
        if let Ok(entries) = self.database.entries().await {
            self.tell(Event::Restored(entries));
        }
        if let Some(next) = next {
            self.tell(next);
        }
    }

    fn tell(self: &Rc<Self>, event: Event) {
        let writes = self.handle(event);
        if !writes.is_empty() {
            spawn_local(Rc::clone(self).write(writes));
        }
    }

    /// Carries out what an event asks for, but for the writes, which it returns.
    fn handle(self: &Rc<Self>, event: Event) -> Vec<Write> {
        let effects = self.outbox.borrow_mut().handle(event, now_ms(), chance());
        let mut writes = Vec::new();
        for effect in effects {
            match effect {
                Effect::Persist(id) => {
                    writes.extend(self.outbox.borrow().entry(&id).cloned().map(Write::Persist));
                }
                Effect::Acknowledge { id, survey } => {
                    writes.push(Write::Acknowledge { id, survey })
                }
                Effect::Send(id) => spawn_local(Rc::clone(self).send(id)),
                Effect::WakeAt(moment) => self.wake_at(moment),
                Effect::Notify(notice) => self.notify(&notice),
            }
        }
        writes
    }

    async fn write(self: Rc<Self>, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Persist(entry) => {
                    #[cfg(lean)]
                    let may_keep = true;
                    #[cfg(not(lean))]
                    let may_keep = self.page.may_keep(&entry.body);
                    let stored = may_keep && self.database.put(&entry).await.is_ok();
                    let event = if stored { Event::Stored } else { Event::Unstored };
                    self.tell(event(entry.id));
                }
                // Where this fails the entry is sent once more, and its id tells the endpoint.
                Write::Acknowledge { id, survey } => {
                    drop(self.database.acknowledge(&id, &survey).await);
                }
            }
        }
    }

    async fn send(self: Rc<Self>, id: String) {
        // What is in memory only is known to nobody else, and may have no time for locks.
        if !self.outbox.borrow().is_durable(&id) {
            let reply = self.post(&id).await;
            return self.tell(Event::Reply(id, reply));
        }
        let lock = locks::acquire(&self.database, &id).await;
        let reply = if lock.is_none() {
            Reply::Busy
        } else if self.database.is_acknowledged(&id).await.unwrap_or(false) {
            Reply::Elsewhere
        } else {
            self.post(&id).await
        };
        // The lock lasts until other tabs can read what came of it.
        let writes = self.handle(Event::Reply(id.clone(), reply));
        Rc::clone(&self).write(writes).await;
        if let Some(lock) = lock {
            lock.release(&self.database, &id).await;
        }
    }

    async fn post(&self, id: &str) -> Reply {
        let (entry, durable) = {
            let outbox = self.outbox.borrow();
            (outbox.entry(id).cloned(), outbox.is_durable(id))
        };
        let Some(entry) = entry else { return Reply::Elsewhere };
        #[cfg(not(lean))]
        if entry.format == Format::Callback {
            return callback::deliver(self.page.deliver.as_ref(), &entry.body).await;
        }
        // A respondent who closes the page may never come back. Only at first, though, since
        // browsers refuse such requests for reasons of their own.
        let outlive = entry.attempts <= 1 || !durable;
        let id = entry.submission_id();
        #[cfg(lean)]
        return {
            let request = entry.format.encode(&entry.endpoint, id, &entry.body);
            transport::post(&entry.endpoint, &request, outlive).await
        };
        #[cfg(not(lean))]
        targets::send(&entry, id, outlive).await
    }

    /// Ticks at a moment. A timer that an earlier one has replaced finds that it is not its turn.
    fn wake_at(self: &Rc<Self>, moment: f64) {
        if moment < self.wake_at.get() {
            self.wake_at.set(moment);
            let inner = Rc::clone(self);
            let tick = Closure::once_into_js(move || {
                if inner.wake_at.get() == moment {
                    inner.wake_at.set(f64::INFINITY);
                    inner.tell(Event::Tick);
                }
            });
            after((moment - now_ms()).ceil() as i32, tick.unchecked_ref());
        }
    }

    fn notify(&self, notice: &Notice) {
        if !matches!(notice.status, Status::Sending | Status::Unsaved) {
            self.waiting.borrow_mut().retain(|waiting| {
                if waiting.id != notice.id {
                    return true;
                }
                let _ = waiting.told.set(notice.clone());
                let _ = waiting.resolve.call0(&JsValue::UNDEFINED);
                false
            });
        }
        (self.listener)(notice);
    }
}
