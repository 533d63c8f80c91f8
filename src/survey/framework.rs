//! The competency framework that a survey is built from, such as a unit of a national register.

use crate::definition::{Log, Place, Read, Shape, as_object, definition};
use crate::text::Text;
use crate::value::{Map, Value};

definition! {
    /// The framework that statements and levels come from.
    pub struct FrameworkSource {
        /// Its code in the register that publishes it.
        pub code "code": String,
        /// What it is called.
        pub title "title": Option<Text>,
        /// Its revision, as the register names it.
        pub revision "revision": Option<String>,
        /// The year, month or day that the revision is from, such as `2020` or `2020-11-16`.
        pub date "date": Option<String>,
    }
}

/// A framework as its author names it, and as submissions carry it.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Nothing of it is looked at in the smaller engine.
    #[cfg(not(lean))]
    pub source: FrameworkSource,
    /// Code, revision and date.
    pub reference: Map,
}

impl Read for Framework {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        #[cfg(not(lean))]
        let source = FrameworkSource::read(value, place, log)?;
        #[cfg(not(lean))]
        source.check(place, log);
        let mut reference = as_object(value, place, log)?.clone();
        reference.remove("title");
        Some(Framework {
            #[cfg(not(lean))]
            source,
            reference,
        })
    }

    fn shape() -> Shape {
        FrameworkSource::shape()
    }
}

impl FrameworkSource {
    #[cfg(not(lean))]
    fn check(&self, place: &Place, log: &Log) {
        if self.code.trim().is_empty() {
            log.error("framework", &place.key("code"), "a framework needs its code");
        }
        if self.date.as_deref().is_some_and(|date| year_of(date).is_none()) {
            let message = "not a year, month or day such as 2020 or 2020-11-16";
            log.error("framework", &place.key("date"), message);
        }
    }

    /// The year that the revision is from.
    #[cfg(not(lean))]
    pub fn year(&self) -> Option<i32> {
        year_of(self.date.as_deref()?)
    }
}

/// The year of a date that may leave out its day and month.
#[cfg(not(lean))]
fn year_of(date: &str) -> Option<i32> {
    let mut parts = date.split('-');
    let mut part = |digits: usize, most: i32| match parts.next() {
        Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse().ok().filter(|number| (1..=most).contains(number)).map(Some)
        }
        Some(_) => None,
        None => Some(None),
    };
    let (year, _, _) = (part(4, 9999)?, part(2, 12)?, part(2, 31)?);
    if parts.next().is_some() { None } else { year }
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn a_date_may_leave_out_day_and_month() {
        for date in ["2020", "2020-11", "2020-11-16"] {
            assert_eq!(year_of(date), Some(2020), "{date}");
        }
        for date in ["", "109", "2020-13", "2020-11-32", "2020-11-16-1", "2020/11", "2020-1"] {
            assert_eq!(year_of(date), None, "{date}");
        }
    }
}
