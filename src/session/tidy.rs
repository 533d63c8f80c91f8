//! Surveys that want tidy answers (`tidyAnswers`), as converted ones do: they follow each change step by
//! step, in the order of the tool that they come from, where ours are computed at once.
//!
//! What of it takes more than a few lines stands in this folder; the rest of the session asks
//! `Session::is_tidy` and calls it. Other surveys never come here, and the smaller engine has none of it.

mod ending;
mod notices;
mod passes;
mod standing;
mod unseen;

use super::recalculate::Queue;
use crate::value::Value;
use notices::Notice;

/// A rule, with the row to run it in.
type Place = (usize, Option<usize>);

/// Where a survey is in following a change.
#[derive(Clone, Default)]
pub(in crate::session) struct Following {
    /// Whether conditions wait until the survey has begun.
    pub loading: bool,
    /// Whether entries come to stand there, which are looked at later.
    pub standing_ready: bool,
    /// Whether it is over, and what is hidden goes.
    pub finishing: bool,
    pub passing: bool,
    /// The condition that is looked at.
    at: Place,
    /// What this pass still looks at.
    pass: Queue,
    /// What the next one does: all that any pass has looked at, and what is due since.
    next: Queue,
    /// Whether anything was set since this pass began.
    pub again: bool,
    /// Whether the totals of a table are others than before.
    totalled: bool,
    events: Queue,
    /// The trigger that goes off, while one does.
    trigger: Option<Place>,
    /// Whose entries have just come to stand there.
    pub built: Option<usize>,
    /// What was set since a change that sets triggers off.
    pub keys: Vec<usize>,
    triggers: Queue,
    next_triggers: Queue,
    /// The answer that was just replaced.
    pub replaced: Option<Replaced>,
    /// Whether what takes its place is empty rather than nothing.
    pub emptied: bool,
    /// What the rule that is looked at has set.
    pub assigned: Vec<usize>,
    /// The question that was just given more entries: conditions in the others wait.
    pub grown: Option<usize>,
    /// The question that was just given fewer entries: what they hide of it stays.
    pub shrunk: Option<usize>,
    /// The totals that stood when what is hidden went.
    pub totals: Vec<(usize, Value)>,
    /// From which page to which one triggers have led.
    pub skips: Vec<(usize, usize)>,
    /// What was replaced since issues were looked at.
    pub notices: Vec<Notice>,
    /// The first question whose answer was refused when answers were checked last; looking at
    /// others may have mended that since.
    pub wrong: Option<usize>,
    /// Whether a comment was just written.
    pub written: bool,
    /// Whether what had been written out beside an answer was just changed.
    pub unwritten: bool,
    /// What is being set, each because of the one before.
    pub setting: Vec<usize>,
    spent: usize,
}

/// An answer that was replaced.
#[derive(Clone)]
pub(in crate::session) struct Replaced {
    pub question: usize,
    pub before: Value,
    /// Whether nothing took its place, not even an empty list or table.
    pub gone: bool,
    /// The question in its entries whose answer alone was replaced.
    pub cell: Option<usize>,
}
