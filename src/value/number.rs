//! Numbers as text and back, as JavaScript writes and reads them.
//!
//! The standard library's own printing and parsing bring 25 kB of tables and code into WebAssembly,
//! so browsers print, and what is read is read here.

use super::platform::shortest;

/// Prints a number as JavaScript does: `5` rather than `5.0`, `1e+21`, `0.000001`, `1.5e-7`.
///
/// ```
/// use askwell::value::number_text;
/// assert_eq!(number_text(5.0), "5");
/// assert_eq!(number_text(0.1 + 0.2), "0.30000000000000004");
/// ```
pub fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return (number as i64).to_string();
    }
    let (sign, digits, point) = decimal(number);
    [sign, &placed(&digits, point)].concat()
}

/// Prints a number times ten to the `shift` with `least` to `most` decimals and never with an
/// exponent; halves are rounded away from zero, as `Intl.NumberFormat` does in browsers.
///
/// ```
/// use askwell::value::rounded_text;
/// assert_eq!(rounded_text(1234.5, 0, 2, 2), "1234.50");
/// assert_eq!(rounded_text(1.005, 0, 0, 2), "1.01");
/// assert_eq!(rounded_text(-0.123, 2, 0, 0), "-12");
/// ```
pub fn rounded_text(number: f64, shift: i32, least: u32, most: u32) -> String {
    if !number.is_finite() {
        return number_text(number);
    }
    let (sign, digits, point) = decimal(number);
    let mut digits = digits.into_bytes();
    let mut point = if digits.is_empty() { 0 } else { point + shift };
    let keep = point + most as i32;
    if keep < digits.len() as i32 {
        let kept = keep.max(0) as usize;
        let mut carry = keep >= 0 && digits.get(kept).is_some_and(|digit| *digit >= b'5');
        digits.truncate(kept);
        for digit in digits.iter_mut().rev() {
            if !carry {
                break;
            }
            carry = *digit == b'9';
            *digit = if carry { b'0' } else { *digit + 1 };
        }
        if carry {
            digits.insert(0, b'1');
            point += 1;
        }
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.is_empty() {
            point = 0;
        }
    }
    let mut text = String::new();
    if !digits.is_empty() {
        text.push_str(sign);
    }
    let digit = |place: i32| {
        let digit = usize::try_from(place).ok().and_then(|place| digits.get(place));
        char::from(digit.copied().unwrap_or(b'0'))
    };
    if point <= 0 {
        text.push('0');
    }
    for place in 0..point {
        text.push(digit(place));
    }
    let decimals = (digits.len() as i32 - point).max(least as i32);
    if decimals > 0 {
        text.push('.');
    }
    for place in point..point + decimals {
        text.push(digit(place));
    }
    text
}

