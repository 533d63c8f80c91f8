//! What a submission says about a subject, and in which category of it that puts the submission.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::names::Names;
use crate::report::dates;
use crate::report::plan::{Plan, Subject};
use crate::report::record::{Choice, Record};
use crate::report::seen::Itself;
use crate::report::settings::{Comparison, Condition, Wave};
use crate::value::number_text;

/// The waves of the hours that turned up, so that most dates need no calendar.
#[derive(Default)]
pub struct Waves {
    hours: HashMap<u64, Option<usize>, BuildHasherDefault<Itself>>,
}

/// So many hours are remembered.
const MOST_HOURS: usize = 20_000;

/// An hour on clocks so many minutes ahead, and the wave that is asked for, as a hash that no others
/// share. Clocks that are not whole hours ahead cut an hour in two.
fn hour(moment: &str, utc_offset_minutes: i32, wave: Wave) -> Option<u64> {
    let hour: &[u8; 13] = moment.as_bytes().first_chunk()?;
    let mut digits: u64 = 0;
    for (at, byte) in hour.iter().enumerate() {
        match (at, byte) {
            (4 | 7, b'-') | (10, b'T') => {}
            (4 | 7 | 10, _) => return None,
            (_, b'0'..=b'9') => digits = digits * 10 + u64::from(byte - b'0'),
            _ => return None,
        }
    }
    let ahead = u64::try_from(24 + utc_offset_minutes / 60).ok();
    let ahead = ahead.filter(|ahead| *ahead < 64 && utc_offset_minutes % 60 == 0)?;
    let key = (digits * 64 + ahead) * 8 + wave as u64;
    // An odd factor maps numbers one to one.
    Some(key.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32))
}

impl Waves {
    /// The category of a submission; nothing where it says nothing about it.
    pub fn place(
        &mut self,
        plan: &Plan,
        record: &Record,
        subject: &Subject,
        names: &mut Names,
    ) -> Option<usize> {
        match subject {
            Subject::List(list) => {
                let fixed = plan.fixed(subject);
                record.choices.get(*list)?.first().map(|choice| match choice {
                    Choice::Listed(at) => *at,
                    Choice::Unlisted(name) => fixed + names.place(name),
                })
            }
            Subject::Time(wave) => {
                let hour = hour(&record.completed, record.utc_offset, *wave);
                if let Some(place) = hour.and_then(|hour| self.hours.get(&hour)) {
                    return *place;
                }
                let name = dates::wave(&record.completed, record.utc_offset, *wave);
                let place = name.map(|name| names.place(&name));
                if let Some(hour) = hour
                    && self.hours.len() < MOST_HOURS
                {
                    self.hours.insert(hour, place);
                }
                place
            }
            subject => {
                let mut place = None;
                name(plan, record, subject, |name| {
                    place = (!name.is_empty()).then(|| names.place(name));
                    true
                });
                place
            }
        }
    }
}

/// Whether what a submission says about a subject meets a condition.
pub fn meets(plan: &Plan, record: &Record, subject: &Subject, condition: &Condition) -> bool {
    match subject {
        Subject::Rating(rating) => {
            let value = record.ratings.get(*rating).copied();
            condition.holds_for_number(value.filter(|value| !value.is_nan()))
        }
        Subject::List(list) if plan.lists.get(*list).is_some_and(|list| list.several) => {
            let chosen = record.choices.get(*list).map_or(&[][..], Vec::as_slice);
            let is = |choice| condition.holds_for_name(choice_name(plan, *list, choice));
            match condition.comparison {
                Comparison::IsNot => chosen.iter().all(is),
                _ => chosen.iter().any(is),
            }
        }
        subject => name(plan, record, subject, |name| condition.holds_for_name(name)),
    }
}

fn choice_name<'a>(plan: &'a Plan, list: usize, choice: &'a Choice) -> &'a str {
    match choice {
        Choice::Listed(at) => {
            plan.lists.get(list).and_then(|list| list.names.get(*at)).map_or("", String::as_str)
        }
        Choice::Unlisted(name) => name,
    }
}

/// Hands over what a submission says about a subject; blank where that is nothing.
fn name(
    plan: &Plan,
    record: &Record,
    subject: &Subject,
    mut take: impl FnMut(&str) -> bool,
) -> bool {
    match subject {
        Subject::List(list) => {
            let chosen = record.choices.get(*list).and_then(|chosen| chosen.first());
            take(chosen.map_or("", |choice| choice_name(plan, *list, choice)))
        }
        Subject::Rating(rating) => {
            let value = record.ratings.get(*rating).copied().filter(|value| !value.is_nan());
            take(&value.map(number_text).unwrap_or_default())
        }
        Subject::Channel => take(&record.channel),
        Subject::Locale => take(&record.locale),
        Subject::Status => take(&record.status),
        Subject::Version => take(&record.version),
        Subject::Entry(entry) => take(record.entries.get(*entry).map_or("", String::as_str)),
        Subject::Time(wave) => {
            let wave = dates::wave(&record.completed, record.utc_offset, *wave);
            take(&wave.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_told_apart_and_what_is_none_is_not_taken_for_one() {
        let mut all = Vec::new();
        for moment in ["2026-01-02T03:00:00Z", "2026-01-02T04:00:00Z", "2026-10-20T03:00:00Z"] {
            for (offset, wave) in
                [(0, Wave::Day), (480, Wave::Day), (-480, Wave::Day), (0, Wave::Year)]
            {
                all.push(hour(moment, offset, wave).unwrap());
            }
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(hour("2026-01-02T03:00:00Z", 330, Wave::Day), None);
        for odd in ["", "2026-01-02", "2026/01/02T03:00", "2026-01-02T0x:00"] {
            assert_eq!(hour(odd, 0, Wave::Day), None, "{odd}");
        }
    }
}
