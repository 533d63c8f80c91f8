//! So many things are chosen or given.

use super::ValidatorType;
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::value::Value;

definition! {
    /// So many things are chosen or given.
    pub struct CountValidator {
        /// The fewest.
        pub min "minCount": u32 = 0,
        /// The most; 0 for no limit.
        pub max "maxCount": u32 = 0,
    }
}

impl ValidatorType for CountValidator {
    fn check(&self, answer: &Value) -> Option<Issue> {
        let count = answer.as_list()?.len();
        if count < self.min as usize {
            Some(Issue::new(Code::TooFew).with("min", self.min))
        } else if self.max > 0 && count > self.max as usize {
            Some(Issue::new(Code::TooMany).with("max", self.max))
        } else {
            None
        }
    }

    fn lint(&self, place: &Place, log: &Log) {
        if self.max > 0 && self.min > self.max {
            let place = place.key("maxCount");
            log.error("contradiction", &place, "`maxCount` must not be below `minCount`");
        }
    }
}
