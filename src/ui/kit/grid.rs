//! Rows of questions: a table where there is room, cards where there is none.

use leptos::prelude::*;

use super::{Element, Field, View, element, live};
use crate::questions::Total;
use crate::survey::Question;
use crate::text::Text;
use crate::value::number_text;

/// A table whose cells are questions. `heads` are those of its columns; `ends` makes the heading of
/// a row, and what comes after its cells. A column that no row shows is left out.
///
/// The cells keep their titles: cards show them, and the table hides them from the eye alone,
/// since its column headings say the same.
pub fn grid(
    field: Field,
    heads: Vec<View>,
    ends: impl Fn(Field, usize) -> (Element, Option<Element>) + Send + 'static,
) -> Element {
    let shown = Memo::new(move |_| field.shown_columns());
    let heads = heads.into_iter().enumerate().map(|(column, head)| {
        only_shown(element("th"), shown, column).set("scope", "col").child(head)
    });
    let head = element("thead").child(element("tr").child(element("td")).children(heads));
    let rows = Memo::new(move |_| field.rows());
    let row = move |number: usize| {
        let (head, last) = ends(field, number);
        let cells = field.row(number).into_iter().enumerate();
        let cells =
            cells.map(|(column, cell)| only_shown(element("td"), shown, column).child(cell));
        element("tr").child(head).children(cells).child(last)
    };
    let body = move || rows.get().into_iter().map(&row).collect::<Vec<_>>();
    element("table").part("grid").child(head).child(element("tbody").child(live(body)))
}

/// A cell that goes with its column. Where there are no rows, all columns are shown.
pub fn only_shown(cell: Element, shown: Memo<Vec<bool>>, column: usize) -> Element {
    cell.flag("hidden", move || shown.with(|shown| shown.get(column) == Some(&false)))
}

/// What is asked in each row, by id, with its title.
pub fn columns(field: Field) -> Vec<(String, Option<Text>)> {
    let survey = field.survey();
    let block = survey.as_ref().zip(field.model(|model| model.rows));
    let questions = block.map_or(&[][..], |(survey, block)| survey.block(block));
    let column = |question: &Question| (question.source.id.clone(), question.source.title.clone());
    questions.iter().filter(|question| question.parent.is_none()).map(column).collect()
}

/// The total of a column in words; tracked.
pub fn total_words(field: Field, column: &str, total: &Total) -> String {
    let answer = field.value();
    match total {
        Total::Of(total) => total.over(column, &answer).map(number_text).unwrap_or_default(),
        Total::Computed(_) => {
            let id = field.model(|model| Some(model.source.id.clone())).unwrap_or_default();
            field.fill(&["{", &id, "-total.", column, "}"].concat())
        }
    }
}
