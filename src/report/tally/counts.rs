//! How many submissions were read, and what became of them.

use super::add_all;
use crate::submission::Status;

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub lines: u64,
    /// Those that the figures rest on.
    pub counted: u64,
    /// Those that would count, but for the conditions.
    pub left_out: u64,
    pub duplicates: u64,
    pub other_survey: u64,
    pub unreadable: u64,
    /// By [`STATUSES`].
    pub statuses: [u64; STATUSES.len()],
}

pub const STATUSES: [Status; 5] =
    [Status::Complete, Status::Partial, Status::ScreenedOut, Status::QuotaFull, Status::TimedOut];

impl Counts {
    pub fn merge(&mut self, other: &Counts) {
        self.lines += other.lines;
        self.counted += other.counted;
        self.left_out += other.left_out;
        self.duplicates += other.duplicates;
        self.other_survey += other.other_survey;
        self.unreadable += other.unreadable;
        add_all(&mut self.statuses, &other.statuses);
    }
}
