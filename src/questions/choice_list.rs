//! What all questions with choices have in common.

use super::Choice;
use super::choice::{Wording, lint_values};
use super::choices_by_url::ChoicesByUrl;
use super::image::is_picture;
use super::items::{Items, Order, Part};
use crate::definition::{ExpressionText, Log, Place, definition, definition_words};
use crate::text::Text;
use crate::value::Value;

definition_words! {
    /// Which choices of another question are carried forward.
    pub enum CarryMode {
        /// All that it offers.
        All "all",
        /// Those that were chosen.
        Selected "selected",
        /// Those that were not chosen.
        Unselected "unselected",
    }
}

definition! {
    /// What there is to choose from.
    pub struct ChoiceList {
        /// What there is to choose from.
        pub choices "choices": Vec<Choice>,
        /// The condition under which a choice is offered; `{item}` is its value.
        pub visible_if rare "choicesVisibleIf": Option<ExpressionText>,
        /// The condition under which a choice can be chosen; `{item}` is its value.
        pub enable_if rare "choicesEnableIf": Option<ExpressionText>,
        /// In which order the choices stand.
        pub order rare "choicesOrder": Order = Order::Given,
        /// The lowest of the numbers that are added as choices.
        pub min rare "choicesMin": Option<f64>,
        /// The highest of them.
        pub max rare "choicesMax": Option<f64>,
        /// The distance between two of them.
        pub step rare "choicesStep": f64 = 1.0,
        /// The question whose choices, or entries, are offered here instead.
        pub carry_from rare "choicesFromQuestion": Option<String>,
        /// Which of them.
        pub carry_mode rare "choicesFromQuestionMode": CarryMode = CarryMode::All,
        /// Of entries, the question that gives the values; else the first that is answered.
        pub carry_values rare "choiceValuesFromQuestion": Option<String>,
        /// Of entries, the question that gives the wording.
        pub carry_texts rare "choiceTextsFromQuestion": Option<String>,
        /// Where the choices lie, if not here.
        pub by_url rare "choicesByUrl": Option<ChoicesByUrl>,
        /// Whether the question is hidden while there is nothing to choose from.
        pub hide_if_empty rare "hideIfChoicesEmpty": bool,
    }
}

/// How many numbers `choicesMin` and `choicesMax` may add.
const MOST_NUMBERS: f64 = 10_000.0;

impl ChoiceList {
    pub fn items(&self) -> Items<'_> {
        Items {
            part: Part::Choices,
            list: &self.choices,
            visible_if: self.visible_if.as_ref(),
            enable_if: self.enable_if.as_ref(),
            order: self.order,
        }
    }

    /// Adds the numbers, and after them the special choices.
    pub fn complete(&mut self, special: Vec<Choice>) {
        if let (Some(min), Some(max)) = (self.min, self.max) {
            let steps = ((max - min) / self.step).floor().clamp(0.0, MOST_NUMBERS) as usize;
            for step in 0..=steps {
                let value = Value::Number(min + step as f64 * self.step);
                if super::choice::find(&self.choices, &value).is_none() {
                    self.choices.push(Choice::plain(value));
                }
            }
        }
        self.choices.extend(special);
    }

    /// Whether the definition alone says what there is to choose from.
    pub fn is_written_here(&self) -> bool {
        let numbers = self.min.is_some() || self.max.is_some();
        !numbers && self.carry_from.is_none() && self.by_url.is_none()
    }

    pub fn lint(&self, place: &Place, log: &Log) {
        if let Some(by_url) = &self.by_url {
            by_url.lint(&place.key("choicesByUrl"), log);
        }
        if self.choices.is_empty() && self.is_written_here() {
            log.error("no-choices", place, "`choices` must not be empty");
        }
        lint_values(&self.choices, "choices", place, log);
        let field = place.key("choices");
        for (index, choice) in self.choices.iter().enumerate() {
            if choice.image.as_deref().is_some_and(|link| !is_picture(link)) {
                let message = "an image lies at an address relative to the page, under https://, or is image data";
                log.error("unsafe-link", &field.index(index).key("imageLink"), message);
            }
        }
        match (self.min, self.max) {
            (Some(min), Some(max)) if min <= max => {
                if self.step <= 0.0 || (max - min) / self.step >= MOST_NUMBERS {
                    let message = "`choicesStep` must be above 0 and make at most 10000 choices";
                    log.error("contradiction", &place.key("choicesStep"), message);
                }
            }
            (None, None) => {}
            _ => {
                let message = "`choicesMin` and `choicesMax` belong together, the lower one first";
                log.error("contradiction", &place.key("choicesMin"), message);
            }
        }
        let elsewhere = [
            (self.carry_from.is_some(), "choicesFromQuestion"),
            (self.by_url.is_some(), "choicesByUrl"),
        ];
        for (index, (used, field)) in elsewhere.into_iter().enumerate() {
            if used && (!self.choices.is_empty() || index == 1 && self.carry_from.is_some()) {
                let message = "choices are written here, or carried from a question, or fetched";
                log.error("contradiction", &place.key(field), message);
            }
        }
    }
}

