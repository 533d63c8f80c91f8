//! The command line: one file per subcommand, NDJSON in and out so that it pipes.

mod check;
mod columns;
mod convert;
mod doctor;
mod erase;
mod eval;
mod export;
mod form;
mod import;
mod keys;
mod lines;
mod link;
mod qr;
mod raters;
mod report;
mod run;
mod score;
mod serve;
mod stats;
mod surveys;
mod translate;
mod unit;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Surveys and self-assessments: check, run, score, receive and export.
#[derive(Parser)]
#[command(name = "askwell", version, after_help = AFTER_HELP)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit status: 0 fine, 1 findings (errors in a definition, replies with an error),
2 wrong usage or a file that cannot be read.

Examples:
  askwell check my-survey.json
  echo '{\"set\": {\"recommend\": 9}}' | askwell run tour-satisfaction
  askwell serve --site dist --database sqlite:askwell.db
  askwell export --format csv > answers.csv";

#[derive(Subcommand)]
enum Command {
    Check(check::Options),
    Eval(eval::Options),
    Run(run::Options),
    Score(score::Options),
    Serve(serve::Options),
    Export(export::Options),
    Import(import::Options),
    Erase(erase::Options),
    Doctor(doctor::Options),
    Convert(convert::Options),
    Translate(translate::Options),
    Stats(stats::Options),
    Unit(unit::Options),
    Form(form::Options),
    Raters(raters::Options),
    Keys(keys::Options),
    Link(link::Options),
    Qr(qr::Options),
    Report(report::Options),
}

/// What a subcommand found; whatever keeps it from working at all is an `Err` with a message.
enum Outcome {
    Fine,
    Findings,
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Check(options) => check::run(&options),
        Command::Eval(options) => eval::run(&options),
        Command::Run(options) => run::run(&options),
        Command::Score(options) => score::run(&options),
        Command::Serve(options) => serve::run(options),
        Command::Export(options) => export::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Erase(options) => erase::run(&options),
        Command::Doctor(options) => doctor::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::Translate(options) => translate::run(&options),
        Command::Stats(options) => stats::run(&options),
        Command::Unit(options) => unit::run(&options),
        Command::Form(options) => form::run(&options),
        Command::Raters(options) => raters::run(&options),
        Command::Keys(options) => keys::run(&options),
        Command::Link(options) => link::run(&options),
        Command::Qr(options) => qr::run(&options),
        Command::Report(options) => report::run(&options),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(message) => {
            eprintln!("askwell: {message}");
            ExitCode::from(2)
        }
    }
}
