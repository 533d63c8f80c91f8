//! A device at a counter that people share: whose turn it is, and what happens between two people.
//!
//! A pure state machine: it is told what happens and when, and says what is to be done. The page
//! `kiosk.html` carries that out.
//!
//! ```text
//! attract ──Begin──▶ survey ──Finished──▶ thanks ──time, Next──▶ wipe ──▶ attract
//!    │                 │ ▲ idle                                    ▲
//!    │                 ▼ │ touched                                 │
//!    │             still-there ──time──▶ partial policy ───────────┘
//!    ├──hours──▶ asleep      ├──no room──▶ full       └──corner held──▶ pin ──right──▶ staff
//! ```
//!
//! # Invariants
//!
//! 1. **Nobody meets the one before**: between any answer and the next start lies a [`Effect::Wipe`].
//! 2. **Nobody is forgotten half-way**: what was answered is handed in before it is wiped, where the
//!    policy says so.
//! 3. **Nobody stays for ever**: without a touch every way leads back to the attract screen.
//! 4. **No update under anybody's hands**: only the attract screen and sleep allow one.
//! 5. **Refused rather than lost**: nobody begins where there is no room for the answers.
//!
//! ```
//! use askwell::kiosk::{Effect, Event, Kiosk, Moment, Reason, Screen, Settings};
//!
//! let mut kiosk = Kiosk::new(Settings::default(), Moment::default());
//! let later = |seconds: f64| Moment { wall_ms: seconds * 1000.0, steady_ms: seconds * 1000.0, ..Moment::default() };
//! let effects = kiosk.handle(Event::Begin("zh-Hant".into()), later(5.0));
//! assert!(effects.contains(&Effect::Start { locale: "zh-Hant".into(), number: 1 }));
//! kiosk.handle(Event::Answered, later(10.0));
//! kiosk.handle(Event::Tick, later(75.0));
//! assert_eq!(kiosk.screen(), Screen::StillThere);
//! let effects = kiosk.handle(Event::Tick, later(100.0));
//! assert_eq!(effects[..2], [Effect::HandIn(Reason::Idle), Effect::Wipe]);
//! assert_eq!(kiosk.screen(), Screen::Attract);
//! ```

mod pin;
mod settings;
#[cfg(test)]
mod tests;

pub use pin::Tries;
pub use settings::{Partial, Settings};

/// When something happens, by the clocks there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Milliseconds since 1970 by the device's clock, which may be set at any time.
    pub wall_ms: f64,
    /// Milliseconds by a clock that only runs forward, but may stand still while the device sleeps.
    pub steady_ms: f64,
    /// Minutes of the local day: 0 is midnight.
    pub minutes: u32,
}

impl Moment {
    /// Milliseconds since an earlier moment, by whichever clock saw more pass: timers stand still in a
    /// sleeping device, and a respondent has left it by then.
    fn since(self, earlier: Moment) -> f64 {
        (self.steady_ms - earlier.steady_ms).max(self.wall_ms - earlier.wall_ms).max(0.0)
    }
}

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// An invitation in every language; a tap on one begins.
    Attract,
    Survey,
    /// Over the survey: is anybody there?
    StillThere,
    Thanks,
    /// Outside the hours.
    Asleep,
    /// Storage has no room for another response.
    Full,
    /// Staff are asked for their number.
    Pin,
    Staff,
}

impl Screen {
    /// The name towards the page.
    pub fn name(self) -> &'static str {
        match self {
            Screen::Attract => "attract",
            Screen::Survey => "survey",
            Screen::StillThere => "still-there",
            Screen::Thanks => "thanks",
            Screen::Asleep => "asleep",
            Screen::Full => "full",
            Screen::Pin => "pin",
            Screen::Staff => "staff",
        }
    }

    /// Whether somebody's answers may be in the page.
    fn is_taken(self) -> bool {
        matches!(self, Screen::Survey | Screen::StillThere | Screen::Thanks)
    }
}

