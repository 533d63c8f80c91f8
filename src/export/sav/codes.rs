//! What numbers stand for in a variable.

use crate::questions::{Choice, scalar_text};
use crate::value::Value;

/// What numbers stand for.
#[derive(Default)]
pub struct Codes {
    pub labels: Vec<(f64, String)>,
    /// The number that stands for each value; where there is none, numbers stand for themselves.
    pub numbers: Vec<(Value, f64)>,
    /// Those of them that are no answer to the question.
    pub missing: Vec<f64>,
    /// Of several choices: whether this one was made.
    pub chosen: Option<Value>,
}

/// What is stored where nothing is said, by how it is counted among what is missing.
const MISSING: [&str; 3] = ["refused", "dontknow", "not-observed"];

impl Codes {
    /// Numbers stand for themselves; other values are counted from 1, and their labels tell them.
    ///
    /// "Prefer not to say", "don't know" and "not observed" are 97, 98 and 99, or with as many nines before
    /// that as it takes to be beyond all numbers, and are declared missing.
    pub fn of(meanings: &[(Choice, String)]) -> Codes {
        let missing = |choice: &Choice| {
            let value = choice.value.as_text()?;
            let place = MISSING.iter().position(|known| *known == value)?;
            (choice.special || value == "not-observed").then_some(place)
        };
        let answers = || meanings.iter().filter(|(choice, _)| missing(choice).is_none());
        let all_numbers = answers().all(|(choice, _)| choice.value.as_number().is_some());
        let highest = answers().filter_map(|(choice, _)| choice.value.as_number());
        let highest = highest.fold(meanings.len() as f64, f64::max);
        let mut first = 97.0;
        while first <= highest {
            first = first * 10.0 + 27.0;
        }
        let mut codes = Codes::default();
        let mut counted = 0.0;
        for (choice, words) in meanings {
            let value = scalar_text(&choice.value);
            let missing = missing(choice).map(|place| first + place as f64);
            let number = match (missing, choice.value.as_number()) {
                (Some(code), _) => {
                    codes.missing.push(code);
                    code
                }
                (None, Some(number)) if all_numbers => number,
                _ => {
                    counted += 1.0;
                    counted
                }
            };
            if choice.value.as_number() != Some(number) {
                codes.numbers.push((choice.value.clone(), number));
            }
            let label = match choice.value.as_number() == Some(number) || missing.is_some() {
                true if words.is_empty() || words == &value => {
                    missing.is_some().then(|| value.clone())
                }
                true => Some(words.clone()),
                false if words == &value => Some(value),
                false => Some(format!("{value} {words}")),
            };
            codes.labels.extend(label.map(|label| (number, label)));
        }
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(choices: &[(Value, &str, bool)]) -> Codes {
        let choice = |(value, words, special): &(Value, &str, bool)| {
            let choice = Choice { special: *special, ..Choice::plain(value.clone()) };
            (choice, (*words).to_owned())
        };
        Codes::of(&choices.iter().map(choice).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_no_answer_is_beyond_all_answers() {
        let rated = of(&[
            (1.0.into(), "alone", false),
            (2.0.into(), "2", false),
            ("not-observed".into(), "?", false),
        ]);
        assert_eq!(rated.missing, [99.0]);
        assert_eq!(rated.labels, [(1.0, "alone".to_owned()), (99.0, "?".to_owned())]);
        let many = of(&[(98.0.into(), "98", false), ("refused".into(), "", true)]);
        assert_eq!(many.missing, [997.0]);
        // An author's own choice of that name is one like any other.
        let own = of(&[("refused".into(), "Turned down", false), ("b".into(), "b", false)]);
        assert!(own.missing.is_empty());
        assert_eq!(own.labels[0], (1.0, "refused Turned down".to_owned()));
    }
}
