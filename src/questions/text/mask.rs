//! Input masks: what is typed is brought into form while it is typed. Field and check use the
//! same pure functions.

mod slots;

use super::mask_settings::{MaskSettings, MaskType};
use crate::issue::{Code, Issue};
use crate::value::{Value, number_text, parse_number};
pub use slots::is_date_pattern;
use slots::{Slot, is_dated, moment, narrow, slots_of_date, slots_of_pattern, unfold, walk};

/// A mask, ready to use.
#[derive(Clone, Debug)]
pub struct Mask {
    form: Form,
    save_masked: bool,
    min: Option<Value>,
    max: Option<Value>,
}

#[derive(Clone, Debug)]
enum Form {
    Slots(Vec<Slot>),
    Number { negative: bool, decimal: Option<char>, thousands: Option<char>, precision: usize },
}

/// What stands for a minus where it is typed.
pub const MINUS: [char; 3] = ['-', '－', '−'];

impl Mask {
    /// The mask of a kind with its settings; nothing where there is none.
    pub fn new(kind: MaskType, settings: &MaskSettings) -> Option<Mask> {
        let form = match kind {
            MaskType::None => return None,
            MaskType::Pattern => Form::Slots(slots_of_pattern(&settings.pattern)),
            MaskType::DateTime => Form::Slots(slots_of_date(&settings.pattern)),
            MaskType::Numeric | MaskType::Currency => Form::Number {
                negative: settings.negative,
                decimal: settings.decimal.chars().next(),
                thousands: settings.thousands.chars().next(),
                precision: settings.precision as usize,
            },
        };
        let (min, max) = (settings.min.clone(), settings.max.clone());
        Some(Mask { form, save_masked: settings.save_masked, min, max })
    }

    /// What was typed, in form as far as it goes. Doing it twice changes nothing.
    pub fn format(&self, typed: &str) -> String {
        match &self.form {
            Form::Slots(slots) => walk(slots, typed, true).masked,
            Form::Number { .. } => self.format_number(typed),
        }
    }

    /// The answer for what was typed.
    pub fn parse(&self, typed: &str) -> Value {
        let masked = self.format(typed);
        let Form::Slots(slots) = &self.form else {
            let number = self.number(&masked).filter(|_| !self.save_masked).map(Value::Number);
            return number.unwrap_or_else(|| text_or_null(masked));
        };
        let filled = walk(slots, &masked, true);
        if filled.raw.is_empty() {
            return Value::Null;
        }
        Value::Text(match (self.save_masked, is_dated(slots)) {
            (true, _) => masked + &filled.end.unwrap_or_default(),
            (false, true) => moment(slots, &masked).unwrap_or(masked),
            (false, false) => filled.raw,
        })
    }

    /// An answer as the field shows it.
    pub fn show(&self, answer: &Value) -> String {
        let text = match answer {
            Value::Number(number) => self.decimal_text(*number),
            Value::Text(text) => text.clone(),
            _ => return String::new(),
        };
        match &self.form {
            Form::Slots(slots) if is_dated(slots) && !self.save_masked => {
                unfold(slots, &text).unwrap_or_else(|| self.format(&text))
            }
            Form::Slots(slots) if !self.save_masked => walk(slots, &text, false).masked,
            _ => self.format(&text),
        }
    }

