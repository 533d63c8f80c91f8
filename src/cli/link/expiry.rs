//! When a link ends, as text.

use crate::server::time;

/// A moment with the zone in which it was meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Expiry {
    /// Seconds since 1970 in UTC.
    pub at: i64,
    /// As `+08:00`.
    pub zone: String,
}

/// Reads `2026-12-31T18:00+08:00`, or `2026-12-31+08:00` for the whole of that day. The zone is
/// needed: midnight in UTC is eight in the morning in Taipei.
pub fn parse(text: &str) -> Result<Expiry, String> {
    let wrong = || {
        format!(
            "`{text}` is no end of a link: write 2026-12-31+08:00 for the whole of that day, or \
             2026-12-31T18:00+08:00; the zone is needed"
        )
    };
    let (date, rest) = text.split_at_checked(10).ok_or_else(wrong)?;
    let (moment, whole_day) = match rest.chars().next() {
        Some('T' | ' ') => (text.to_owned(), false),
        _ => (format!("{date}T00:00{rest}"), true),
    };
    let time = moment.get(11..).unwrap_or_default();
    if !time.contains(['Z', '+', '-']) {
        return Err(wrong());
    }
    let moment = time::parse(&moment).map_err(|_| wrong())?;
    let day = if whole_day { 86_400 } else { 0 };
    let minutes = moment.utc_offset_minutes;
    let sign = if minutes < 0 { '-' } else { '+' };
    let zone = format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
    Ok(Expiry { at: (moment.ms / 1000.0).floor() as i64 + day, zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_until_its_own_midnight() {
        let day = parse("2026-12-31+08:00").unwrap();
        assert_eq!(day, Expiry { at: 1_798_732_800, zone: "+08:00".into() });
        assert_eq!(parse("2027-01-01T00:00+08:00"), Ok(day));
        assert_eq!(parse("2026-12-31T23:59:30-03:30").unwrap().zone, "-03:30");
        assert_eq!(parse("2026-12-31Z").unwrap().zone, "+00:00");
    }

    #[test]
    fn nobody_has_to_guess_the_zone() {
        for text in ["2026-12-31", "2026-12-31T18:00", "tomorrow", "", "2026-02-30+08:00"] {
            assert!(parse(text).unwrap_err().contains("zone"), "{text}");
        }
    }
}
