//! Calendar arithmetic on milliseconds since 1970, in the proleptic Gregorian calendar.
//!
//! Written out here because a time crate would weigh more in WebAssembly than the whole language.

const DAY: f64 = 86_400_000.0;
/// JavaScript's dates end here.
const LAST: f64 = 8.64e15;

/// A moment as a local calendar and clock show it. Fields may overflow: month 14 is next year's
/// third month, day 0 the last of the month before. Months and days count from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Local {
    pub year: f64,
    pub month: f64,
    pub day: f64,
    /// Milliseconds since local midnight.
    pub time: f64,
}

impl Local {
    /// What clocks show at a moment, so many minutes ahead of UTC; `None` for no date.
    pub fn at(time: f64, offset_minutes: i32) -> Option<Local> {
        let local = time + f64::from(offset_minutes) * 60_000.0;
        if !local.is_finite() || local.abs() > LAST + DAY {
            return None;
        }
        let days = (local / DAY).floor();
        let (year, month, day) = civil_from_days(days as i64);
        Some(Local {
            year: year as f64,
            month: month as f64,
            day: day as f64,
            time: local - days * DAY,
        })
    }

    /// The moment in UTC, NaN where it lies outside of what dates can say.
    pub fn moment(self, offset_minutes: i32) -> f64 {
        let moment = self.day_number() * DAY + self.time - f64::from(offset_minutes) * 60_000.0;
        if moment.abs() <= LAST { moment } else { f64::NAN }
    }

    /// Whole days since 1970-01-01 on the calendar.
    pub fn day_number(self) -> f64 {
        let months = self.year * 12.0 + self.month - 1.0;
        if months.is_nan() || months.abs() > 1e7 {
            return f64::NAN;
        }
        let (year, month) = ((months / 12.0).floor(), months.rem_euclid(12.0));
        days_from_civil(year as i64, month as i64 + 1, 1) as f64 + self.day - 1.0
    }
}

/// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day, after Howard Hinnant's `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Sunday is 0.
pub(super) fn weekday(local: Local) -> f64 {
    (local.day_number() + 4.0).rem_euclid(7.0)
}

