//! Numbers, money and days in the manner of a language, as the Unicode CLDR describes it.

use super::super::date::is_date;
use super::super::scalar_text;
use super::{Calculated, DisplayStyle};
use crate::text::{Language, fallbacks};
use crate::value::{Value, rounded_text};

/// Currencies that have a sign, as they are written outside their countries.
const SIGNS: &[(&str, &str)] = &[
    ("USD", "US$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("JPY", "JP¥"),
    ("TWD", "NT$"),
    ("CNY", "CN¥"),
    ("KRW", "₩"),
    ("VND", "₫"),
    ("HKD", "HK$"),
    ("INR", "₹"),
    ("NZD", "NZ$"),
    ("CAD", "CA$"),
    ("BRL", "R$"),
    ("MXN", "MX$"),
];

/// Signs for readers of some languages.
const OWN_SIGNS: &[(&str, &str, &[&str])] = &[
    ("USD", "$", &["en", "ja"]),
    ("TWD", "$", &["zh-Hant"]),
    ("JPY", "¥", &["en", "zh-Hant", "th", "vi"]),
    ("JPY", "￥", &["ja"]),
    ("CNY", "¥", &["zh-Hans"]),
    ("CNY", "元", &["ja"]),
    ("THB", "฿", &["th", "vi"]),
];

/// Currencies without decimals, and those with three.
const WHOLE: &[&str] = &["JPY", "KRW", "VND", "IDR", "CLP", "ISK"];
const THOUSANDTHS: &[&str] = &["KWD", "BHD", "JOD", "OMR", "TND"];

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
const THAI_MONTHS: [&str; 12] = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
];
/// The Buddhist calendar, which Thai readers use, counts from 543 BC.
const THAI_YEARS: u32 = 543;

pub fn format(options: &Calculated, answer: &Value, language: &Language) -> String {
    match (options.display_style, answer) {
        (DisplayStyle::Date, Value::Text(text)) => {
            day(text, language).unwrap_or_else(|| text.clone())
        }
        (DisplayStyle::None | DisplayStyle::Date, answer) => scalar_text(answer),
        (_, Value::Number(number)) => number_in(options, *number, language),
        (_, answer) => scalar_text(answer),
    }
}

fn number_in(options: &Calculated, number: f64, language: &Language) -> String {
    let code = options.currency.as_deref().unwrap_or_default();
    let (shift, least, most) = match options.display_style {
        DisplayStyle::Percent => (2, 0, 0),
        DisplayStyle::Currency if WHOLE.contains(&code) => (0, 0, 0),
        DisplayStyle::Currency if THOUSANDTHS.contains(&code) => (0, 3, 3),
        DisplayStyle::Currency => (0, 2, 2),
        _ => (0, 0, 3),
    };
    let (least, most) = options.precision.map_or((least, most), |decimals| (decimals, decimals));
    let plain = rounded_text(number, shift, least, most);
    let size = plain.strip_prefix('-').unwrap_or(&plain);
    let mut text = plain.strip_suffix(size).unwrap_or_default().to_owned();
    let is_vietnamese = is_in(language.tag, "vi");
    let size = separated(size, is_vietnamese, options.grouping);
    match options.display_style {
        DisplayStyle::Percent => [&text, &size, "%"].concat(),
        DisplayStyle::Currency if is_vietnamese => {
            [&text, &size, "\u{a0}", sign(code, language.tag)].concat()
        }
        DisplayStyle::Currency => {
            let sign = sign(code, language.tag);
            text += sign;
            // A sign that is a letter would run into the digits.
            if sign.ends_with(char::is_alphabetic) {
                text.push('\u{a0}');
            }
            text + &size
        }
        _ => text + &size,
    }
}

/// Digits in groups of three.
fn separated(plain: &str, is_vietnamese: bool, grouping: bool) -> String {
    let (group, decimal) = if is_vietnamese { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if grouping && index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text += fraction;
    }
    text
}

fn sign<'a>(code: &'a str, tag: &str) -> &'a str {
    for (known, sign, languages) in OWN_SIGNS {
        if *known == code && languages.iter().any(|language| is_in(tag, language)) {
            return sign;
        }
    }
    SIGNS.iter().find(|(known, _)| *known == code).map_or(code, |(_, sign)| sign)
}

fn is_in(tag: &str, language: &str) -> bool {
    fallbacks(tag).iter().any(|known| known.eq_ignore_ascii_case(language))
}

/// A day in words; nothing where the text is no date.
fn day(text: &str, language: &Language) -> Option<String> {
    let (year, month, day) = local_day(text, language.utc_offset_minutes)?;
    let tag = language.tag;
    let [plain_year, plain_month, plain_day] = [year, month, day].map(|part| part.to_string());
    let parts: [&str; 6] = if is_in(tag, "zh") {
        [&plain_year, "年", &plain_month, "月", &plain_day, "日"]
    } else if is_in(tag, "ko") {
        [&plain_year, ". ", &plain_month, ". ", &plain_day, "."]
    } else if is_in(tag, "vi") {
        [&plain_day, " thg ", &plain_month, ", ", &plain_year, ""]
    } else if is_in(tag, "th") {
        let month = THAI_MONTHS.get(month as usize - 1)?;
        let year = (year + THAI_YEARS).to_string();
        return Some([&plain_day, " ", month, " ", &year].concat());
    } else if is_in(tag, "en") {
        let start = (month as usize - 1) * 3;
        [MONTHS.get(start..start + 3)?, " ", &plain_day, ", ", &plain_year, ""]
    } else {
        // Japanese, and a form that nobody misreads.
        let sign = if is_in(tag, "ja") { "/" } else { "-" };
        return Some([&two(year), sign, &two(month), sign, &two(day)].concat());
    };
    Some(parts.concat())
}

fn two(number: u32) -> String {
    let text = number.to_string();
    if text.len() < 2 { ["0", &text].concat() } else { text }
}

/// Year, month and day: as written, or on the respondent's clock where the text is a moment in
/// UTC, as computed dates are.
fn local_day(text: &str, offset: i32) -> Option<(u32, u32, u32)> {
    let (date, rest) = text.split_at_checked(10)?;
    if !is_date(date) || !(rest.is_empty() || rest.starts_with('T')) {
        return None;
    }
    let number = |from, to| date.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !rest.ends_with('Z') {
        return Some((year, month, day));
    }
    let time = |from, to| rest.get(from..to)?.parse::<i32>().ok();
    let minutes = time(1, 3)? * 60 + time(4, 6)? + offset;
    Some(match minutes {
        ..0 => before(year, month, day),
        0..1440 => (year, month, day),
        _ => after(year, month, day),
    })
}

fn exists(year: u32, month: u32, day: u32) -> bool {
    let year = ["000", &year.to_string()].concat();
    let year = year.get(year.len() - 4..).unwrap_or_default();
    is_date(&[year, "-", &two(month), "-", &two(day)].concat())
}

fn after(year: u32, month: u32, day: u32) -> (u32, u32, u32) {
    if exists(year, month, day + 1) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

fn before(year: u32, month: u32, day: u32) -> (u32, u32, u32) {
    if day > 1 {
        return (year, month, day - 1);
    }
    let (year, month) = if month > 1 { (year, month - 1) } else { (year.saturating_sub(1), 12) };
    let last = (28..=31).rev().find(|day| exists(year, month, *day));
    (year, month, last.unwrap_or(28))
}
