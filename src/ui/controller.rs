//! Drives a session from the screen: every action of a respondent, and what it changes to look at.

mod delivery;
mod drafts;
#[cfg(not(lean))]
mod fetching;
mod going;
mod host;
mod options;
#[cfg(not(lean))]
mod timer;
mod words;

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

pub use options::{Event, OnEvent, Options, Phase};

use super::kit::Field;
use crate::browser::{self, Courier};
use crate::locales;
use crate::outbox::Status;
use crate::session::{Aspects, Changes, Session, Start};
use crate::submission::Submission;
use crate::survey::Survey;
use crate::value::Value;
use drafts::left_behind;

/// A survey on the screen. Copies freely; lives as long as the reactive owner under which it
/// was made, and does nothing after that.
#[derive(Clone, Copy)]
pub struct Controller {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

/// State and one trigger for each thing on the screen that follows it.
pub(super) struct Inner {
    session: RefCell<Session>,
    options: RefCell<Options>,
    on_event: OnEvent,
    controller: Cell<Option<Controller>>,
    field: Cell<Option<Field>>,
    dom_id: String,
    phase: Cell<Phase>,
    delivery: Cell<Option<Status>>,
    draft: RefCell<Option<Session>>,
    /// Whether this browser keeps anything.
    storage: bool,
    courier: OnceCell<Courier>,
    unsaved: Cell<bool>,
    started: Cell<bool>,
    refused: Cell<bool>,
    takes_focus: Cell<bool>,
    /// The addresses that are being fetched.
    #[cfg(not(lean))]
    fetching: RefCell<Vec<String>>,
    /// Whether the respondent's last move was with a pointer.
    pointer: Cell<bool>,
    /// How much time is left.
    #[cfg(not(lean))]
    time: ArcTrigger,
    /// Any answer at all.
    answers: ArcTrigger,
    /// One trigger a question, made when the question is first looked at.
    questions: RefCell<Vec<ArcTrigger>>,
    locale: ArcTrigger,
    headings: ArcTrigger,
    /// Which pages there are.
    pages: ArcTrigger,
    /// Which page or phase is shown.
    body: ArcTrigger,
    issues: ArcTrigger,
    delivered: ArcTrigger,
}

impl Controller {
    /// Starts a survey, or takes up what the options or an earlier visit left.
    pub fn new(survey: Arc<Survey>, options: Options, on_event: OnEvent) -> Controller {
        let start = start(&options);
        let storage = browser::can_store();
        let restore = |saved: &Value| Session::restore(survey.clone(), start.clone(), saved);
        let snapshot = options.snapshot.as_ref().and_then(restore);
        let draft = match snapshot {
            Some(_) => None,
            None => left_behind(&survey, &options, &start),
        };
        let begun = snapshot.as_ref().is_some_and(|session| !session.answers().is_empty());
        let session = snapshot.unwrap_or_else(|| begin(survey, start, &options));
        // Different for each widget on a page, whichever roots they stand in.
        let dom_id = format!("askwell-{:08x}", browser::seed() as u32);
        let inner = Rc::new(Inner {
            phase: Cell::new(if draft.is_some() { Phase::Offer } else { Phase::Answering }),
            draft: RefCell::new(draft),
            session: RefCell::new(session),
            options: RefCell::new(options),
            on_event,
            controller: Cell::new(None),
            field: Cell::new(None),
            dom_id,
            delivery: Cell::new(None),
            storage,
            courier: OnceCell::new(),
            unsaved: Cell::new(false),
            started: Cell::new(begun),
            refused: Cell::new(false),
            takes_focus: Cell::new(false),
            #[cfg(not(lean))]
            fetching: RefCell::default(),
            pointer: Cell::new(false),
            #[cfg(not(lean))]
            time: ArcTrigger::new(),
            answers: ArcTrigger::new(),
            questions: RefCell::default(),
            locale: ArcTrigger::new(),
            headings: ArcTrigger::new(),
            pages: ArcTrigger::new(),
            body: ArcTrigger::new(),
            issues: ArcTrigger::new(),
            delivered: ArcTrigger::new(),
        });
        let controller = Controller { inner: StoredValue::new_local(inner.clone()) };
        inner.field.set(Some(Field::new(inner.clone(), 0)));
        inner.controller.set(Some(controller));
        // What earlier visits left in the outbox is sent too.
        inner.courier();
        inner.go_on_delivering();
        inner.fetch_words();
        inner.takes_focus.set(false);
        #[cfg(not(lean))]
        inner.run_clock();
        #[cfg(not(lean))]
        inner.fetch_choices();
        controller.with((), |inner| inner.emit(Event::Ready));
        controller
    }

