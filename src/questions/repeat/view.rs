//! Entries below each other, with buttons that add, remove and move them.

use std::sync::Arc;

use leptos::prelude::*;

use super::Repeat;
use crate::text::Text;
use crate::ui::kit::{
    Element, Field, Frame, RowChange, Words, columns, element, group, inline_prose, total_words,
};

pub fn view(options: &Repeat, field: Field) -> AnyView {
    let options = Arc::new(options.clone());
    let rows = Memo::new(move |_| field.rows());
    let shown = options.clone();
    let entries = move || {
        let entries = rows.get().into_iter().enumerate();
        entries.map(|(position, row)| entry(&shown, field, position, row)).collect::<Vec<_>>()
    };
    let none = move || {
        let none = rows.get().is_empty();
        none.then(|| element("p").part("hint").child(field.label("question.repeat.none")))
    };
    let most = options.max as usize;
    let add = options.allow_add.then(|| {
        let words = words(field, options.add_text.as_ref(), "question.repeat.add");
        button(field, words, RowChange::Add)
            .part("add")
            .flag("disabled", move || field.is_read_only() || rows.get().len() >= most)
    });
    let list = element("div").part("entries").child(none).child(entries);
    let totals = totals(&options, field);
    group(Frame::new(field), "group", list.child(totals).child(add))
}

/// The totals below the entries, where any question has one.
fn totals(options: &Repeat, field: Field) -> Option<Element> {
    let mut lines = Vec::new();
    for (column, title) in columns(field) {
        let Some(total) = options.totals.get(&column).cloned() else { continue };
        let title = title.unwrap_or_else(|| Text::plain(column.clone()));
        let shown: Words = Box::new(move || {
            let total = total_words(field, &column, &total);
            [field.word("question.table.total"), total].join(": ")
        });
        let line = element("p").part("total").child(inline_prose(field, &title)).child(" – ");
        lines.push(line.child(shown));
    }
    (!lines.is_empty()).then(|| element("div").part("totals").children(lines))
}

fn entry(options: &Arc<Repeat>, field: Field, position: usize, row: usize) -> Element {
    let titled = options.clone();
    let title: Words = Box::new(move || match &titled.row_title {
        Some(text) => field.row_text(row, text),
        None => field.phrase("question.repeat.entry", &[("number", (position + 1).to_string())]),
    });
    let title_id = field.part_id("entry-") + &position.to_string();
    let fewest = options.min as usize;
    let remove = options.allow_remove.then(|| {
        let words = words(field, options.remove_text.as_ref(), "question.repeat.remove");
        button(field, words, RowChange::Remove(position))
            .part("remove")
            .flag("disabled", move || field.is_read_only() || field.rows().len() <= fewest)
    });
    let up = (options.reorder && position > 0).then(|| {
        let words = field.label("question.repeat.up");
        button(field, Box::new(words), RowChange::Move(position, position - 1)).part("move")
    });
    let buttons = element("div").part("entry-buttons").child(up).child(remove);
    element("section")
        .part("entry")
        .set("aria-labelledby", title_id.clone())
        .child(element("h4").part("entry-title").set("id", title_id).child(title))
        .child(element("div").part("entry-questions").child(field.row(row)))
        .child(buttons)
}

fn words(field: Field, own: Option<&Text>, key: &'static str) -> Words {
    own.map_or_else(|| field.label(key), |text| field.words(text))
}

fn button(field: Field, words: Words, change: RowChange) -> Element {
    element("button").set("type", "button").child(words).on("click", move |_| {
        field.change_rows(change);
    })
}
