//! How long to wait before the next attempt.

/// The longest wait that backing off comes to.
const CAP_MS: f64 = 300_000.0;

/// The first step of backing off.
const BASE_MS: f64 = 2000.0;

/// How long an entry rests that somebody has to mend something for: longer with each attempt, up to
/// an hour.
pub fn pause(attempts: u32) -> f64 {
    CAP_MS * f64::from(attempts.clamp(1, 12))
}

/// No moment to wait for is ever noted further off than this: two days.
pub const LONGEST_WAIT_MS: f64 = 172_800_000.0;

/// A wait of full jitter: evenly spread from 0 to a limit that doubles with each attempt, up to
/// five minutes, so that devices that failed together do not come back together.
pub fn backoff(attempts: u32, chance: f64) -> f64 {
    let doublings = attempts.saturating_sub(1).min(16);
    let limit = (BASE_MS * f64::from(1_u32 << doublings)).min(CAP_MS);
    limit * chance.clamp(0.0, 1.0)
}

/// The wait that a `Retry-After` asks for, which is a number of seconds or an HTTP date; nothing
/// where it is neither or lies in the past.
pub fn wait_ms(retry_after: &str, now_ms: f64) -> Option<f64> {
    let text = retry_after.trim();
    let wait = match number(text) {
        Some(seconds) => seconds as f64 * 1000.0,
        None => http_date_ms(text)? - now_ms,
    };
    (wait > 0.0).then_some(wait)
}

/// Reads the preferred form of an HTTP date, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7);
/// its two obsolete forms are not read, and backing off takes their place.
fn http_date_ms(text: &str) -> Option<f64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = text.split(' ');
    words.next().filter(|weekday| weekday.ends_with(','))?;
    let day = number(words.next()?)?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? as i64 + 1;
    let year = number(words.next()?)?;
    let mut clock = words.next()?.split(':').map(number);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let valid = (1970..10_000).contains(&year) && (1..=31).contains(&day);
    if !valid || words.next() != Some("GMT") {
        return None;
    }
    // Counted from March, as in `submission::rfc3339`, of which this is the inverse.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = 365 * year + leap_days + (153 * month + 2) / 5 + day - 719_469;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) as f64 * 1000.0)
}

/// A whole number of at most nine digits: enough for thirty years in seconds.
fn number(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.bytes().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::rfc3339;

    #[test]
    fn the_limit_doubles_up_to_five_minutes() {
        let limits: Vec<f64> = (1..=10).map(|attempts| backoff(attempts, 1.0)).collect();
        assert_eq!(limits[..4], [2000.0, 4000.0, 8000.0, 16_000.0]);
        assert_eq!(limits[9], 300_000.0);
        assert_eq!(backoff(u32::MAX, 1.0), 300_000.0);
        assert_eq!(backoff(5, 0.0), 0.0);
    }

    #[test]
    fn http_dates_are_read() {
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"),
            ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"),
            ("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59.000Z"),
            ("Mon, 01 Mar 2100 00:00:00 GMT", "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(rfc3339(http_date_ms(text).unwrap()), expected, "{text}");
        }
        for text in [
            "",
            "soon",
            "Sun, 06 Xyz 1994 08:49:37 GMT",
            "Sun, 06 anF 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
        ] {
            assert_eq!(http_date_ms(text), None, "{text}");
        }
    }

    #[test]
    fn a_wait_in_the_past_is_none() {
        assert_eq!(wait_ms("0", 0.0), None);
        assert_eq!(wait_ms("-5", 0.0), None);
        assert_eq!(wait_ms("Thu, 01 Jan 1970 00:01:00 GMT", 60_000.0), None);
        assert_eq!(wait_ms(" 7 ", 0.0), Some(7000.0));
    }
}
