//! `askwell form`: instruments from a competency unit.

use std::fs;
use std::io::{self, Write};

use clap::Args;
use clap::builder::PossibleValue;
use clap::builder::TypedValueParser;

use super::{Outcome, lines, surveys};
use crate::competency::{form, source};
use crate::survey::Survey;

/// Build an instrument from a competency unit: a survey to check, run, embed or print
#[derive(Args)]
#[command(after_help = "\
UNIT is a unit document, a unit in JSON, a CASE package, or the code of a unit that ships with Askwell (TTM3R0299v2).
All instruments share the ids of the unit's statements, so that their answers can be laid side by side.

A profile says what is not part of the unit: the roles people have with the level that each needs, which notes are
lists for which instrument, the questions of the knowledge check with jurisdiction, validFrom and source, and a case.
For a unit that ships with Askwell its own profile is taken. What is missing is said on standard error.

Exit status: 0 with the survey on standard output, 1 where the unit does not allow for it or is damaged, 2 where
a file cannot be read.

Examples:
  askwell form TTM3R0299v2 --role self > self.json
  askwell form unit.txt --role supervisor > supervisor.json && askwell check supervisor.json
  askwell form unit.json --role self --level 2 > self.json
  askwell form unit.json --role knowledge --profile profile.json > knowledge.json")]
pub struct Options {
    /// The unit
    #[arg(value_name = "UNIT")]
    unit: String,
    /// The instrument, A to J
    #[arg(long, value_parser = roles())]
    role: &'static form::Row,
    /// The level that everybody needs, from 0 to 3, where no profile has roles
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u32).range(0..=3))]
    level: Option<u32>,
    /// What the organisation has decided, in JSON
    #[arg(long, value_name = "FILE")]
    profile: Option<String>,
}

fn roles() -> impl TypedValueParser<Value = &'static form::Row> {
    let value = |row: &form::Row| {
        PossibleValue::new(row.name).help(format!("{}: {}", row.letter, row.about))
    };
    let values = clap::builder::PossibleValuesParser::new(form::TABLE.iter().map(value));
    values.try_map(|name| form::find(&name).ok_or("no such instrument"))
}

/// A unit by its file, or by the code of one that ships with Askwell.
pub fn find_unit(name: &str) -> Result<surveys::Source, String> {
    match (fs::exists(name), form::shipped_unit(name)) {
        (Ok(false), Some(json)) => {
            Ok(surveys::Source { name: name.to_owned(), json: json.to_owned() })
        }
        _ => surveys::read(name),
    }
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let file = find_unit(&options.unit)?;
    let document = match source::read(&file.json) {
        Ok(document) => document,
        Err(diagnostics) => {
            eprint!("{}", file.render(&diagnostics));
            return Ok(Outcome::Findings);
        }
    };
    eprint!("{}", file.render(&document.warnings));
    let profile = match &options.profile {
        Some(name) => Some(read_profile(name)?),
        None if options.level.is_some() => None,
        None => form::shipped_profile(&document.unit.code).map_err(|error| error.to_string())?,
    };
    let settings = form::Settings { profile, level: options.level };
    let built = match form::build(&document.unit, options.role.role, &settings) {
        Ok(built) => built,
        Err(message) => {
            eprintln!("{}: {message}", file.name);
            return Ok(Outcome::Findings);
        }
    };
    for remark in &built.remarks {
        eprintln!("{remark}");
    }
    let json = built.survey.to_json();
    if let Err(diagnostics) = Survey::load(&json) {
        // Only what a profile brings along can be unsound.
        let built = surveys::Source { name: options.role.name.to_owned(), json };
        eprint!("{}", built.render(&diagnostics));
        return Ok(Outcome::Findings);
    }
    lines::is_open(write!(io::stdout().lock(), "{json}"))?;
    Ok(Outcome::Fine)
}

/// Reads a profile.
pub fn read_profile(name: &str) -> Result<form::Profile, String> {
    let file = surveys::read(name)?;
    serde_json::from_str(&file.json).map_err(|error| {
        let shown = source::refusal(&file.json, &error).render(&file.name, &file.json);
        format!("`{name}` is no profile\n{shown}")
    })
}
