//! Two large radio buttons beside each other.

use super::YesNo;
use crate::text::Text;
use crate::ui::kit::{Field, Frame, View, Words, card, element, group, radio};
use crate::value::Value;

pub fn view(options: &YesNo, field: Field) -> View {
    let words = |own: &Option<Text>, key| -> Words {
        own.as_ref().map_or_else(|| field.label(key), |text| field.words(text))
    };
    let answer = |index, answer, words: Words| {
        card(radio(field, index, true, Value::from(answer)), words, None)
    };
    let pair = element("div")
        .part("pair")
        .child(answer(0, true, words(&options.yes, "question.yes-no.yes")))
        .child(answer(1, false, words(&options.no, "question.yes-no.no")));
    group(Frame::new(field).clearable(), "radiogroup", pair)
}
