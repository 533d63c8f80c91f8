//! Rows of questions: a table where there is room, cards where there is none.

use leptos::prelude::*;

use super::{Element, Field, element};
use crate::questions::Total;
use crate::survey::Question;
use crate::text::Text;
use crate::value::number_text;

/// A table whose cells are questions. `heads` are those of its columns; `row` makes the heading and
/// the cells of a row.
///
/// The cells keep their titles: cards show them, and the table hides them from the eye alone,
/// since its column headings say the same.
pub fn grid(
    field: Field,
    heads: Vec<AnyView>,
    row: impl Fn(Field, usize) -> Element + Send + 'static,
) -> Element {
    let heads = heads.into_iter().map(|head| element("th").set("scope", "col").child(head));
    let head = element("thead").child(element("tr").child(element("td")).children(heads));
    let rows = Memo::new(move |_| field.rows());
    let body = move || {
        rows.get().into_iter().map(|number| row(field, number).into_any()).collect::<Vec<_>>()
    };
    element("table").part("grid").child(head).child(element("tbody").child(body))
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
            field.fill(&["{", field.id().as_str(), "-total.", column, "}"].concat())
        }
    }
}
