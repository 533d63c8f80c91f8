//! Questions beside and below each other.

use super::{Element, Field, View, element, question_view};

/// Puts questions in as many columns as their page or panel has. In a single column those that
/// do not start a new line share one with what stands before them. In a narrow place all stand
/// below each other.
pub fn arrange(part: &'static str, fields: Vec<Field>, columns: u32) -> Element {
    let container = element("div").part(part);
    if cfg!(lean) {
        return container.child(fields.into_iter().map(question_view).collect::<Vec<_>>());
    }
    if columns > 1 {
        let mut container =
            container.set("data-columns", "").variable("--grid", columns.to_string());
        for field in fields {
            let span = field.model(|model| Some(model.source.span)).unwrap_or(1).clamp(1, columns);
            let cell =
                element("div").set("class", "grid-cell").variable("--span", span.to_string());
            container = container.child(cell.child(question_view(field)));
        }
        return container;
    }
    let mut lines: Vec<Vec<Field>> = Vec::new();
    for field in fields {
        let starts = field.model(|model| Some(model.source.new_line)).unwrap_or(true);
        match lines.last_mut() {
            Some(line) if !starts => line.push(field),
            _ => lines.push(vec![field]),
        }
    }
    let mut views: Vec<View> = Vec::new();
    for line in lines {
        if let [field] = line[..] {
            views.push(question_view(field));
            continue;
        }
        let cells = line.into_iter();
        let cells =
            cells.map(|field| element("div").set("class", "grid-cell").child(question_view(field)));
        views.push(element("div").set("class", "line").children(cells).into());
    }
    container.child(views)
}
