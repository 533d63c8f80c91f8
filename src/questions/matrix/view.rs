//! A table where there is room, cards where there is none: one set of radio buttons.

use std::sync::Arc;

use super::{CellType, Matrix};
use crate::questions::Choice;
use crate::questions::choice::scalar_text;
use crate::ui::kit::{
    Element, Field, Frame, View, element, fits_narrow_columns, group, inline_prose, toggle,
};

pub fn view(options: &Matrix, field: Field) -> View {
    let options = Arc::new(options.clone());
    let corner = element("td");
    let heads = options.columns.iter().enumerate().map(|(index, column)| {
        element("th")
            .set("scope", "col")
            .set("id", column_id(field, index))
            .child(inline_prose(field, &column.text))
    });
    let head = element("thead").child(element("tr").child(corner).children(heads));
    let rows = (0..options.rows.len()).filter_map(|index| row_view(&options, field, index));
    let narrow = options.clone();
    let table = element("table")
        .part("matrix")
        .variable("--columns", options.columns.len().to_string())
        .flag("data-narrow", move || is_narrow(&narrow, field))
        .child(head)
        .child(element("tbody").children(rows));
    group(Frame::new(field).clearable(), "group", table)
}

/// Whether the columns can stand beside each other on a phone.
fn is_narrow(options: &Matrix, field: Field) -> bool {
    let fits = |column: &Choice| fits_narrow_columns(&field.text(&column.text));
    options.cells.is_empty() && options.columns.len() <= 5 && options.columns.iter().all(fits)
}

fn column_id(field: Field, index: usize) -> String {
    field.part_id("column-") + &index.to_string()
}

fn row_view(options: &Arc<Matrix>, field: Field, index: usize) -> Option<Element> {
    let row = options.rows.get(index)?;
    let row_id = field.part_id("row-") + &index.to_string();
    let name = scalar_text(&row.value);
    let open = move || field.is_invalid() && field.value().get(&name).is_none_or(|v| v.is_empty());
    let description = row
        .description
        .as_ref()
        .map(|text| element("span").part("choice-description").child(inline_prose(field, text)));
    let head = element("th")
        .set("scope", "row")
        .set("id", row_id.clone())
        .child(inline_prose(field, &row.text))
        .child(description);
    let cells = (0..options.columns.len())
        .filter_map(|column| cell(options, field, (index, column), &row_id));
    Some(element("tr").flag("data-open", open).child(head).children(cells))
}

/// One radio button or checkbox. It is named by its row and its column, so that it makes sense in
/// both looks.
fn cell(
    options: &Arc<Matrix>,
    field: Field,
    (row, column): (usize, usize),
    row_id: &str,
) -> Option<Element> {
    let (row_choice, column_choice) = (options.rows.get(row)?, options.columns.get(column)?);
    let name = scalar_text(&row_choice.value);
    let words_id = field.part_id("words-") + &row.to_string() + "-" + &column.to_string();
    let rubric = options.cell_text(row_choice, column_choice);
    let column_words =
        element("span").part("cell-words").child(inline_prose(field, &column_choice.text));
    let rubric =
        rubric.map(|text| element("span").part("cell-rubric").child(inline_prose(field, text)));
    let words = element("span")
        .part("cell-text")
        .set("id", words_id.clone())
        .child(column_words)
        .child(" ")
        .child(rubric);
    let expected = column_choice.value.clone();
    let chosen =
        move || field.value().get(&name).is_some_and(|given| Matrix::is_chosen(given, &expected));
    let index = row * options.columns.len() + column;
    let open = row_choice.enabled && column_choice.enabled;
    let kind = match options.cell_type {
        CellType::One => "radio",
        CellType::Any => "checkbox",
    };
    let options = options.clone();
    let choose = move |on| {
        if let (Some(row), Some(column)) = (options.rows.get(row), options.columns.get(column)) {
            field.set(options.with_cell(&field.value(), row, column, on));
        }
    };
    let input = toggle(field, kind, index, open, chosen, choose)
        .set("name", row_id.to_owned())
        .set("aria-labelledby", row_id.to_owned() + " " + &words_id);
    Some(element("td").child(element("label").part("cell").child(input).child(words)))
}
