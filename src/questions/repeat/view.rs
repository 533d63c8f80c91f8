//! Entries as panels below each other or as rows of a table, with buttons that add, remove and move
//! them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Layout, Repeat};
use crate::text::Text;
use crate::ui::kit::{
    Element, Field, Frame, RowChange, View, Words, columns, element, focus_first, grid, group,
    inline_prose, live, total_words,
};

pub fn view(options: &Repeat, field: Field) -> View {
    let options = Arc::new(options.clone());
    let rows = Memo::new(move |_| field.rows());
    let none = move || {
        let none = rows.get().is_empty();
        none.then(|| element("p").part("hint").child(field.label("question.repeat.none")))
    };
    let most = options.max as usize;
    let add = options.allow_add.then(|| {
        let words = words(field, options.add_text.as_ref(), "question.repeat.add");
        button(words, move |_| field.change_rows(RowChange::Add))
            .part("add")
            .flag("disabled", move || field.is_read_only() || rows.get().len() >= most)
    });
    let list = element("div").part("entries").child(live(none));
    let list = match options.layout {
        Layout::Panels => {
            let shown = options.clone();
            let list = list.child(live(move || {
                let entries = rows.get().into_iter().enumerate();
                entries.map(|(place, row)| entry(&shown, field, place, row)).collect::<Vec<_>>()
            }));
            list.child(totals(&options, field))
        }
        Layout::Rows => list.child(table(&options, field)).child(totals(&options, field)),
    };
    group(Frame::new(field), "group", list.child(add))
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
    let title_id = field.part_id("entry-") + &position.to_string();
    element("section")
        .part("entry")
        .set("aria-labelledby", title_id.clone())
        .child(
            element("h4").part("entry-title").set("id", title_id).child(title(options, field, row)),
        )
        .child(element("div").part("entry-questions").child(field.row(row)))
        .child(buttons(options, field, position))
}

/// All entries as rows of one table, with their buttons in the last cell.
fn table(options: &Arc<Repeat>, field: Field) -> Element {
    let heads = columns(field)
        .into_iter()
        .map(|(id, title)| inline_prose(field, &title.unwrap_or_else(|| Text::plain(id))));
    let options = options.clone();
    let row = move |field: Field, row: usize| {
        let position = field.rows().iter().position(|other| *other == row).unwrap_or(0);
        let head = element("th").set("scope", "row").child(title(&options, field, row));
        (head, Some(element("td").child(buttons(&options, field, position))))
    };
    grid(field, heads.collect(), row)
}

fn title(options: &Arc<Repeat>, field: Field, row: usize) -> Words {
    let options = options.clone();
    Box::new(move || match &options.row_title {
        Some(text) => field.row_text(row, text),
        None => {
            let position = field.rows().iter().position(|other| *other == row).unwrap_or(0);
            let number = (position + 1).to_string();
            field.phrase("question.repeat.entry", &[("number", number)])
        }
    })
}

fn buttons(options: &Arc<Repeat>, field: Field, position: usize) -> Element {
    let count = move || field.rows().len();
    let moving = |key, to: usize| {
        button(field.label(key), move |_| field.change_rows(RowChange::Move(position, to)))
            .part("move")
    };
    let up = (options.reorder && position > 0)
        .then(|| moving("question.repeat.up", position - 1))
        .map(|up| up.flag("disabled", move || field.is_read_only()));
    let down = options.reorder.then(|| {
        moving("question.repeat.down", position + 1)
            .flag("disabled", move || field.is_read_only() || position + 1 >= count())
    });
    let remove = options.allow_remove.then(|| removal(options, field, position));
    element("div").part("entry-buttons").child(up).child(down).child(remove)
}

/// The button that removes an entry; where that has to be confirmed, it asks in its place.
fn removal(options: &Arc<Repeat>, field: Field, position: usize) -> View {
    let asking = RwSignal::new(false);
    let options = options.clone();
    let fewest = options.min as usize;
    let asked = options.clone();
    let question = move || words(field, asked.confirm_text.as_ref(), "question.repeat.confirm");
    let remove = move || {
        let words = words(field, options.remove_text.as_ref(), "question.repeat.remove");
        let confirm = options.confirm;
        let button = button(words, move |event| {
            if confirm && !asking.get_untracked() {
                asking.set(true);
            } else {
                focus_first(&event);
                field.change_rows(RowChange::Remove(position));
            }
        });
        button
            .part("remove")
            .flag("disabled", move || field.is_read_only() || field.rows().len() <= fewest)
    };
    let confirmed = remove.clone();
    let view = move || match asking.get() {
        false => remove(),
        true => {
            let keep = button(field.label("question.repeat.keep"), move |_| asking.set(false));
            element("div")
                .part("confirm")
                .set("role", "group")
                .child(element("p").set("role", "alert").child(question()))
                .child(confirmed())
                .child(keep)
        }
    };
    live(view)
}

fn words(field: Field, own: Option<&Text>, key: &'static str) -> Words {
    own.map_or_else(|| field.label(key), |text| field.words(text))
}

fn button(words: Words, press: impl Fn(leptos::ev::Event) + Send + 'static) -> Element {
    element("button").set("type", "button").child(words).on("click", press)
}