    /// Adds what is wrong with an answer.
    pub fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let found = match &self.form {
            Form::Number { .. } => self.check_number(answer),
            Form::Slots(slots) if is_dated(slots) => self.check_moment(slots, answer),
            Form::Slots(slots) => {
                let text = answer.as_text().unwrap_or_default();
                let filled = walk(slots, text, self.save_masked);
                let stored = if self.save_masked { &filled.masked } else { &filled.raw };
                (filled.end.is_none() || stored != text).then(|| Issue::new(Code::Pattern))
            }
        };
        issues.extend(found);
    }

    /// Where the caret belongs in the masked text, in UTF-16 units, when it stood behind
    /// `before` in the typed one: behind as many letters and digits.
    pub fn caret(&self, before: &str, masked: &str) -> usize {
        let mut left = self.format(before).chars().filter(|c| c.is_alphanumeric()).count();
        let behind = masked.chars().take_while(|c| {
            let goes_on = left > 0;
            left -= usize::from(goes_on && c.is_alphanumeric());
            goes_on
        });
        behind.map(char::len_utf16).sum()
    }

    /// Whether digits are all there is to type.
    pub fn is_numeric(&self) -> bool {
        match &self.form {
            Form::Number { .. } => true,
            Form::Slots(slots) => !slots.iter().any(|s| matches!(s, Slot::Letter | Slot::Either)),
        }
    }

    /// The form with nothing in it, for an empty field.
    pub fn outline(&self) -> String {
        let Form::Slots(slots) = &self.form else { return String::new() };
        let sign = |slot: &Slot| match slot {
            Slot::Literal(sign) | Slot::Part(sign) => *sign,
            _ => '_',
        };
        slots.iter().map(sign).collect()
    }

    fn check_moment(&self, slots: &[Slot], answer: &Value) -> Option<Issue> {
        let text = answer.as_text().unwrap_or_default();
        let iso = match self.save_masked {
            true if self.format(text) == text => moment(slots, text),
            true => None,
            false => Some(text.to_owned()),
        };
        let Some(iso) = iso.filter(|iso| unfold(slots, iso).is_some()) else {
            return Some(Issue::new(Code::NotADate));
        };
        let limit = |limit: &Option<Value>| limit.as_ref()?.as_text().map(str::to_owned);
        let early = limit(&self.min).filter(|min| iso < *min);
        let late = limit(&self.max).filter(|max| iso > *max);
        let early = early.map(|min| Issue::new(Code::TooEarly).with("min", min));
        early.or_else(|| late.map(|max| Issue::new(Code::TooLate).with("max", max)))
    }

    fn check_number(&self, answer: &Value) -> Option<Issue> {
        let number = match answer {
            Value::Text(text) if self.save_masked => self.number(text),
            answer => answer.as_number(),
        };
        let Some(number) = number else { return Some(Issue::new(Code::NotANumber)) };
        let limit = |limit: &Option<Value>| limit.as_ref().and_then(Value::as_number);
        let zero = matches!(self.form, Form::Number { negative: false, .. }).then_some(0.0);
        let small = limit(&self.min).or(zero).filter(|min| number < *min);
        let large = limit(&self.max).filter(|max| number > *max);
        let small = small.map(|min| Issue::new(Code::TooSmall).with("min", number_text(min)));
        small.or_else(|| large.map(|max| Issue::new(Code::TooLarge).with("max", number_text(max))))
    }

    fn format_number(&self, typed: &str) -> String {
        let Form::Number { negative, decimal, thousands, precision } = self.form else {
            return String::new();
        };
        let (mut whole, mut fraction) = (String::new(), None);
        for sign in typed.chars().map(narrow) {
            match &mut fraction {
                None if sign.is_ascii_digit() && whole.len() < 15 => whole.push(sign),
                None if Some(sign) == decimal => fraction = Some(String::new()),
                Some(digits) if sign.is_ascii_digit() && digits.len() < precision => {
                    digits.push(sign);
                }
                _ => {}
            }
        }
        let mut masked = String::new();
        if negative && typed.trim_start().starts_with(MINUS) {
            masked.push('-');
        }
        if whole.is_empty() && fraction.is_none() {
            return masked;
        }
        let digits = whole.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                masked.extend(thousands);
            }
            masked.push(digit);
        }
        if let Some(fraction) = fraction.filter(|_| precision > 0) {
            masked.extend(decimal);
            masked.push_str(&fraction);
        }
        masked
    }

    fn number(&self, masked: &str) -> Option<f64> {
        let Form::Number { decimal, .. } = self.form else { return None };
        let plain = |sign: char| match sign {
            _ if Some(sign) == decimal => Some('.'),
            '0'..='9' | '-' => Some(sign),
            _ => None,
        };
        parse_number(&masked.chars().filter_map(plain).collect::<String>())
    }

    fn decimal_text(&self, number: f64) -> String {
        let text = number_text(number);
        match self.form {
            Form::Number { decimal: Some(decimal), .. } => text.replace('.', &decimal.to_string()),
            _ => text,
        }
    }
}

