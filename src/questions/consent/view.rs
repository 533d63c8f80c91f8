//! A checkbox with the statement beside it.

use super::Consent;
use crate::ui::kit::{
    Element, Field, Frame, View, bare, card, element, mark, prose, titled, toggle,
};
use crate::value::Value;

pub fn view(options: &Consent, field: Field) -> View {
    let chosen = move || field.value().as_bool() == Some(true);
    let input = toggle(field, "checkbox", 0, true, chosen, move |on| field.set(Value::from(on)));
    let statement = element("span").part("statement").child(prose(field, &options.statement));
    let mark = titled(field).is_none().then(|| mark(field));
    bare(Frame::new(field), input, move |input: Element| card(input, (statement, mark), None))
}