/// What the machine is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Time passed; told about once a second.
    Tick,
    /// Somebody touched the screen or a key; `true` while a text is being written.
    Touched(bool),
    /// A language on the attract screen was chosen.
    Begin(String),
    /// The survey has its first answer.
    Answered,
    /// The survey is finished.
    Finished,
    /// What was finished is safe on the device or with its endpoint.
    Stored,
    /// The respondent gives up, or the next one takes over from the thanks.
    Next,
    /// The corner for staff was held.
    StaffAsked,
    /// A number was entered; whether it is the right one.
    PinTried(bool),
    /// Staff are done, or thought better of it.
    StaffLeft,
    /// Whether storage has room for another response.
    Room(bool),
    /// A new version of the app lies ready.
    UpdateReady,
}

/// Why somebody did not come to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// They walked away.
    Idle,
    /// They, or the next one, pressed "start over".
    Reset,
    /// Staff took the device.
    Staff,
}

impl Reason {
    /// The name in submissions.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Idle => "idle",
            Reason::Reset => "reset",
            Reason::Staff => "staff",
        }
    }
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Show(Screen),
    /// Begin a new response in this language; `number` counts them since the page was opened.
    Start {
        locale: String,
        number: u64,
    },
    /// Hand in what was answered so far, as the policy has it.
    HandIn(Reason),
    /// Take every trace of the respondent out of the page and the device.
    Wipe,
    /// So many seconds are left until what the screen announces happens.
    Left(u32),
    /// Keep this for the next time the page is opened.
    SaveTries(Tries),
    /// Load the new version.
    Update,
}

/// The state machine; see the [module](self) for its rules.
#[derive(Clone, Debug)]
pub struct Kiosk {
    settings: Settings,
    screen: Screen,
    /// When the screen came up.
    shown_at: Moment,
    /// When somebody last did something.
    touched_at: Moment,
    is_writing: bool,
    answered: bool,
    stored: bool,
    /// When the last respondent finished.
    finished_at: Option<Moment>,
    respondents: u64,
    has_room: bool,
    update_ready: bool,
    tries: Tries,
    /// The seconds that were told last.
    told: Option<u32>,
}

impl Kiosk {
    /// A device that nobody uses yet.
    pub fn new(settings: Settings, now: Moment) -> Self {
        Kiosk {
            settings,
            screen: Screen::Attract,
            shown_at: now,
            touched_at: now,
            is_writing: false,
            answered: false,
            stored: false,
            finished_at: None,
            respondents: 0,
            has_room: true,
            update_ready: false,
            tries: Tries::default(),
            told: None,
        }
    }

    /// Takes up the wrong numbers of before, so that reloading the page forgives none.
    pub fn remember(&mut self, tries: Tries) {
        self.tries = tries;
    }

    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// How long staff have to wait for the next try, in milliseconds.
    pub fn locked_ms(&self, now: Moment) -> f64 {
        self.tries.locked_ms(now)
    }

