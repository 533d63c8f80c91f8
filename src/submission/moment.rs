//! Ids and times from a clock that is passed in: pure, so that the same inputs give the same text.

const DAY_MS: i64 = 86_400_000;

/// The last moment that four digits of a year can hold: the end of 9999.
const LAST_MS: i64 = 253_402_300_799_999;

/// The id of a submission: a UUIDv7 (RFC 9562 §5.7) from a moment in milliseconds since 1970 and
/// ten random bytes. Ids sort by the time at which they were made.
///
/// ```
/// use askwell::submission::submission_id;
/// let id = submission_id(1_645_557_742_000.0, [0xff; 10]);
/// assert_eq!(id, "017f22e2-79b0-7fff-bfff-ffffffffffff");
/// ```
///
/// Of the ten bytes the version and the variant overwrite six bits. A moment outside of the 48
/// bits that the standard has for it is cut to their ends.
pub fn submission_id(now_ms: f64, random: [u8; 10]) -> String {
    let time = (now_ms as u64).min((1 << 48) - 1);
    let [_, _, t0, t1, t2, t3, t4, t5] = time.to_be_bytes();
    let [a, b, c, d, e, f, g, h, i, j] = random;
    let (a, c) = (0x70 | (a & 0x0f), 0x80 | (c & 0x3f));
    format!(
        "{t0:02x}{t1:02x}{t2:02x}{t3:02x}-{t4:02x}{t5:02x}-{a:02x}{b:02x}-{c:02x}{d:02x}-\
         {e:02x}{f:02x}{g:02x}{h:02x}{i:02x}{j:02x}"
    )
}

/// A moment as RFC 3339 text in UTC with milliseconds, from milliseconds since 1970.
///
/// ```
/// use askwell::submission::rfc3339;
/// assert_eq!(rfc3339(1_793_607_330_250.0), "2026-11-02T08:15:30.250Z");
/// ```
///
/// Moments before 1970 or after 9999 are cut to those ends: a device with a broken clock still
/// gives a valid text. Every text has the same length, so texts sort by time.
pub fn rfc3339(ms: f64) -> String {
    let ms = (ms as i64).clamp(0, LAST_MS);
    let (year, month, day) = civil(ms / DAY_MS);
    let rest = ms % DAY_MS;
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// The Gregorian date of a day counted from 1970-01-01, which must not be before it.
///
/// Years are counted from March, so that the leap day is the last of its year and month lengths
/// follow a straight line (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_at_the_edges_of_the_calendar() {
        for (day, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_513, "2026-03-01"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(rfc3339((day * DAY_MS) as f64), format!("{text}T00:00:00.000Z"));
        }
        assert_eq!(rfc3339(-5.0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(f64::INFINITY), "9999-12-31T23:59:59.999Z");
        assert_eq!(rfc3339(f64::NAN), "1970-01-01T00:00:00.000Z");
    }

    proptest! {
        #[test]
        fn days_follow_each_other(day in 0..2_900_000_i64) {
            let (year, month, date) = civil(day);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let february = if leap { 29 } else { 28 };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            let expected = if date < lengths[month as usize - 1] {
                (year, month, date + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
            prop_assert_eq!(civil(day + 1), expected);
        }

        #[test]
        fn ids_are_well_formed_and_sort_by_time(
            now in 0..1_u64 << 47, later in 1..1000_u64, first: [u8; 10], second: [u8; 10],
        ) {
            let id = submission_id(now as f64, first);
            prop_assert!(id < submission_id((now + later) as f64, second));
            prop_assert_eq!(id.len(), 36);
            prop_assert_eq!(&id[14..15], "7");
            prop_assert!("89ab".contains(&id[19..20]));
        }
    }
}
