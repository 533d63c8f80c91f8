//! Steps as numbers, stars or smileys beside each other, or as worded cards.

use std::sync::Arc;

use super::{RateType, Rating, ScaleColor};
use crate::questions::Choice;
use crate::ui::kit::{
    Element, Field, Frame, View, Words, card_list, choice_card, element, ends, face, fits_columns,
    group, radio, star, step, step_row,
};
use crate::value::number_text;

pub fn view(options: &Rating, field: Field) -> View {
    let scale = Arc::new(Steps { options: options.clone(), steps: options.steps(), field });
    let control = match options.rate_type {
        RateType::Labels => labels(&scale),
        RateType::Numbers => with_ends(&scale, row(&scale, "numbers", number_face)),
        RateType::Stars => {
            with_ends(&scale, row(&scale, "stars", |_, _| star()).child(chosen(&scale)))
        }
        RateType::Smileys => row(&scale, "smileys", smiley_face),
    };
    group(Frame::new(field).clearable(), "radiogroup", control)
}

/// The steps of one question, with what they are called.
struct Steps {
    options: Rating,
    steps: Vec<Choice>,
    field: Field,
}

impl Steps {
    /// What the author calls a step: its own wording, or that of the end which it is.
    fn own_words(&self, index: usize) -> Option<String> {
        let text = if !self.options.values.is_empty() {
            self.steps.get(index).map(|step| &step.text)
        } else if index == 0 {
            self.options.min_description.as_ref()
        } else if index + 1 == self.steps.len() {
            self.options.max_description.as_ref()
        } else {
            None
        };
        text.map(|text| self.field.text(text))
    }

    fn number(&self, index: usize) -> String {
        self.steps.get(index).map(|step| self.field.text(&step.text)).unwrap_or_default()
    }

    /// What a screen reader says, and what is shown below smileys.
    fn name(&self, index: usize) -> String {
        let field = self.field;
        let own = self.own_words(index);
        match (self.options.rate_type, own) {
            (RateType::Smileys, own) => own.unwrap_or_else(|| self.mood_words(index)),
            (_, Some(own)) if !self.options.values.is_empty() => own,
            (RateType::Stars, own) => {
                let key =
                    if index == 0 { "question.stars.step.one" } else { "question.stars.step" };
                let max = self.steps.len().to_string();
                let stars = field.phrase(key, &[("value", (index + 1).to_string()), ("max", max)]);
                [Some(stars), own].into_iter().flatten().collect::<Vec<_>>().join(" · ")
            }
            (_, Some(text)) => self.end(index, text),
            _ => {
                let max = self.number(self.steps.len() - 1);
                field.phrase("question.rating.step", &[("value", self.number(index)), ("max", max)])
            }
        }
    }

    fn end(&self, index: usize, text: String) -> String {
        let parameters = [("value", self.number(index)), ("text", text)];
        self.field.phrase("question.rating.end", &parameters)
    }

    fn mood_words(&self, index: usize) -> String {
        let key = match (self.steps.len(), index) {
            (5, 0) => "question.smileys.1",
            (5, 1) | (3, 0) => "question.smileys.2",
            (5, 2) | (3, 1) => "question.smileys.3",
            (5, 3) | (3, 2) => "question.smileys.4",
            (5, _) => "question.smileys.5",
            _ => return self.number(index),
        };
        self.field.word(key)
    }
}

/// The steps beside each other.
fn row(scale: &Arc<Steps>, part: &'static str, face: fn(&Arc<Steps>, usize) -> Element) -> Element {
    let steps = scale.steps.iter().enumerate().map(|(index, choice)| {
        let named = scale.clone();
        let name: Words = Box::new(move || named.name(index));
        let last = scale.steps.len().saturating_sub(1).max(1);
        let place = number_text((100.0 * index as f64 / last as f64).round()) + "%";
        step(scale.field, index, choice.value.clone(), name, face(scale, index))
            .variable("--place", place)
    });
    let row = step_row(part, steps.collect());
    match scale.options.color {
        ScaleColor::Colored => row.set("data-colored", ""),
        ScaleColor::One => row,
    }
}

fn number_face(scale: &Arc<Steps>, index: usize) -> Element {
    let scale = scale.clone();
    let number: Words = Box::new(move || scale.number(index));
    element("span").part("step-number").child(number)
}

fn smiley_face(scale: &Arc<Steps>, index: usize) -> Element {
    let last = scale.steps.len().saturating_sub(1).max(1);
    let mood = 2.0 * index as f64 / last as f64 - 1.0;
    let scale = scale.clone();
    let name: Words = Box::new(move || scale.name(index));
    let words = element("span").part("step-words").child(name);
    element("span").part("step-face").child(face(mood)).child(words)
}

/// How many stars are chosen, beside them.
fn chosen(scale: &Arc<Steps>) -> Element {
    let scale = scale.clone();
    let words: Words = Box::new(move || {
        let value = scale.field.value();
        let index = scale.steps.iter().position(|step| step.value == value);
        let (chosen, all) = (index.map(|index| index + 1), scale.steps.len().to_string());
        chosen.map(|chosen| chosen.to_string() + " / " + &all).unwrap_or_default()
    });
    element("span").part("chosen").set("aria-hidden", "true").child(words)
}

/// The steps with what both ends mean below them, where the author says so.
fn with_ends(scale: &Arc<Steps>, steps: Element) -> Element {
    let options = &scale.options;
    let described = options.min_description.is_some() || options.max_description.is_some();
    let end = |index: usize, text: Option<&crate::text::Text>| -> Words {
        let (scale, text) = (scale.clone(), text.cloned());
        Box::new(move || {
            text.as_ref().map(|t| scale.end(index, scale.field.text(t))).unwrap_or_default()
        })
    };
    let ends = described.then(|| {
        ends(
            end(0, options.min_description.as_ref()),
            end(scale.steps.len().saturating_sub(1), options.max_description.as_ref()),
        )
    });
    element("div").part("scale").child(steps).child(ends)
}

/// The steps as cards: below each other, or all in one row where they are short.
fn labels(scale: &Arc<Steps>) -> Element {
    let field = scale.field;
    let cards = scale.steps.iter().enumerate().map(|(index, choice)| {
        choice_card(field, radio(field, index, true, choice.value.clone()), choice).into()
    });
    let columns = if fits_columns(&scale.steps) { scale.steps.len() as u32 } else { 1 };
    card_list(columns, cards.collect())
}