definition_words! {
    /// How choices look.
    pub enum Look {
        /// As cards below each other, or in columns.
        List "list",
        /// In a list that unfolds.
        Dropdown "dropdown",
        /// As buttons beside each other.
        Buttons "buttons",
        /// As images, each with its words.
        Images "images",
    }
}

definition! {
    /// How choices look.
    pub struct Looks {
        /// How the choices look.
        pub look "renderAs": Look = Look::List,
        /// In how many columns a wide screen shows them; 0 for as many as fit.
        pub columns "colCount": u32 = 1,
        /// Whether typing narrows the choices of a dropdown down.
        pub search "searchEnabled": bool = true,
        /// What stands in a dropdown while nothing is chosen.
        pub placeholder "placeholder": Option<Text>,
        /// Whether images have their words below them; else only screen readers hear those.
        pub show_label "showLabel": bool = true,
    }
}

definition! {
    /// Choices that stand after all others, worded by Askwell unless the author does.
    pub struct SpecialChoices {
        /// Offers "none of these", which clears all others.
        pub show_none "showNoneItem": bool,
        /// What it is called.
        pub none_text "noneText": Option<Text>,
        /// Offers "prefer not to say", which clears all others.
        pub show_refuse "showRefuseItem": bool,
        /// What it is called.
        pub refuse_text "refuseText": Option<Text>,
        /// Offers "don't know", which clears all others.
        pub show_dont_know "showDontKnowItem": bool,
        /// What it is called.
        pub dont_know_text "dontKnowText": Option<Text>,
        /// Offers "other", to be written out.
        pub show_other "showOtherItem": bool,
        /// What "other" is called.
        pub other_text "otherText": Option<Text>,
        /// What to tell where "other" is not written out.
        pub other_error "otherErrorText": Option<Text>,
        /// An example inside the field where "other" is written out.
        pub other_placeholder "otherPlaceholder": Option<Text>,
    }
}

impl SpecialChoices {
    /// Those that are offered, in their order.
    pub fn offered(&self) -> Vec<Choice> {
        let rows = [
            (self.show_none, "none", &self.none_text, "question.choice.none"),
            (self.show_refuse, "refused", &self.refuse_text, "question.choice.refused"),
            (self.show_dont_know, "dontknow", &self.dont_know_text, "question.choice.dontknow"),
            (self.show_other, "other", &self.other_text, "question.choice.other"),
        ];
        let mut offered = Vec::new();
        for (shown, value, text, word) in rows {
            if shown {
                let plain = Choice::plain(Value::from(value));
                offered.push(Choice {
                    text: text.clone().unwrap_or_default(),
                    wording: match text {
                        Some(_) => Wording::Author,
                        None => Wording::Askwell(word),
                    },
                    exclusive: value != "other",
                    special: true,
                    group: None,
                    ..plain
                });
            }
        }
        offered
    }

    /// Reports special choices that a choice of the author's takes the value of.
    pub fn lint(&self, choices: &[Choice], place: &Place, log: &Log) {
        for special in self.offered() {
            if let Some(index) = choices.iter().position(|choice| choice.value == special.value) {
                let message = "this value belongs to one of the choices that Askwell adds";
                log.error("duplicate", &place.key("choices").index(index), message);
            }
        }
    }
}