/// The sign, digits and point of a number; the point stands before the digit of that place.
fn decimal(number: f64) -> (&'static str, String, i32) {
    let text = shortest(number);
    let size = text.strip_prefix('-').unwrap_or(&text);
    let sign = if text.len() > size.len() { "-" } else { "" };
    let (mantissa, exponent) = size.split_once(['e', 'E']).unwrap_or((size, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    let leading_zeros = (digits.len() - significant.len()) as i32;
    let exponent = whole_number(exponent).unwrap_or(0) as i32;
    let point = whole.len() as i32 + exponent - leading_zeros;
    (sign, significant.trim_end_matches('0').to_owned(), point)
}

/// Digits with their decimal point, which stands before the digit `point`.
fn placed(digits: &str, point: i32) -> String {
    let count = digits.len() as i32;
    let zeros = |count: i32| "0".repeat(count.unsigned_abs() as usize);
    if count <= point && point <= 21 {
        return [digits, &zeros(point - count)].concat();
    }
    if 0 < point && point <= 21 {
        let (whole, fraction) = digits.split_at_checked(point as usize).unwrap_or((digits, ""));
        return [whole, ".", fraction].concat();
    }
    if -6 < point && point <= 0 {
        return ["0.", &zeros(point), digits].concat();
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or((digits, ""));
    let dot = if rest.is_empty() { "" } else { "." };
    let sign = if point > 0 { "+" } else { "-" };
    [first, dot, rest, "e", sign, &(point - 1).unsigned_abs().to_string()].concat()
}

/// Reads a decimal number: digits with an optional sign, point and exponent, and nothing else.
///
/// Numbers of up to 15 digits and common exponents are exact; others may differ from the nearest
/// number in the last bit.
///
/// ```
/// use askwell::value::parse_number;
/// assert_eq!(parse_number("-19.99"), Some(-19.99));
/// assert_eq!(parse_number("1e3"), Some(1000.0));
/// assert_eq!(parse_number("twelve"), None);
/// ```
pub fn parse_number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole_number(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut significand: u64 = 0;
    let mut exponent = exponent - fraction.len() as i64;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = u64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        if significand < 1_000_000_000_000_000_000 {
            significand = significand * 10 + digit;
        } else {
            exponent += 1;
        }
    }
    let size = scaled(significand as f64, exponent.clamp(-700, 700) as i32);
    Some(if text.starts_with('-') { -size } else { size })
}

fn whole_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let grow = |size: i64, digit| (size * 10 + i64::from(digit - b'0')).min(99_999);
    let size = valid.then(|| digits.bytes().fold(0, grow))?;
    Some(if text.starts_with('-') { -size } else { size })
}

/// `number × 10^exponent`. Powers up to 10^22 are exact, so only one rounding happens there.
fn scaled(mut number: f64, exponent: i32) -> f64 {
    let mut left = exponent.unsigned_abs();
    while left > 0 && number != 0.0 && number.is_finite() {
        let step = left.min(22);
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        number = if exponent > 0 { number * power } else { number / power };
        left -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_like_javascript() {
        for (number, text) in [
            (5.0, "5"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (100.0, "100"),
            (1e15, "1000000000000000"),
            (1.234e18, "1234000000000000000"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (-1.25e300, "-1.25e+300"),
            (0.000001, "0.000001"),
            (0.0012, "0.0012"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"),
            (5e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn rounds_as_browsers_do() {
        for (number, (shift, least, most), text) in [
            (0.0, (0, 0, 3), "0"),
            (-0.0001, (0, 0, 3), "0"),
            (0.0005, (0, 0, 3), "0.001"),
            (0.00049, (0, 2, 3), "0.00"),
            (9.995, (0, 2, 2), "10.00"),
            (999.5, (0, 0, 0), "1000"),
            (0.5, (0, 0, 0), "1"),
            (0.05, (0, 0, 0), "0"),
            (-1234567.8915, (0, 0, 3), "-1234567.892"),
            (0.07, (2, 0, 0), "7"),
            (0.0715, (2, 1, 1), "7.2"),
            (1e21, (0, 0, 2), "1000000000000000000000"),
            (1.5e-7, (0, 0, 20), "0.00000015"),
            (12.0, (0, 1, 4), "12.0"),
            (f64::INFINITY, (0, 2, 2), "Infinity"),
        ] {
            assert_eq!(rounded_text(number, shift, least, most), text);
        }
    }

    #[test]
    fn reads_what_it_prints() {
        for step in -40_000..40_000 {
            let cents = f64::from(step) / 100.0;
            assert_eq!(parse_number(&number_text(cents)), Some(cents));
        }
    }

    #[test]
    fn reads_numbers_and_nothing_else() {
        for (text, number) in [
            (".5", 0.5),
            ("5.", 5.0),
            ("+7", 7.0),
            ("1.5E-3", 0.0015),
            ("1e400", f64::INFINITY),
            ("1e-400", 0.0),
            ("0e99999999999999999999", 0.0),
            ("123456789012345678901234567890", 123456789012345678901234567890.0),
        ] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
        for text in
            ["", ".", "-", "e5", "1e", "1 ", "0x1", "1.2.3", "1,5", "inf", "NaN", "１", "--1"]
        {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
