//! Scales: a row of steps with native radio buttons underneath.

use super::{Element, Field, Words, element, radio};
use crate::questions::Choice;
use crate::value::Value;

/// One step: a radio button under a face that shows what it stands for.
///
/// `name` is what a screen reader says; it holds whatever words are on the face.
pub fn step(field: Field, index: usize, value: Value, mut name: Words, face: Element) -> Element {
    let input = radio(field, index, true, value).live("aria-label", move || Some(name()));
    let face = face.set("aria-hidden", "true");
    element("label").part("step").child(input).child(face)
}

/// The steps beside each other; in a narrow place in as few even rows as fit.
pub fn step_row(part: &'static str, steps: Vec<Element>) -> Element {
    let count = steps.len().max(1);
    let rows = count.div_ceil(6);
    element("div")
        .set("class", "steps ".to_owned() + part)
        .set("part", "steps")
        .variable("--steps", count.to_string())
        .variable("--narrow-steps", count.div_ceil(rows).to_string())
        .children(steps)
}

/// What both ends of a scale mean. Screen readers hear it with the outermost steps.
pub fn ends(low: Words, high: Words) -> Element {
    element("div")
        .part("ends")
        .set("aria-hidden", "true")
        .child(element("span").child(low))
        .child(element("span").child(high))
}

/// Whether worded steps are short enough to stand in one row where there is room.
pub fn fits_columns(steps: &[Choice]) -> bool {
    let short = |step: &Choice| {
        step.description.is_none() && step.text.entries().all(|(_, text)| width(text) <= 48)
    };
    (2..=4).contains(&steps.len()) && steps.iter().all(short)
}

/// Whether words can stand in columns about ten letters wide, so that steps fit beside each
/// other on a phone. Ideographs count double and may break anywhere.
pub fn fits_narrow_columns(words: &str) -> bool {
    let longest = words.split(|c: char| c.is_whitespace() || is_wide(c)).map(width).max();
    longest.unwrap_or(0) <= 10 && width(words) <= 24
}

fn is_wide(letter: char) -> bool {
    letter >= '\u{2e80}'
}

/// How wide a text is in letters.
fn width(text: &str) -> usize {
    text.chars().map(|letter| 1 + usize::from(is_wide(letter))).sum()
}

#[cfg(test)]
mod tests {
    use super::fits_narrow_columns;

    #[test]
    fn words_fit_narrow_columns_by_their_longest_piece() {
        for words in ["Not at all", "Strongly disagree", "非常不同意", "Neither / nor"] {
            assert!(fits_narrow_columns(words), "{words}");
        }
        for words in
            ["Unsatisfactory", "Neither agree nor disagree", "我完全不同意這樣的說法喔真的"]
        {
            assert!(!fits_narrow_columns(words), "{words}");
        }
    }
}
