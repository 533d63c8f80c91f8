//! Moments as text: on the command line and in submissions.

use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in milliseconds since 1970, with the time zone that it was written in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub ms: f64,
    /// How far the zone's clocks are ahead of UTC.
    pub utc_offset_minutes: i32,
}

/// This moment, in UTC.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment { ms: since.as_millis() as f64, utc_offset_minutes: 0 }
}

/// Reads `2026-11-02`, `2026-11-02T08:15:30.250Z` or `2026-11-02T16:15+08:00`; seconds and zone
/// may be left out, and UTC is meant then.
pub fn parse(text: &str) -> Result<Moment, String> {
    read(text).ok_or_else(|| format!("`{text}` is no date and time such as 2026-11-02T16:15+08:00"))
}

fn read(text: &str) -> Option<Moment> {
    let (date, rest) = text.split_at_checked(10)?;
    let days = days(date)?;
    let (time, offset) = match rest.strip_prefix(['T', ' ']) {
        None if rest.is_empty() => (0.0, 0),
        None => return None,
        Some(rest) => {
            let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
            let (time, zone) = rest.split_at_checked(zone)?;
            (time_of_day(time)?, offset(zone)?)
        }
    };
    let ms = days as f64 * 86_400_000.0 + time - f64::from(offset) * 60_000.0;
    Some(Moment { ms, utc_offset_minutes: offset })
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms"): years
/// are counted from March, so that the leap day is the last of its year.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-');
    let year = number(parts.next()?, 4)?;
    let month = number(parts.next()?, 2).filter(|month| (1..=12).contains(month))?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = number(parts.next()?, 2).filter(|day| (1..=length).contains(day))?;
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Milliseconds since midnight from `08:15`, `08:15:30` or `08:15:30.25`.
fn time_of_day(text: &str) -> Option<f64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = number(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    let milliseconds = number(fraction, fraction.len())? as f64 * 1000.0
        / 10_f64.powi(i32::try_from(fraction.len()).ok()?);
    let whole = ((hour * 60 + minute) * 60 + second) * 1000;
    (second < 60 && parts.next().is_none()).then_some(whole as f64 + milliseconds.floor())
}

/// Minutes ahead of UTC from `Z`, nothing, `+08:00` or `-0330`.
fn offset(zone: &str) -> Option<i32> {
    let sign = match zone.as_bytes() {
        [] | [b'Z'] => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hour, minute) = digits.split_at_checked(2)?;
    let minutes = number(hour, 2)? * 60 + number(minute, 2)?;
    (minutes <= 18 * 60).then(|| sign * i32::try_from(minutes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::rfc3339;

    #[test]
    fn reads_what_submissions_write() {
        for ms in [0.0, 951_782_400_000.0, 1_793_607_330_250.0, 4_107_542_399_999.0] {
            assert_eq!(parse(&rfc3339(ms)).map(|moment| moment.ms), Ok(ms));
        }
    }

    #[test]
    fn knows_zones_and_short_forms() {
        let taipei = parse("2026-11-02T16:15+08:00").unwrap();
        assert_eq!(rfc3339(taipei.ms), "2026-11-02T08:15:00.000Z");
        assert_eq!(taipei.utc_offset_minutes, 480);
        assert_eq!(parse("2026-11-02"), parse("2026-11-02T00:00:00Z"));
        assert_eq!(parse("2026-11-02 01:30-0330").unwrap().utc_offset_minutes, -210);
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "today",
            "2026-02-29",
            "2026-13-01",
            "2026-11-02T25:00",
            "2026-11-02T",
            "2026-11-02T08:15:30.Z",
            "2026-11-02T08:15+8",
            "二〇二六年十一月",
            "2026-11-02x",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