    pub(super) fn with<T>(self, gone: T, ask: impl FnOnce(&Rc<Inner>) -> T) -> T {
        self.inner().map_or(gone, |inner| ask(&inner))
    }

    /// A clone, so that nothing is locked while signals are read or the host is told. Never
    /// inlined, because it would be so in dozens of places.
    #[inline(never)]
    fn inner(self) -> Option<Rc<Inner>> {
        self.inner.try_get_value()
    }

    /// Looks at the session. Nothing once the widget is gone.
    pub fn session<T>(self, look: impl FnOnce(&Session) -> T) -> Option<T> {
        self.with(None, |inner| Some(look(&inner.session.borrow())))
    }

    /// A question as its control sees it.
    pub fn field(self, question: usize) -> Option<Field> {
        self.with(None, |inner| Some(inner.field.get()?.at(question)))
    }

    /// Goes to the next page, or finishes on the last one. False where answers are missing.
    pub fn next(self) -> bool {
        self.with(false, |inner| {
            let last = inner.session.borrow().finishes_here();
            inner.take_step(if last { &Session::complete } else { &Session::next })
        })
    }

    /// Goes to the page before; false on the first.
    pub fn previous(self) -> bool {
        self.with(false, |inner| {
            if inner.phase.get() != Phase::Answering {
                return false;
            }
            let changes = inner.session.borrow_mut().previous();
            let moved = changes.page;
            inner.refused.set(false);
            inner.takes_focus.set(moved);
            inner.apply(changes);
            moved
        })
    }

    /// Finishes from wherever the respondent is. False where answers are missing.
    pub fn complete(self) -> bool {
        self.with(false, |inner| inner.take_step(&Session::complete))
    }

    /// Forgets the answers and begins a new response.
    pub fn reset(self) {
        self.with((), |inner| inner.start_over());
    }

    /// Takes up the draft on offer.
    pub fn resume(self) {
        self.with((), |inner| {
            let draft = inner.draft.borrow_mut().take();
            if let Some(mut draft) = draft {
                draft.set_locale(inner.session.borrow().locale());
                inner.started.set(true);
                inner.replace(draft, Phase::Answering);
            }
        });
    }

    /// Changes the language; answers stay.
    pub fn set_locale(self, locale: &str) {
        self.with((), |inner| {
            inner.options.borrow_mut().locale = locale.to_owned();
            let changes = inner.session.borrow_mut().set_locale(locale);
            inner.apply(changes);
            inner.fetch_words();
        });
    }

    /// Takes what the page decides anew: endpoint, channel and context. Answers stay.
    pub fn configure(self, options: Options) {
        self.with((), |inner| {
            let start = start(&options);
            let survey = inner.session.borrow().survey().clone();
            let locale = inner.options.borrow().locale.clone();
            let options = Options { locale, snapshot: None, ..options };
            let same = inner.options.borrow().context == options.context
                && inner.options.borrow().channel == options.channel;
            if same {
                inner.options.replace(options);
            } else if inner.started.get() {
                // The draft stands under another name from now on.
                inner.forget_draft();
                inner.options.replace(options);
                let saved = inner.session.borrow().save();
                if let Some(session) = Session::restore(survey, start, &saved) {
                    inner.session.replace(session);
                }
                inner.keep_draft();
            } else {
                // Nothing was answered yet, so this may be another person, with another draft.
                let draft = left_behind(&survey, &options, &start);
                let session = begin(survey, start, &options);
                inner.options.replace(options);
                inner.replace(session, Phase::Answering);
                inner.takes_focus.set(false);
                inner.phase.set(if draft.is_some() { Phase::Offer } else { Phase::Answering });
                inner.draft.replace(draft);
                inner.go_on_delivering();
            }
        });
    }

    /// The submission as it is now.
    pub fn submission(self) -> Option<Submission> {
        self.session(|session| session.submission(browser::now_ms()))
    }

