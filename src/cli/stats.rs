//! `askwell stats`: statistics of plain columns.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::Outcome;
use super::columns::{Fault, Sheet};
use super::lines::{self, Output};
use crate::stats::kappa::Weights;
use crate::stats::krippendorff::Level;
use crate::stats::{Row, Settings, TABLE};

/// Compute statistics of many respondents from the columns of a CSV file
#[derive(Args)]
#[command(after_help = "\
The first line of the file names the columns; empty cells and NA are missing. Each reply is one JSON object.
What the data do not define is {\"value\": null, \"reason\": \"...\"} in the place of the figure; ci95 is [low, high].

Replies:
  nps           n, promoters, passives, detractors, value, ci95
  top-box       n, value, ci95
  alpha         n, k, value, standardized, itemTotal and alphaIfDeleted by column
  omega         value, estimator
  icc           icc1, icc2, icc3, icc1k, icc2k and icc3k, each with value and ci95
  kappa, fleiss, krippendorff   value
  rwg           value, items by column, and truncated: the items of which 0 stands for a negative figure
  drivers       r2, and shapley, pearson and beta by column
  sus           n, mean, scores by row

Exit status: 0 fine, 1 data that the statistic cannot be computed from, 2 wrong usage or a file that cannot be read.

Examples:
  askwell stats nps answers.csv --column recommend
  askwell stats top-box answers.csv --column overall --boxes 2 --max 5
  askwell stats alpha answers.csv --columns friendly,helpful,prompt
  askwell stats krippendorff ratings.csv --level ordinal
  askwell stats kappa ratings.csv --columns first,second --weights quadratic
  askwell stats rwg team.csv --points 5
  askwell stats drivers answers.csv --outcome overall --columns guide,meals,bus")]
pub struct Options {
    /// What to compute
    #[arg(value_name = "NAME", value_parser = names())]
    name: String,
    /// A CSV file, or - for standard input
    #[arg(value_name = "DATA.csv")]
    file: String,
    /// The column to look at
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// The columns to look at, separated by commas; all where absent
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// How many of the highest ratings count [top-box; default 2]
    #[arg(long, value_name = "COUNT")]
    boxes: Option<u32>,
    /// The highest rating that could be given [top-box, nps]
    #[arg(long, value_name = "RATING")]
    max: Option<f64>,
    /// How many points the scale has [rwg]
    #[arg(long, value_name = "COUNT")]
    points: Option<u32>,
    /// What the numbers mean: nominal, ordinal, interval or ratio [krippendorff]
    #[arg(long)]
    level: Option<Level>,
    /// The column that others may explain: all others, or those that --columns names [drivers]
    #[arg(long, value_name = "NAME")]
    outcome: Option<String>,
    /// How disagreements count: linear or quadratic [kappa; all the same where absent]
    #[arg(long)]
    weights: Option<Weights>,
}

fn names() -> PossibleValuesParser {
    let value = |row: &Row| PossibleValue::new(row.name).help(row.about);
    TABLE.iter().map(value).collect::<Vec<_>>().into()
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let row = TABLE.iter().find(|row| row.name == options.name);
    let row = row.ok_or_else(|| format!("no statistic is named `{}`", options.name))?;
    options.check(row)?;
    match reply(options, row) {
        Ok(line) => {
            lines::is_open(Output::new().line(&line))?;
            Ok(Outcome::Fine)
        }
        Err(Fault::Finding(message)) => {
            eprintln!("askwell: {message}");
            Ok(Outcome::Findings)
        }
        Err(Fault::Usage(message)) => Err(message),
    }
}

fn reply(options: &Options, row: &Row) -> Result<String, Fault> {
    let sheet = Sheet::read(&options.file)?;
    let columns = sheet.columns(&options.selected(&sheet))?;
    let reply = row.compute(&columns, &options.settings());
    let reply = reply.map_err(|refusal| Fault::Finding(sheet.explain(&refusal)))?;
    Ok(reply.to_json())
}

impl Options {
    fn settings(&self) -> Settings {
        Settings {
            boxes: self.boxes,
            max: self.max,
            points: self.points,
            level: self.level,
            weights: self.weights,
            outcome: self.outcome.clone(),
        }
    }

    /// Nothing that the statistic needs is absent, and nothing is given that it would ignore.
    fn check(&self, row: &Row) -> Result<(), String> {
        for (name, given) in [
            ("column", self.column.is_some()),
            ("columns", self.columns.is_some()),
            ("boxes", self.boxes.is_some()),
            ("max", self.max.is_some()),
            ("points", self.points.is_some()),
            ("level", self.level.is_some()),
            ("outcome", self.outcome.is_some()),
            ("weights", self.weights.is_some()),
        ] {
            let needed = row.needs.contains(&name);
            if needed && !given {
                return Err(format!("`{}` needs --{name} (see askwell stats --help)", row.name));
            }
            if given && !needed && !row.takes.contains(&name) {
                return Err(format!("`{}` does not take --{name}", row.name));
            }
        }
        Ok(())
    }

    fn selected(&self, sheet: &Sheet) -> Vec<String> {
        let mut names = match (&self.column, &self.columns) {
            (Some(column), _) => vec![column.clone()],
            (None, Some(columns)) => columns.clone(),
            (None, None) => sheet.names().to_vec(),
        };
        if let Some(outcome) = self.outcome.as_ref().filter(|outcome| !names.contains(outcome)) {
            names.push(outcome.clone());
        }
        names
    }
}
