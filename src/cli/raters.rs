//! `askwell raters`: what many people say of one person, and the assessor's record.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::form::find_unit;
use super::{Outcome, lines, surveys};
use crate::competency::raters::{self, Combined, Minimums, Perspective, Submission, html};
use crate::competency::{form, source};

/// Lay the ratings of self, supervisor, peers and customers side by side, with the assessor's record
#[derive(Args)]
#[command(after_help = "\
UNIT is a unit as for `askwell form`. Each FILE holds submissions of its instruments about one person, as the receiver
exports them: one a line, or a list. Who rated is told by the instrument, and by `rater-role` among the answers.

Self-ratings are never averaged with others. Perspectives with too few raters (peers and direct reports 3, customers
5; more with --minimum, never fewer) are left out, and count in no other figure. Critical aspects are judged by the
assessor in the instrument of `askwell form UNIT --role assessor`, and never by a score.

Examples:
  askwell raters TTM3R0299v2 self.ndjson others.ndjson > combined.json
  askwell raters unit.json *.ndjson --format html --locale en > record.html
  askwell raters TTM3R0299v2 all.ndjson --ratee R-7 --minimum peer=4")]
pub struct Options {
    /// The unit
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Submissions
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// The language of the page, zh-Hant or en
    #[arg(long, default_value = "zh-Hant")]
    locale: String,
    /// The person, where the files are about several; self-assessments have no code and are all taken
    #[arg(long, value_name = "CODE")]
    ratee: Option<String>,
    /// Another least number of raters, such as peer=4
    #[arg(long, value_name = "WHO=N", value_parser = minimum)]
    minimum: Vec<(Perspective, usize)>,
    /// What the organisation has decided, in JSON; that of a unit that ships is taken by itself
    #[arg(long, value_name = "FILE")]
    profile: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    /// A page to print
    Html,
}

fn minimum(text: &str) -> Result<(Perspective, usize), String> {
    let found =
        text.split_once('=').and_then(|(who, n)| Some((Perspective::find(who)?, n.parse().ok()?)));
    let (perspective, n) = found.ok_or("expected a perspective and a number, such as peer=4")?;
    Minimums::default().with(perspective, n).map(|_| (perspective, n))
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let file = find_unit(&options.unit)?;
    let unit = match source::read(&file.json) {
        Ok(document) => document.unit,
        Err(diagnostics) => {
            eprint!("{}", file.render(&diagnostics));
            return Ok(Outcome::Findings);
        }
    };
    let profile = match &options.profile {
        Some(name) => Some(super::form::read_profile(name)?),
        None => form::shipped_profile(&unit.code).map_err(|error| error.to_string())?,
    };
    let mut submissions = Vec::new();
    for name in &options.files {
        let file = surveys::read(name)?;
        match raters::read(&file.json) {
            Ok(found) => submissions.extend(found),
            Err(why) => {
                eprintln!("{name}: {why}");
                return Ok(Outcome::Findings);
            }
        }
    }
    let (submissions, ratee) = about_one(submissions, options.ratee.as_deref())?;
    let mut minimums = Minimums::default();
    for (perspective, n) in &options.minimum {
        minimums = minimums.with(*perspective, *n)?;
    }
    let combined = raters::combine(&unit, profile.as_ref(), &submissions, minimums);
    let printed = print(&combined, options, ratee.as_deref())?;
    lines::is_open(write!(io::stdout().lock(), "{printed}"))?;
    Ok(Outcome::Fine)
}

fn print(combined: &Combined, options: &Options, ratee: Option<&str>) -> Result<String, String> {
    match options.format {
        Format::Html => Ok(html::page(combined, &options.locale, ratee)),
        Format::Json => {
            let json = serde_json::to_string_pretty(combined);
            json.map(|json| json + "\n").map_err(|error| format!("this cannot be written: {error}"))
        }
    }
}

/// The submissions about one person: those with the code, and those without any.
fn about_one(
    mut submissions: Vec<Submission>,
    wanted: Option<&str>,
) -> Result<(Vec<Submission>, Option<String>), String> {
    let mut codes: Vec<String> = submissions.iter().filter_map(|one| one.ratee.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    match wanted {
        Some(code) => submissions.retain(|one| one.ratee.as_deref().is_none_or(|own| own == code)),
        None if codes.len() > 1 => {
            let count = codes.len();
            return Err(format!("the submissions are about {count} people; say whom with --ratee"));
        }
        None => {}
    }
    Ok((submissions, wanted.map(str::to_owned).or(codes.pop())))
}
