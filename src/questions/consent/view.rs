//! A checkbox with the statement beside it.

use leptos::prelude::*;

use super::Consent;
use crate::ui::kit::{
    Element, Field, Frame, bare, card, element, heading, mark, prose, titled, toggle,
};
use crate::value::Value;

pub fn view(options: &Consent, field: Field) -> AnyView {
    let chosen = move || field.value().as_bool() == Some(true);
    let input = toggle(field, "checkbox", 0, chosen, move |on| field.set(Value::from(on)));
    let statement = element("span").part("statement").child(prose(field, &options.statement));
    let title = titled(field).map(|_| heading(field, "p", "title"));
    bare(Frame::new(field), title, input, move |input: Element| {
        card(input, vec![statement, mark(field)], None)
    })
}
