//! What a page decides about a survey that it shows, and what it is told.

use std::rc::Rc;

use super::Controller;
use crate::expr::Functions;
use crate::outbox::Status;
use crate::submission::Channel;
use crate::value::{Map, Value};

/// What a page decides about a survey that it shows.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the submission is posted: an address, or a configuration as JSON; kept on the device only, where absent.
    pub endpoint: Option<String>,
    /// The respondent's language; the nearest that the survey has is taken.
    pub locale: String,
    pub channel: Channel,
    /// What the page knows, such as a booking number; it travels with the submission.
    pub context: Map,
    /// Answers to begin with, by question id.
    #[cfg(not(lean))]
    pub prefill: Map,
    /// Which device it is, where people share one; it travels with the submission.
    #[cfg(not(lean))]
    pub device: Map,
    /// The page's own way to deliver, for endpoints of the format `callback`.
    #[cfg(not(lean))]
    pub deliver: Option<js_sys::Function>,
    /// Whether no files and signatures are taken just now, since the device is filling up.
    #[cfg(not(lean))]
    pub refuses_attachments: bool,
    /// The origins that a survey may lead on to after its end; any, where absent.
    #[cfg(not(lean))]
    pub redirects: Option<Vec<String>>,
    /// The page's own way to seal a submission before it is kept on the device.
    #[cfg(not(lean))]
    pub seal: Option<js_sys::Function>,
    /// Tells two widgets with the same survey on one page apart.
    pub name: String,
    /// What the page adds to the expression language.
    pub functions: Functions,
    /// The folder with `<code>.json` for each language whose words this build does not hold.
    pub words: Option<String>,
    /// What [`Controller::snapshot`] gave, to go on from there without asking.
    pub snapshot: Option<Value>,
}

/// What a page may want to know. Answers are not in it: ask the [`Controller`] for them.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The survey can be answered.
    Ready,
    /// The first answer was given.
    Started,
    /// The answer to this question changed.
    Answered(usize),
    /// Another page is shown.
    Page,
    /// The last page was finished.
    Completed,
    /// The submission is where this says.
    Delivery(Status),
}

/// Takes events as they happen.
pub type OnEvent = Rc<dyn Fn(Controller, Event)>;

/// What the respondent looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// There is a draft: go on with it, or start over?
    Offer,
    /// The current page.
    Answering,
    /// Finished, and about to be stored.
    Saving,
    /// Finished and safe.
    Done,
}
