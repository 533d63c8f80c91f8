//! `askwell report`: many submissions as one report.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use super::{Outcome, lines, surveys};
use crate::report::{Condition, Plan, Report, Settings, Target, Wave, csv, html, reading};

/// Turn many submissions into a report
#[derive(Args)]
#[command(after_help = "\
Each file holds submissions line by line as JSON (as `askwell export --format ndjson` prints them), or
is a table as `askwell export --format csv` prints it; `-` is standard input. Files are read once and
never held in memory; a submission that stands in several counts once.

Figures rest on finished submissions and are those of `askwell score`. Nothing is told about fewer
people than --minimum, nor what would let them be worked out from the rest.

A condition is a name, =, !=, <, <=, > or >=, and a value (several between |). Names, also for --by and
--team: the id of a question (a row of a matrix is question.row), channel, locale, status, version,
context.NAME, device.NAME, day, week, month, quarter, year.

Examples:
  askwell export --format ndjson | askwell report tour-satisfaction -
  askwell report tour-satisfaction answers.ndjson --format html --locale zh-Hant > report.html
  askwell report tour-satisfaction *.ndjson --by channel --by context.branch --wave quarter
  askwell report tour-satisfaction answers.ndjson --where 'customer-type=N1.3-new' --target nps=40")]
pub struct Options {
    /// A definition file, or the id of an instrument
    survey: String,
    /// Files of submissions, or - for standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The language of the report; the survey's own where absent
    #[arg(long, value_name = "LANGUAGE")]
    locale: Option<String>,
    /// The fewest people of whom anything is told
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    minimum: u32,
    /// Break figures down by this
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    /// Lay statements out against this
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// How long a wave is
    #[arg(long, default_value = "month", value_parser = wave)]
    wave: Wave,
    /// Count only submissions that meet this condition
    #[arg(long = "where", value_name = "CONDITION", value_parser = Condition::parse)]
    conditions: Vec<Condition>,
    /// What a score is meant to reach
    #[arg(long, value_name = "SCORE=VALUE", value_parser = target)]
    target: Vec<Target>,
    /// The rating that others may drive; the first that is scored by itself where absent
    #[arg(long, value_name = "RATING")]
    outcome: Option<String>,
    /// The ratings that may drive it, between commas
    #[arg(long, value_name = "RATINGS", value_delimiter = ',')]
    drivers: Vec<String>,
    /// From which half width of an interval on (in points of 100) a figure is too vague to compare
    #[arg(long, value_name = "POINTS", default_value_t = 25.0)]
    half_width: f64,
    /// Count submissions too that did not reach the end
    #[arg(long)]
    partial: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Json,
    Html,
    Csv,
}

fn wave(name: &str) -> Result<Wave, String> {
    let names = Wave::ALL.map(Wave::name).join(", ");
    Wave::from_name(name).ok_or_else(|| format!("a wave is one of {names}"))
}

fn target(text: &str) -> Result<Target, String> {
    let read = || {
        let (score, value) = text.split_once('=')?;
        Some(Target { score: score.trim().to_owned(), value: value.trim().parse().ok()? })
    };
    read().ok_or_else(|| format!("`{text}` is no target such as nps=40"))
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let survey = surveys::find(&options.survey)?.load()?;
    let locale = options.locale.clone().unwrap_or_else(|| survey.default_locale().to_owned());
    let settings = Settings {
        locale,
        minimum: options.minimum as usize,
        by: options.by.clone(),
        team: options.team.clone(),
        wave: options.wave,
        conditions: options.conditions.clone(),
        targets: options.target.clone(),
        outcome: options.outcome.clone(),
        drivers: options.drivers.clone(),
        half_width: options.half_width,
        partial: options.partial,
    };
    let plan = Arc::new(Plan::new(survey, settings)?);
    let mut progress = Progress::of(&options.files);
    let tally = reading::read(&plan, &options.files, &mut |read| progress.show(read));
    progress.end();
    let tally = tally?;
    let report = tally.report();
    print(&report, options.format)?;
    Ok(if tally.is_whole() { Outcome::Fine } else { Outcome::Findings })
}

fn print(report: &Report, format: Format) -> Result<(), String> {
    let text = match format {
        Format::Json => lines::json(report)?,
        Format::Csv => csv::write(report),
        Format::Html => html::write(report),
    };
    lines::is_open(writeln!(io::stdout().lock(), "{}", text.trim_end_matches('\n')))?;
    Ok(())
}

/// How much has been read, on a terminal.
struct Progress {
    whole: u64,
    shown: Option<Instant>,
}

impl Progress {
    fn of(files: &[String]) -> Progress {
        let sizes = files.iter().filter_map(|file| std::fs::metadata(file).ok());
        let shown = io::stderr().is_terminal().then(Instant::now);
        Progress { whole: sizes.map(|file| file.len()).sum(), shown }
    }

    fn show(&mut self, read: u64) {
        let Some(shown) = &mut self.shown else { return };
        if shown.elapsed() < Duration::from_millis(200) {
            return;
        }
        *shown = Instant::now();
        let megabytes = read / 1_000_000;
        // Nobody misses it where it cannot be shown.
        let _ = match (read * 100).checked_div(self.whole) {
            Some(percent) => {
                let percent = percent.min(100);
                write!(io::stderr(), "\rreading submissions: {percent} % ({megabytes} MB)")
            }
            None => write!(io::stderr(), "\rreading submissions: {megabytes} MB"),
        };
    }

    fn end(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r{:60}\r", "");
        }
    }
}
