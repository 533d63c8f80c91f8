//! The wave that a moment belongs to, on the clocks where it was written.

use super::settings::Wave;

/// The wave of an RFC 3339 moment in UTC, for clocks so many minutes ahead of it.
pub fn wave(moment: &str, utc_offset_minutes: i32, unit: Wave) -> Option<String> {
    let (year, month, day) = civil(days_there(moment, utc_offset_minutes)?);
    Some(match unit {
        Wave::Year => format!("{year:04}"),
        Wave::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        Wave::Month => format!("{year:04}-{month:02}"),
        Wave::Day => format!("{year:04}-{month:02}-{day:02}"),
        Wave::Week => {
            // A week belongs to the year of its Thursday; 1970-01-01 was one.
            let days = days(year, month, day);
            let thursday = days - (days + 3).rem_euclid(7) + 3;
            let (year, ..) = civil(thursday);
            format!("{year:04}-W{:02}", (thursday - self::days(year, 1, 1)) / 7 + 1)
        }
    })
}

/// Milliseconds since 1970 of an RFC 3339 moment in UTC.
pub fn milliseconds(moment: &str) -> Option<f64> {
    let number = |from: usize, to: usize| moment.get(from..to)?.parse::<i64>().ok();
    let day = days(number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13).unwrap_or(0), number(14, 16).unwrap_or(0));
    let second = number(17, 19).unwrap_or(0);
    Some(((day * 24 + hour) * 60 + minute) as f64 * 60_000.0 + second as f64 * 1000.0)
}

fn days_there(moment: &str, utc_offset_minutes: i32) -> Option<i64> {
    let number = |from: usize, to: usize| moment.get(from..to)?.parse::<i64>().ok();
    let (month, day) = (number(5, 7)?, number(8, 10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (hour, minute) = (number(11, 13).unwrap_or(0), number(14, 16).unwrap_or(0));
    let there = hour * 60 + minute + i64::from(utc_offset_minutes);
    Some(days(number(0, 4)?, month, day) + there.div_euclid(24 * 60))
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let part = (5 * day_of_year + 2) / 153;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * part + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_those_of_the_clocks_there() {
        let new_year = "2026-12-31T23:30:00.000Z";
        assert_eq!(wave(new_year, 0, Wave::Month).unwrap(), "2026-12");
        assert_eq!(wave(new_year, 480, Wave::Month).unwrap(), "2027-01");
        assert_eq!(wave(new_year, 480, Wave::Week).unwrap(), "2026-W53");
        assert_eq!(wave("2026-02-15T08:00:00Z", 0, Wave::Quarter).unwrap(), "2026-Q1");
        assert_eq!(wave("2024-02-29T12:00:00Z", 0, Wave::Day).unwrap(), "2024-02-29");
        assert_eq!(wave("yesterday", 0, Wave::Day), None);
        assert_eq!(milliseconds("1970-01-02T00:01:00.000Z"), Some(86_460_000.0));
    }
}
