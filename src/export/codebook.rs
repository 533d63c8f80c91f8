//! What each column of the wide table means.

use std::io::{self, Write};

use super::cell::{Form, guarded};
use super::columns::Columns;
use super::{MARK, write_record};
use crate::questions::{Choice, Part, scalar_text};
use crate::survey::{Question, Survey};
use crate::text::Language;
use crate::value::number_text;

/// Writes a row per column of answers and scores: its name, the question in every language of the survey,
/// its type, the ends of its scale, and the meaning of its values.
pub fn write(survey: &Survey, output: &mut impl Write) -> io::Result<()> {
    output.write_all(MARK.as_bytes())?;
    let locales = match survey.source.locales.as_slice() {
        [] => vec![survey.default_locale().to_owned()],
        locales => locales.to_vec(),
    };
    let words = |what: &str| locales.iter().map(|locale| format!("{what}.{locale}")).collect();
    let titles: Vec<String> = words("title");
    let meanings: Vec<String> = words("values");
    let head = ["variable", "type", "form", "minimum", "maximum", "required", "missing"];
    let head = head.into_iter().map(str::to_owned).chain(titles).chain(meanings);
    write_record(head, output)?;
    let mut columns = Columns::default();
    columns.add_survey(survey);
    for column in &columns.answers {
        let stored = |question: &&Question| {
            question.source.value_name.as_ref().unwrap_or(&question.source.id) == &column.id
        };
        let question = survey.questions.iter().find(stored);
        let scale = question.and_then(|question| question.kind.as_type().scale());
        let number = |number: Option<f64>| number.map(number_text).unwrap_or_default();
        let mut cells = vec![
            guarded(&column.name()),
            question.map_or("comment", |question| question.kind.name()).to_owned(),
            form(&column.form).to_owned(),
            number(scale.map(|scale| scale.min)),
            number(scale.map(|scale| scale.max)),
            question.is_some_and(|question| question.source.required).to_string(),
            // An answer that is missing is an empty cell, never a number.
            String::from("empty"),
        ];
        let default = survey.default_locale();
        for locale in &locales {
            let title =
                question.map(|question| title(question, column.row.as_deref(), locale, default));
            cells.push(guarded(&title.unwrap_or_default()));
        }
        for locale in &locales {
            let values = question.map(|question| values(question, locale, default));
            cells.push(guarded(&values.unwrap_or_default()));
        }
        write_record(cells.into_iter(), output)?;
    }
    for entry in &survey.scoring {
        let mut cells = vec![format!("score.{}", entry.source.id), entry.kind.name().to_owned()];
        cells.extend(["number", "", "", "false", "empty"].map(str::to_owned));
        for locale in &locales {
            let title = entry.source.title.as_ref();
            let title =
                title.map_or("", |title| title.in_language(locale, survey.default_locale()));
            cells.push(guarded(title));
        }
        cells.extend(locales.iter().map(|_| String::new()));
        write_record(cells.into_iter(), output)?;
    }
    Ok(())
}

fn form(form: &Form) -> &'static str {
    match form {
        Form::Text => "text",
        Form::Number => "number",
        Form::Flag => "true or false",
        Form::Choice(_) => "one value",
        Form::Choices(_) => "values joined by |",
        Form::Any => "text or JSON",
    }
}

/// The question, with the row that the column is about.
pub fn title(question: &Question, row: Option<&str>, locale: &str, default: &str) -> String {
    let source = &question.source;
    let title =
        source.title.as_ref().map_or(source.id.as_str(), |t| t.in_language(locale, default));
    let Some(row) = row else { return title.to_owned() };
    let lists = question.kind.as_type().items();
    let rows = lists.iter().find(|items| items.part == Part::Rows);
    let found = rows.and_then(|rows| rows.list.iter().find(|one| scalar_text(&one.value) == row));
    let row = found.map_or(row, |found| found.text.in_language(locale, default));
    format!("{title}: {row}")
}

/// The values that can be stored, with what each means.
pub fn meanings(question: &Question, locale: &str, default: &str) -> Vec<(Choice, String)> {
    let lists = question.kind.as_type().items();
    let list = lists.iter().find(|items| items.part == Part::Columns);
    let list = list.or_else(|| lists.iter().find(|items| items.part == Part::Choices));
    let list: Vec<Choice> = match (&question.kind, list) {
        (crate::questions::Kind::Rating(rating), _) => rating.steps(),
        (_, Some(items)) => items.list.to_vec(),
        _ => Vec::new(),
    };
    let language =
        Language { tag: locale, default, utc_offset_minutes: 0, words: crate::locales::word };
    let word = |choice: Choice| {
        let text = choice.words(&language).to_owned();
        (choice, text)
    };
    list.into_iter().map(word).collect()
}

fn values(question: &Question, locale: &str, default: &str) -> String {
    let all = meanings(question, locale, default).into_iter().map(|(choice, words)| {
        let value = scalar_text(&choice.value);
        if words == value || words.is_empty() { value } else { format!("{value}={words}") }
    });
    all.collect::<Vec<_>>().join("|")
}