/// JavaScript's `toISOString`: `2026-11-23T00:00:00.000Z`, or nothing for no date.
pub(super) fn iso_text(time: f64) -> Option<String> {
    let local = Local::at(time, 0)?;
    let (month, day, clock) = (local.month as u32, local.day as u32, local.time as u32);
    let (hour, minute) = (clock / 3_600_000, clock / 60_000 % 60);
    let (second, millisecond) = (clock / 1000 % 60, clock % 1000);
    let year = match local.year as i64 {
        year @ 0..=9999 => format!("{year:04}"),
        year => format!("{year:+07}"),
    };
    Some(format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"))
}

/// The moment that text in exactly the form of [`iso_text`] names.
pub(super) fn from_iso_text(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let exact = bytes.len() == 24 && bytes.get(10) == Some(&b'T') && bytes.get(23) == Some(&b'Z');
    exact.then(|| parse(text, 0)).filter(|time| !time.is_nan())
}

/// The moment that ISO text names: a date, or date and time; NaN for other text.
///
/// Without a zone it is local time, also for a date alone.
pub(super) fn parse(text: &str, offset_minutes: i32) -> f64 {
    read(text.trim(), offset_minutes).unwrap_or(f64::NAN)
}

fn read(text: &str, offset_minutes: i32) -> Option<f64> {
    let mut rest = text;
    let mut local = Local { year: digits(&mut rest, 4)?, month: 1.0, day: 1.0, time: 0.0 };
    if eat(&mut rest, "-") {
        local.month = digits(&mut rest, 2).filter(|month| (1.0..=12.0).contains(month))?;
        if eat(&mut rest, "-") {
            local.day = digits(&mut rest, 2).filter(|day| (1.0..=31.0).contains(day))?;
        }
    }
    let mut offset = offset_minutes;
    if !rest.is_empty() {
        if !eat(&mut rest, "T") && !eat(&mut rest, " ") {
            return None;
        }
        local.time = clock(&mut rest)?;
        offset = zone(rest, offset_minutes)?;
    }
    Some(local.moment(offset))
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff` in milliseconds.
fn clock(rest: &mut &str) -> Option<f64> {
    let hour = digits(rest, 2).filter(|hour| *hour <= 24.0)?;
    let minute = eat(rest, ":").then(|| digits(rest, 2))?.filter(|minute| *minute < 60.0)?;
    let mut time = (hour * 60.0 + minute) * 60_000.0;
    if eat(rest, ":") {
        time += digits(rest, 2).filter(|second| *second < 60.0)? * 1000.0;
        if eat(rest, ".") {
            let after = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            let fraction = rest.strip_suffix(after).filter(|fraction| !fraction.is_empty())?;
            let thousandths = fraction.bytes().chain(*b"00").take(3);
            time += thousandths.fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
            *rest = after;
        }
    }
    (time <= DAY).then_some(time)
}

fn zone(text: &str, local: i32) -> Option<i32> {
    let mut rest = text;
    if rest.is_empty() || rest == "Z" {
        return Some(if rest.is_empty() { local } else { 0 });
    }
    let sign = if eat(&mut rest, "+") { 1 } else { -1 };
    if sign < 0 && !eat(&mut rest, "-") {
        return None;
    }
    let hours = digits(&mut rest, 2)?;
    eat(&mut rest, ":");
    let minutes = digits(&mut rest, 2)?;
    rest.is_empty().then_some(sign * (hours * 60.0 + minutes) as i32)
}

fn digits(rest: &mut &str, count: usize) -> Option<f64> {
    let (number, after) = rest.split_at_checked(count)?;
    let valid = number.bytes().all(|byte| byte.is_ascii_digit());
    *rest = after;
    valid.then(|| number.bytes().fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0')))
}

fn eat(rest: &mut &str, prefix: &str) -> bool {
    match rest.strip_prefix(prefix) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree_over_eight_centuries() {
        let mut expected = days_from_civil(1600, 1, 1);
        for year in 1600..2400 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for month in 1..=12 {
                let length = match month {
                    2 => 28 + i64::from(leap),
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                for day in 1..=length {
                    assert_eq!(days_from_civil(year, month, day), expected);
                    assert_eq!(civil_from_days(expected), (year, month, day));
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn known_moments() {
        assert_eq!(parse("1970-01-01T00:00:00.000Z", 0), 0.0);
        assert_eq!(parse("2026-11-23", 480), 1_795_363_200_000.0);
        assert_eq!(parse("2026-11-23T08:00:00+08:00", -300), 1_795_392_000_000.0);
        assert_eq!(parse("2024-02-29", 0), parse("2024-03-01", 0) - DAY);
        assert_eq!(parse("2021-02-30", 0), parse("2021-03-02", 0));
        for text in
            ["", "2021-13-01", "2021-1-1", "12:30", "2021-01-01T25:00", "soon", "２０２１-01-01"]
        {
            assert!(parse(text, 0).is_nan(), "{text}");
        }
    }

    #[test]
    fn iso_text_and_back() {
        for time in [0.0, -1.0, 1_795_392_000_123.0, -62_000_000_000_000.0] {
            let text = iso_text(time).unwrap();
            assert_eq!(from_iso_text(&text), Some(time), "{text}");
        }
        assert_eq!(iso_text(-62_198_755_200_000.0).unwrap(), "-000001-01-01T00:00:00.000Z");
        assert_eq!(iso_text(f64::NAN), None);
        assert_eq!(from_iso_text("2026-11-23"), None);
    }

    #[test]
    fn fields_overflow() {
        let date = |year, month, day| Local { year, month, day, time: 0.0 }.moment(0);
        assert_eq!(date(2021.0, 14.0, 1.0), date(2022.0, 2.0, 1.0));
        assert_eq!(date(2021.0, 1.0, 0.0), date(2020.0, 12.0, 31.0));
        assert_eq!(date(2021.0, -1.0, 1.0), date(2020.0, 11.0, 1.0));
        assert!(date(1e300, 1.0, 1.0).is_nan());
    }

    #[test]
    fn weekdays() {
        let of = |text: &str| weekday(Local::at(parse(text, 0), 0).unwrap());
        assert_eq!(of("1970-01-01"), 4.0);
        assert_eq!(of("2023-07-28"), 5.0);
        assert_eq!(of("1969-12-28"), 0.0);
    }
}
