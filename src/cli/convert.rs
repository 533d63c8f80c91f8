//! `askwell convert`: other tools' surveys as ours.

use std::io::{self, Write};

use clap::Args;

use super::{Outcome, lines, surveys};
use crate::convert::{self, Loss, Tool};
use crate::survey::Survey;

/// Bring a survey of another tool over; what does not come along is said on standard error
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 with the survey on standard output, 1 where the document cannot be converted, or with
--strict where anything of it would be lost, 2 where the file cannot be read.

Examples:
  askwell convert surveyjs survey.json > askwell.json
  askwell convert surveyjs survey.json --strict > askwell.json && askwell check askwell.json")]
pub struct Options {
    /// The tool that the document is from
    #[arg(value_parser = tool)]
    tool: &'static Tool,
    /// The document
    #[arg(value_name = "FILE")]
    file: String,
    /// Refuse the document if anything of it would be lost
    #[arg(long)]
    strict: bool,
}

fn tool(name: &str) -> Result<&'static Tool, String> {
    let names = || convert::TABLE.iter().map(|tool| tool.name).collect::<Vec<_>>().join(", ");
    convert::find(name).ok_or_else(|| format!("no such tool; there are: {}", names()))
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let source = surveys::read(&options.file)?;
    let converted = match options.tool.convert(&source.json) {
        Ok(converted) => converted,
        Err(diagnostics) => {
            eprint!("{}", source.render(&diagnostics));
            return Ok(Outcome::Findings);
        }
    };
    tell(&converted.losses);
    if options.strict && !converted.losses.is_empty() {
        return Ok(Outcome::Findings);
    }
    let json = serde_json::to_string_pretty(&converted.survey);
    let json = json.map_err(|error| format!("the survey cannot be written: {error}"))?;
    if let Err(diagnostics) = Survey::load(&json) {
        let shown: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        return Err(format!("the converted survey is not sound\n{}", shown.join("\n")));
    }
    lines::is_open(writeln!(io::stdout().lock(), "{json}"))?;
    Ok(Outcome::Fine)
}

fn tell(losses: &[Loss]) {
    for loss in losses {
        eprintln!("{loss}");
    }
}
