//! One row a thing, one column a question.

use leptos::prelude::*;

use super::Table;
use crate::questions::{Kind, scalar_text};
use crate::text::Text;
use crate::ui::kit::{
    Element, Field, Frame, View, columns, element, grid, group, inline_prose, only_shown,
    total_words,
};

pub fn view(options: &Table, field: Field) -> View {
    let table = grid(field, heads(field), |field, row| (head(field, row), None))
        .child(totals(options, field));
    group(Frame::new(field), "group", table)
}

fn heads(field: Field) -> Vec<View> {
    columns(field)
        .into_iter()
        .map(|(id, title)| inline_prose(field, &title.unwrap_or_else(|| Text::plain(id))))
        .collect()
}

fn head(field: Field, number: usize) -> Element {
    let name = field.row_name(number).unwrap_or_default();
    let title = field.model(|model| match &model.kind {
        Kind::Table(table) => {
            let row = table.rows.iter().find(|row| scalar_text(&row.value) == name);
            row.map(|row| row.text.clone())
        }
        _ => None,
    });
    let head = title.map(|title| inline_prose(field, &title));
    element("th").set("scope", "row").child(head)
}

/// The row of totals, where any column has one.
fn totals(options: &Table, field: Field) -> Option<Element> {
    if options.totals.is_empty() {
        return None;
    }
    let label = element("th").set("scope", "row").child(field.label("question.table.total"));
    let columns_shown = Memo::new(move |_| field.shown_columns());
    let cells = columns(field).into_iter().enumerate().map(|(place, (column, _))| {
        let total = options.totals.get(&column).cloned();
        let shown = move || match &total {
            Some(total) => total_words(field, &column, total),
            None => String::new(),
        };
        only_shown(element("td"), columns_shown, place)
            .part("total")
            .child(Box::new(shown) as crate::ui::kit::Words)
    });
    Some(element("tfoot").child(element("tr").child(label).children(cells)))
}