fn text_or_null(text: String) -> Value {
    if text.is_empty() { Value::Null } else { Value::Text(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::definition::{Log, Place};
    use crate::value::Map;

    fn settings(pattern: &str) -> MaskSettings {
        let standard = MaskSettings::read_fields(&Map::new(), &Place::ROOT, &Log::default());
        MaskSettings { pattern: pattern.to_owned(), ..standard.unwrap() }
    }

    fn mask(kind: MaskType, pattern: &str) -> Mask {
        Mask::new(kind, &settings(pattern)).unwrap()
    }

    #[test]
    fn patterns_put_in_what_stands_between_the_slots() {
        let phone = mask(MaskType::Pattern, r"(99) \999-9999");
        assert_eq!(phone.format("(02"), "(02");
        assert_eq!(phone.format("021234"), "(02) 912-34");
        assert_eq!(phone.parse("02) 9123 45x67").to_json(), r#""02123456""#);
        assert_eq!(phone.show(&Value::from("0291")), "(02) 991");
        let plate = mask(MaskType::Pattern, "aa-##%");
        assert_eq!(plate.format("1ab2c9"), "ab-2c");
        let kept = Mask { save_masked: true, ..plate };
        assert_eq!(kept.parse("ab2c").to_json(), r#""ab-2c%""#);
    }

    #[test]
    fn numbers_are_grouped_and_stay_numbers() {
        let number = mask(MaskType::Numeric, "");
        assert_eq!(number.format("-1234567.891"), "-1,234,567.89");
        assert_eq!(number.format("００12"), "12");
        assert_eq!(number.parse("1,234.5").to_json(), "1234.5");
        assert_eq!(number.parse("-").to_json(), r#""-""#);
        let german = MaskSettings { decimal: ",".into(), thousands: ".".into(), ..settings("") };
        let german = Mask::new(MaskType::Currency, &german).unwrap();
        assert_eq!(german.show(&Value::from(1234.5)), "1.234,5");
        assert_eq!(german.parse("1.234,50").to_json(), "1234.5");
    }

    #[test]
    fn dates_are_stored_as_iso_8601_once_they_exist() {
        let date = mask(MaskType::DateTime, "dd/mm/yyyy HH:MM");
        assert_eq!(date.format("231120260930"), "23/11/2026 09:30");
        assert_eq!(date.parse("23/11/2026 09:30").to_json(), r#""2026-11-23T09:30""#);
        assert_eq!(date.parse("31/11/2026 09:30").to_json(), r#""31/11/2026 09:30""#);
        assert_eq!(date.show(&Value::from("2026-11-23T09:30")), "23/11/2026 09:30");
        for pattern in ["mm/yyyy", "HH:MM:ss", "yyyy.mm.dd"] {
            assert!(is_date_pattern(pattern), "{pattern}");
        }
        for pattern in ["", "dd/mm", "m/d/yyyy", "yyyy-mm-dd x", "ymyymyd"] {
            assert!(!is_date_pattern(pattern), "{pattern}");
        }
    }

    #[test]
    fn the_caret_stays_behind_what_it_stood_behind() {
        let number = mask(MaskType::Numeric, "");
        assert_eq!(number.caret("12345", "1,234,567"), 7);
        assert_eq!(number.caret("", "1,234"), 0);
        assert_eq!(mask(MaskType::Pattern, "(99) 99").caret("(12", "(12) 34"), 3);
    }

    fn any_mask() -> impl Strategy<Value = Mask> {
        let kind =
            prop_oneof![Just(MaskType::Pattern), Just(MaskType::Numeric), Just(MaskType::DateTime)];
        let pattern =
            prop_oneof![r"[9a#\\()/ 1x.-]{0,12}", any::<String>(), Just("yyyy-mm-dd".into())];
        (kind, pattern, any::<bool>(), any::<bool>(), 0..4_u32).prop_map(
            |(kind, pattern, save_masked, negative, precision)| {
                let settings =
                    MaskSettings { save_masked, negative, precision, ..settings(&pattern) };
                Mask::new(kind, &settings).unwrap()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn formatting_twice_changes_nothing(
            mask in any_mask(),
            typed in prop_oneof![any::<String>(), "[0-9a-z(),./ 1x-]{0,16}"],
        ) {
            let once = mask.format(&typed);
            prop_assert_eq!(mask.format(&once), once);
        }

        #[test]
        fn what_is_shown_for_an_answer_means_that_answer(
            mask in any_mask(),
            typed in prop_oneof![any::<String>(), "[0-9a-z(),./ 1x-]{0,16}"],
        ) {
            let answer = mask.parse(&typed);
            prop_assert_eq!(mask.parse(&mask.show(&answer)).to_json(), answer.to_json());
        }

        #[test]
        fn checks_and_carets_take_anything(mask in any_mask(), text in any::<String>()) {
            mask.check(&Value::from(text.as_str()), &mut Vec::new());
            let masked = mask.format(&text);
            prop_assert!(mask.caret(&text, &masked) <= masked.encode_utf16().count());
        }
    }
}
