//! `askwell translate`: the texts of a survey as a table for translators, and back.

mod csv;
mod xliff;

use std::fs;
use std::io::{self, Write};

use clap::{Args, Subcommand, ValueEnum};

use super::{Outcome, lines, surveys};
use crate::translation::{Definition, Row};

/// Hand the texts of a survey to translators and take their work back
#[derive(Args)]
#[command(after_help = "\
A table has a line for each text: its path, the text in the survey's default language, and the translations.
CSV opens in any spreadsheet, with a column for each language. XLIFF is what translation tools read; it is written
as version 1.2, which all of them know, with {placeholders} as tags that translators cannot lose by accident.

Examples:
  askwell check survey.json --locale ja                                    what is missing
  askwell translate export survey.json --format csv --locale ja > ja.csv
  askwell translate export survey.json --format xliff --locale ja > ja.xlf
  askwell translate import survey.json ja.csv --write                      into survey.json itself
  askwell translate import survey.json ja.xlf > translated.json")]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Export(Export),
    Import(Import),
}

/// Print every text of a survey as a table
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 fine, 1 where a text cannot be written in this format, 2 where the survey cannot be read.

Examples:
  askwell translate export survey.json --format csv > texts.csv            all languages of the survey
  askwell translate export survey.json --format csv --locale th > th.csv   for a translator into Thai
  askwell translate export survey.json --format xliff --locale th > th.xlf
  askwell translate export tour-satisfaction --format xliff > tour.xlf     (an instrument that ships with Askwell)")]
struct Export {
    /// Definition file, or id of an instrument
    survey: String,
    #[arg(long, value_enum)]
    format: Format,
    /// The language to translate into, as a BCP 47 tag such as th or zh-Hans; all that the survey has where absent
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
}

/// Put a translated table into a survey
#[derive(Args)]
#[command(after_help = "\
Prints the survey, its order and layout kept; with --write, changes the file. Nothing is taken where the text has
changed since the table was made, a {placeholder} is lost or new, or the path leads nowhere: each is reported, and the
rest is taken. Empty cells change nothing. A new language joins the survey's `locales`.

Exit status: 0 fine, 1 with findings, 2 where something cannot be read.

Examples:
  askwell translate import survey.json th.csv --write
  askwell translate import survey.json th.xlf > translated.json
  askwell translate import survey.json all.csv --locale th                 only the Thai column")]
struct Import {
    /// Definition file, or id of an instrument
    survey: String,
    /// The translated table: CSV (or with semicolons or tabs, as spreadsheets save it) or XLIFF 1.2
    table: String,
    /// Take only this language
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Change the survey's file instead of printing the survey
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xliff,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    match &options.action {
        Action::Export(options) => export(options),
        Action::Import(options) => import(options),
    }
}

fn read(source: &surveys::Source) -> Result<Definition<'_>, String> {
    Definition::read(&source.json).map_err(|diagnostics| {
        format!("`{}` is not sound\n{}", source.name, source.render(&diagnostics))
    })
}

fn export(options: &Export) -> Result<Outcome, String> {
    let source = surveys::find(&options.survey)?;
    let definition = read(&source)?;
    let mut targets = match &options.locale {
        Some(locale) if is_language(locale) => vec![locale.clone()],
        Some(locale) => return Err(format!("`{locale}` is not a language, such as th or zh-Hans")),
        None => definition.languages(),
    };
    targets.retain(|language| !language.eq_ignore_ascii_case(definition.default_locale()));
    let (table, findings) = match options.format {
        Format::Csv => (csv::write(&definition, &targets)?, Vec::new()),
        Format::Xliff if targets.is_empty() => {
            return Err("the survey has one language only: name another with --locale".to_owned());
        }
        Format::Xliff => xliff::write(&definition, &source.name, &targets),
    };
    lines::is_open(io::stdout().lock().write_all(table.as_bytes()))?;
    for finding in &findings {
        eprintln!("{finding}");
    }
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn import(options: &Import) -> Result<Outcome, String> {
    let source = if options.write {
        surveys::read(&options.survey)
    } else {
        surveys::find(&options.survey)
    }?;
    let definition = read(&source)?;
    let unreadable = |error: String| format!("`{}` cannot be read ({error})", options.table);
    let table = fs::read(&options.table).map_err(|error| unreadable(error.to_string()))?;
    let table = decode(table).map_err(|error| unreadable(error.to_owned()))?;
    let is_xml = table.trim_start().starts_with('<');
    let parsed = if is_xml { xliff::read(&table) } else { csv::read(&table, &definition) };
    let (mut rows, mut findings) = parsed.map_err(unreadable)?;
    if let Some(locale) = &options.locale {
        rows.retain(|row| row.language.eq_ignore_ascii_case(locale));
        if rows.is_empty() {
            return Err(format!("`{}` holds nothing in `{locale}`", options.table));
        }
    } else {
        // The default language is there to be translated from.
        rows.retain(|row| !row.language.eq_ignore_ascii_case(definition.default_locale()));
    }
    let translated = definition.translate(&rows);
    findings.extend(translated.findings.iter().map(ToString::to_string));
    Definition::read(&translated.json).map_err(|diagnostics| {
        let messages: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        format!("the survey would not be sound any more: {}", messages.join("; "))
    })?;
    if !options.write {
        lines::is_open(io::stdout().lock().write_all(translated.json.as_bytes()))?;
    } else if translated.taken > 0 {
        fs::write(&options.survey, &translated.json)
            .map_err(|error| format!("`{}` cannot be written ({error})", options.survey))?;
    }
    for finding in &findings {
        eprintln!("{finding}");
    }
    let (taken, found) = (translated.taken, findings.len());
    eprintln!("texts taken: {taken}, findings: {found}");
    Ok(if findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// Text in UTF-8, or in UTF-16 as spreadsheets save "Unicode text".
fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
    let unit = match bytes.get(..2) {
        Some([0xff, 0xfe]) => u16::from_le_bytes,
        Some([0xfe, 0xff]) => u16::from_be_bytes,
        _ => {
            let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text")?;
            return Ok(text.trim_start_matches('\u{feff}').to_owned());
        }
    };
    let units = bytes.chunks_exact(2).skip(1).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map_err(|_| "it is not UTF-16 text")
}

/// Whether a word looks like a BCP 47 tag: `th`, `zh-Hans`, `en-GB`.
fn is_language(word: &str) -> bool {
    let mut parts = word.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.chars().all(|letter| letter.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.chars().all(|sign| sign.is_ascii_alphanumeric())
        })
}

/// The rows of a table, and what in it could not be understood.
type Read = (Vec<Row>, Vec<String>);
