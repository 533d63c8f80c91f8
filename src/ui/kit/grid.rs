//! Rows of questions: a table where there is room, cards where there is none.

use leptos::prelude::*;

use super::{Element, Field, element};

/// A table whose cells are questions. `row` makes the heading and the cells of a row.
///
/// The cells keep their titles: cards show them, and the table hides them from the eye alone,
/// since its column headings say the same.
pub fn grid(field: Field, heads: Vec<AnyView>, row: fn(Field, usize) -> Element) -> Element {
    let heads = heads.into_iter().map(|head| element("th").set("scope", "col").child(head));
    let head = element("thead").child(element("tr").children(heads));
    let rows = Memo::new(move |_| field.rows());
    let body = move || {
        rows.get().into_iter().map(|number| row(field, number).into_any()).collect::<Vec<_>>()
    };
    element("table").part("grid").child(head).child(element("tbody").child(body))
}