    /// The whole state, for [`Options::snapshot`].
    pub fn snapshot(self) -> Value {
        self.with(Value::Null, |inner| {
            let draft = inner.draft.borrow();
            let session = inner.session.borrow();
            draft.as_ref().map_or_else(|| session.save(), Session::save)
        })
    }

    /// Tries now to send whatever is kept on this device.
    pub fn flush(self) {
        self.with((), |inner| {
            if let Some(courier) = inner.courier() {
                courier.flush();
            }
        });
    }
}

impl Inner {
    fn emit(&self, event: Event) {
        if let Some(controller) = self.controller.get() {
            (self.on_event)(controller, event);
        }
    }

    fn trigger(&self, question: usize) -> ArcTrigger {
        let mut triggers = self.questions.borrow_mut();
        while triggers.len() <= question {
            triggers.push(ArcTrigger::new());
        }
        triggers[question].clone()
    }

    fn apply(&self, changes: Changes) {
        let mut answered = None;
        let mut issues = changes.locale || changes.page;
        for (question, aspects) in &changes.questions {
            if aspects.has(Aspects::ANSWER) || aspects.has(Aspects::COMMENT) {
                answered = Some(*question);
            }
            issues |= aspects.has(Aspects::ISSUES) || aspects.has(Aspects::VISIBLE);
            self.trigger(*question).notify();
        }
        if changes.locale {
            self.locale.notify();
        }
        if changes.headings || changes.locale {
            self.headings.notify();
        }
        #[cfg(not(lean))]
        if changes.wants {
            self.fetch_choices();
        }
        if changes.pages || changes.page {
            self.pages.notify();
        }
        if issues {
            self.issues.notify();
        }
        if changes.page {
            self.body.notify();
        }
        if !changes.is_empty() && !changes.complete {
            self.keep_draft();
        }
        if let Some(question) = answered {
            self.answers.notify();
            if !self.started.replace(true) {
                self.emit(Event::Started);
            }
            self.emit(Event::Answered(question));
        }
        if changes.page {
            self.emit(Event::Page);
        }
    }

    fn start_over(&self) {
        self.forget_draft();
        let start = start(&self.options.borrow());
        let survey = self.session.borrow().survey().clone();
        let session = begin(survey, start, &self.options.borrow());
        self.replace(session, Phase::Answering);
    }

    /// Shows another session from its current page on.
    fn replace(&self, session: Session, phase: Phase) {
        *self.session.borrow_mut() = session;
        self.session.borrow_mut().skip_to(browser::now_ms());
        self.draft.borrow_mut().take();
        self.phase.set(phase);
        self.delivery.set(None);
        self.refused.set(false);
        self.takes_focus.set(true);
        if phase == Phase::Answering && self.session.borrow().answers().is_empty() {
            self.started.set(false);
        }
        // A clone, because what is notified may look at questions that have no trigger yet.
        let questions = self.questions.borrow().clone();
        let others =
            [&self.locale, &self.headings, &self.pages, &self.issues, &self.body, &self.answers];
        for trigger in questions.iter().chain(others) {
            trigger.notify();
        }
        #[cfg(not(lean))]
        self.fetch_choices();
    }

    fn show(&self, phase: Phase) {
        self.phase.set(phase);
        self.body.notify();
    }

    pub(super) fn read(&self) -> Ref<'_, Session> {
        self.session.borrow()
    }
}

/// A session at its beginning, with what the page fills in.
#[cfg(not(lean))]
fn begin(survey: Arc<Survey>, start: Start, options: &Options) -> Session {
    let mut session = Session::new(survey, start);
    for (id, value) in &options.prefill {
        session.set_by_id(id, value.clone());
    }
    session
}

#[cfg(lean)]
fn begin(survey: Arc<Survey>, start: Start, _: &Options) -> Session {
    Session::new(survey, start)
}

fn start(options: &Options) -> Start {
    Start {
        id: browser::new_submission_id(),
        locale: options.locale.clone(),
        now_ms: browser::now_ms(),
        utc_offset_minutes: browser::utc_offset_minutes(),
        seed: browser::seed(),
        words: locales::word,
        context: options.context.clone(),
        channel: options.channel,
        functions: options.functions.clone(),
    }
}
