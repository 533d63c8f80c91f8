//! Numbers as JavaScript reads, prints and rounds them.

use crate::value::{number_text, parse_number};

/// JavaScript's `Number(text)`.
pub(super) fn from_script_text(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    let radix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        let (value, rest) = whole(text.get(2..).unwrap_or_default(), radix);
        return value.filter(|_| rest.is_empty()).unwrap_or(f64::NAN);
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ => parse_number(text).unwrap_or(f64::NAN),
    }
}

/// The number that an answer's text means: with a decimal point or comma, or `0x…`.
///
/// More than 15 digits are an identifier rather than a number.
pub(super) fn from_text(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(digits) = text.strip_prefix("0x") {
        return whole(digits, 16).0.filter(|_| text.len() <= 32);
    }
    if text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = match text.split_once(',') {
        Some((whole, fraction)) if !fraction.contains(',') => {
            parse_number(&[whole, ".", fraction].concat())
        }
        _ => parse_number(text),
    };
    number.filter(|number| number.is_finite())
}

/// The value of the leading digits, if any, and what follows them.
fn whole(text: &str, radix: u32) -> (Option<f64>, &str) {
    let rest = text.trim_start_matches(|digit: char| digit.is_digit(radix));
    let digits = text.strip_suffix(rest).unwrap_or_default();
    let value = digits
        .chars()
        .filter_map(|digit| digit.to_digit(radix))
        .fold(0.0, |value, digit| value * f64::from(radix) + f64::from(digit));
    ((!digits.is_empty()).then_some(value), rest)
}

/// How many decimals the number shows, by which sums and products are rounded: `0.1 + 0.2` is `0.3`.
///
/// Prices and their like are recognised without printing them: where the number is a whole
/// number of at most 15 digits divided by a power of ten, that is its shortest form.
pub(super) fn decimals(number: f64) -> usize {
    if !number.is_finite() || number.fract() == 0.0 {
        return 0;
    }
    for (index, scale) in SCALES.into_iter().enumerate() {
        let scaled = (number * scale).round();
        if scaled.abs() < 1e15 && scaled / scale == number {
            return index + 1;
        }
    }
    decimals_of_text(&number_text(number))
}

const SCALES: [f64; 6] = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

pub(super) fn decimals_of_text(text: &str) -> usize {
    text.split('.').nth(1).map_or(0, str::len)
}

/// The number rounded to so many decimals, like JavaScript's `toFixed`; none leaves it as it is.
pub(super) fn to_fixed(number: f64, decimals: usize) -> f64 {
    if decimals == 0 || decimals > 22 {
        return number;
    }
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let (scaled, error) = product_with_error(number.abs(), scale);
    // Beyond this no decimal is left that could be cut.
    if scaled >= 9e15 || scaled.is_nan() {
        return number;
    }
    let floor = scaled.floor();
    let up = (scaled - floor) + error >= 0.5;
    ((floor + f64::from(u8::from(up))) / scale).copysign(number)
}

/// Rounds half up, like JavaScript's `Math.round`.
pub(super) fn round_half_up(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// JavaScript's `Math.pow`.
///
/// Whole exponents are computed by multiplication, carrying the rounding error along, because the
/// mathematical library differs in the last digit between machines and the browser.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        return f64::NAN;
    }
    if exponent.fract() == 0.0 && exponent.abs() <= 1024.0 {
        let result = whole_power(base, exponent);
        if result.is_normal() {
            return result;
        }
    }
    base.powf(exponent)
}

fn whole_power(base: f64, exponent: f64) -> f64 {
    let (mut high, mut low) = (1.0, 0.0);
    let (mut square, mut square_low) = (base, 0.0);
    let mut bits = exponent.abs() as u32;
    while bits > 0 {
        if bits & 1 == 1 {
            (high, low) = multiply((high, low), (square, square_low));
        }
        (square, square_low) = multiply((square, square_low), (square, square_low));
        bits >>= 1;
    }
    if exponent >= 0.0 {
        return high + low;
    }
    let inverse = 1.0 / high;
    let (product, error) = product_with_error(inverse, high);
    inverse + inverse * ((1.0 - product) - error - inverse * low)
}

fn multiply(left: (f64, f64), right: (f64, f64)) -> (f64, f64) {
    let (product, error) = product_with_error(left.0, right.0);
    let low = error + (left.0 * right.1 + left.1 * right.0);
    let sum = product + low;
    (sum, low - (sum - product))
}

/// The product and its rounding error, after Dekker (1971).
fn product_with_error(left: f64, right: f64) -> (f64, f64) {
    let product = left * right;
    let split = |number: f64| {
        let scaled = number * 134_217_729.0;
        let high = scaled - (scaled - number);
        (high, number - high)
    };
    let ((a, b), (c, d)) = (split(left), split(right));
    (product, ((a * c - product) + a * d + b * c) + b * d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_answers() {
        for (text, number) in [
            ("5", Some(5.0)),
            (" 5 ", Some(5.0)),
            ("1,5", Some(1.5)),
            ("1,5,0", None),
            ("0x1F", Some(31.0)),
            ("1e3", Some(1000.0)),
            ("-2", Some(-2.0)),
            (".5", Some(0.5)),
            ("1234567890123456", None),
            ("12 guests", None),
            ("inf", None),
            ("", None),
            ("2021-01-01", None),
        ] {
            assert_eq!(from_text(text), number, "{text}");
        }
    }

    #[test]
    fn decimals_are_those_that_print() {
        let mut number = 0.0;
        for step in 0..20_000 {
            number += 0.000_37 * f64::from(step % 91);
            for number in [number, -number * 1e9, number / 7.0, number.trunc() / 1e3, number / 1e9]
            {
                assert_eq!(decimals(number), decimals_of_text(&number_text(number)), "{number}");
                for digits in 1..8 {
                    // Rust rounds an exact half to even, JavaScript up.
                    let half = (number * 10f64.powi(digits)).fract().abs() == 0.5;
                    let printed = format!("{number:.0$}", digits as usize).parse::<f64>().unwrap();
                    let fixed = to_fixed(number, digits as usize);
                    assert!(half || fixed == printed, "{number} to {digits}: {fixed}");
                }
            }
        }
        assert_eq!(to_fixed(0.125, 2), 0.13);
        assert_eq!(to_fixed(-0.25, 1), -0.3);
        assert_eq!(to_fixed(1e22 + 0.1, 2), 1e22);
    }

    #[test]
    fn reads_scripts() {
        for (text, number) in [
            ("", 0.0),
            (" 7 ", 7.0),
            ("0x1F", 31.0),
            ("0b101", 5.0),
            ("-Infinity", f64::NEG_INFINITY),
        ] {
            assert_eq!(from_script_text(text), number, "{text}");
        }
        for text in ["1,5", "0x", "0b2", "inf", "five"] {
            assert!(from_script_text(text).is_nan(), "{text}");
        }
    }

    #[test]
    fn powers() {
        assert_eq!(power(2.0, 10.0), 1024.0);
        assert_eq!(power(10.0, -2.0), 0.01);
        assert_eq!(power(1.1, 10.0), 1.1f64.powf(10.0));
        assert_eq!(power(0.0, 0.0), 1.0);
        assert_eq!(power(0.0, -1.0), f64::INFINITY);
        assert_eq!(power(2.0, 0.5), 2f64.sqrt());
        assert_eq!(power(10.0, 308.0), 1e308);
        assert!(power(1.0, f64::INFINITY).is_nan());
    }
}