    /// Takes an event, and returns what has to be done.
    pub fn handle(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Tick => {}
            Event::Touched(is_writing) => self.touch(is_writing, now, &mut effects),
            Event::Begin(locale) => self.begin(locale, now, &mut effects),
            Event::Answered => {
                self.answered |= matches!(self.screen, Screen::Survey | Screen::StillThere);
            }
            Event::Finished if matches!(self.screen, Screen::Survey | Screen::StillThere) => {
                self.answered = false;
                self.stored = false;
                self.finished_at = Some(now);
                self.show(Screen::Thanks, now, &mut effects);
            }
            Event::Stored => {
                self.stored |= self.screen == Screen::Thanks;
                self.shown_at = if self.screen == Screen::Thanks { now } else { self.shown_at };
            }
            Event::Next if self.screen.is_taken() => self.end(Reason::Reset, now, &mut effects),
            Event::StaffAsked if self.screen != Screen::Staff => {
                if self.screen.is_taken() {
                    self.end(Reason::Staff, now, &mut effects);
                }
                self.show(Screen::Pin, now, &mut effects);
            }
            Event::PinTried(right) if self.screen == Screen::Pin => {
                if self.tries.take(right, now) {
                    self.show(Screen::Staff, now, &mut effects);
                }
                effects.push(Effect::SaveTries(self.tries));
            }
            Event::StaffLeft if matches!(self.screen, Screen::Pin | Screen::Staff) => {
                self.show(Screen::Attract, now, &mut effects);
            }
            Event::Room(has_room) => self.has_room = has_room,
            Event::UpdateReady => self.update_ready = true,
            Event::Finished
            | Event::Next
            | Event::StaffAsked
            | Event::PinTried(_)
            | Event::StaffLeft => {}
        }
        self.pass_time(now, &mut effects);
        effects
    }

    fn begin(&mut self, locale: String, now: Moment, effects: &mut Vec<Effect>) {
        // A tap that was meant for the screen before, or a hand that drums on the buttons.
        let too_soon = now.since(self.shown_at) < self.settings.guard_ms
            || self.finished_at.is_some_and(|at| now.since(at) < self.settings.ghost_ms);
        if self.screen != Screen::Attract || too_soon || !self.has_room || self.sleeps(now) {
            return;
        }
        self.respondents += 1;
        self.answered = false;
        self.touch(false, now, effects);
        effects.push(Effect::Start { locale, number: self.respondents });
        self.show(Screen::Survey, now, effects);
    }

    fn touch(&mut self, is_writing: bool, now: Moment, effects: &mut Vec<Effect>) {
        // Who comes back to a device that has slept in between is somebody else.
        self.pass_time(now, effects);
        self.touched_at = now;
        self.is_writing = is_writing;
        if self.screen == Screen::StillThere {
            self.show(Screen::Survey, now, effects);
        }
    }

    /// The respondent is done with, one way or the other.
    fn end(&mut self, reason: Reason, now: Moment, effects: &mut Vec<Effect>) {
        if self.answered && self.settings.partial != Partial::Discard {
            effects.push(Effect::HandIn(reason));
        }
        effects.push(Effect::Wipe);
        self.answered = false;
        self.is_writing = false;
        self.show(Screen::Attract, now, effects);
    }

    fn show(&mut self, screen: Screen, now: Moment, effects: &mut Vec<Effect>) {
        self.screen = screen;
        self.shown_at = now;
        self.touched_at = now;
        self.told = None;
        effects.push(Effect::Show(screen));
    }

    /// What follows from the time that has passed, the hours and the room that is left.
    fn pass_time(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let settings = &self.settings;
        let idle_ms = settings.idle_ms * if self.is_writing { 2.0 } else { 1.0 };
        let quiet_ms = now.since(self.touched_at);
        match self.screen {
            // The warning would have passed unseen as well.
            Screen::Survey if quiet_ms >= idle_ms + settings.countdown_ms => {
                self.end(Reason::Idle, now, effects)
            }
            Screen::Survey if quiet_ms >= idle_ms => self.show(Screen::StillThere, now, effects),
            Screen::StillThere => {
                self.count_down(settings.countdown_ms - quiet_ms, now, effects);
            }
            // What could not be stored goes on from memory; the respondent need not wait for it.
            Screen::Thanks => {
                let time_ms = if self.stored { settings.thanks_ms } else { settings.idle_ms };
                self.count_down(time_ms - now.since(self.shown_at), now, effects);
            }
            Screen::Pin | Screen::Staff if quiet_ms >= settings.staff_ms => {
                self.show(Screen::Attract, now, effects);
            }
            _ => {}
        }
        self.rest(now, effects);
    }

    fn count_down(&mut self, left_ms: f64, now: Moment, effects: &mut Vec<Effect>) {
        if left_ms <= 0.0 {
            return self.end(Reason::Idle, now, effects);
        }
        let left = (left_ms / 1000.0).ceil() as u32;
        if self.told.replace(left) != Some(left) {
            effects.push(Effect::Left(left));
        }
    }

    /// Which of the screens that nobody uses is shown, and whether the app may be exchanged.
    fn rest(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        if !matches!(self.screen, Screen::Attract | Screen::Asleep | Screen::Full) {
            return;
        }
        let screen = if self.sleeps(now) {
            Screen::Asleep
        } else if !self.has_room {
            Screen::Full
        } else {
            Screen::Attract
        };
        if screen != self.screen {
            self.show(screen, now, effects);
        }
        let has_rested = now.since(self.shown_at) >= self.settings.guard_ms;
        if self.update_ready && has_rested && self.screen != Screen::Full {
            self.update_ready = false;
            effects.push(Effect::Update);
        }
    }

    fn sleeps(&self, now: Moment) -> bool {
        self.settings.sleep.is_some_and(|(from, to)| match from <= to {
            true => (from..to).contains(&now.minutes),
            false => now.minutes >= from || now.minutes < to,
        })
    }
}
