//! `askwell qr`: addresses as QR codes, and cards for the counter.

mod card;
mod draw;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use draw::Code;

/// Make a QR code, or a card for the counter
#[derive(Args)]
#[command(after_help = "\
card is a page of HTML to print from any browser: the code with a few words in each language, the
first of them large. The code is drawn so that a scratched card still works.

Examples:
  askwell qr https://example.com/survey.html > code.svg
  askwell qr 'https://example.com/survey.html#src=instruments/tour-satisfaction.json' --format png --output code.png
  askwell qr https://example.com/s --format card --paper a5 --languages zh-Hant,en,ja --output card.html")]
pub struct Options {
    /// The address
    address: String,
    /// What to make
    #[arg(long, value_enum, default_value = "svg")]
    format: Format,
    /// The file; standard output where it is left out
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many pixels a square of a PNG is wide
    #[arg(long, value_name = "PIXELS", default_value = "8",
          value_parser = clap::value_parser!(u16).range(1..=64))]
    scale: u16,
    /// The paper of a card
    #[arg(long, value_enum, default_value = "a5")]
    paper: Paper,
    /// The languages of a card, the first of them large
    #[arg(long, value_name = "TAGS", value_delimiter = ',', default_value = "zh-Hant,en,ja,ko")]
    languages: Vec<String>,
    /// The heading of a card, in place of Askwell's own
    #[arg(long, value_name = "TEXT")]
    heading: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Svg,
    Png,
    Card,
}

#[derive(Clone, Copy, ValueEnum)]
enum Paper {
    A4,
    A5,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let known = card::languages();
    if let Some(unknown) = options.languages.iter().find(|language| !known.contains(language)) {
        return Err(format!("no words in `{unknown}`; there are: {}", known.join(", ")));
    }
    let code = Code::new(&options.address)?;
    let made = match options.format {
        Format::Svg => code.svg().into_bytes(),
        Format::Png => code.png(usize::from(options.scale))?,
        Format::Card => {
            let paper = match options.paper {
                Paper::A4 => card::A4,
                Paper::A5 => card::A5,
            };
            let heading = options.heading.as_deref();
            card::html(&code, &options.address, &paper, &options.languages, heading).into_bytes()
        }
    };
    match &options.output {
        Some(file) => fs::write(file, made)
            .map_err(|error| format!("`{}` cannot be written: {error}", file.display()))?,
        None => io::stdout()
            .write_all(&made)
            .map_err(|error| format!("standard output cannot be written: {error}"))?,
    }
    Ok(Outcome::Fine)
}
