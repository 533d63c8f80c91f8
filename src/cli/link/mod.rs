//! `askwell link`: signed survey links, one from options or one for each row of a table.

mod expiry;
mod prefill;
mod rows;

use std::fs;
use std::sync::Arc;

use clap::Args;

use super::{Outcome, surveys};
use crate::instruments;
use crate::link::{Link, PrivateKey};
use crate::survey::Survey;
use crate::value::Value;

/// Make signed survey links
#[derive(Args)]
#[command(after_help = "\
A link says which survey, in which language, with which answers filled in, for which booking and
until when; it is signed, so that nobody can change it, but everybody who has it can read it.
Opening a link never submits anything. --single-use takes one submission with each link: a link is
spent when a submission arrives, not when it is opened.

An end is a moment with its zone: 2026-12-31+08:00 is the whole of that day in Taipei.

With --from, columns named booking, language, expires, return, prefill.QUESTION and context.NAME
take the place of the options where they are filled; others come out as they came in. The output is
the same table with the column `link`.

Answers are JSON where the question takes it so: --prefill recommend=9, --prefill 'liked=[\"guide\"]'.

Examples:
  askwell link --page https://example.com/survey.html --survey tour-satisfaction \\
    --booking B-2741 --expires 2026-12-31+08:00
  askwell link --page https://example.com/survey.html --survey tour-satisfaction \\
    --from customers.csv --single-use > links.csv
  askwell link --page https://example.com/survey.html --survey my-survey.json \\
    --source surveys/my-survey.json --prefill recommend=9")]
pub struct Options {
    /// The private key
    #[arg(long, value_name = "FILE", default_value = "link-key.private.json")]
    key: String,
    /// The address of the link page
    #[arg(long, value_name = "URL")]
    page: String,
    /// The definition, or the id of an instrument
    #[arg(long, value_name = "FILE")]
    survey: String,
    /// Where the link page finds the definition, as seen from itself
    #[arg(long, value_name = "ADDRESS")]
    source: Option<String>,
    /// The language to begin in
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// An answer to begin with; can be given several times
    #[arg(long, value_name = "QUESTION=ANSWER", value_parser = pair)]
    prefill: Vec<(String, String)>,
    /// What travels with the submission; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    context: Vec<(String, String)>,
    /// The booking
    #[arg(long, value_name = "REFERENCE")]
    booking: Option<String>,
    /// Until when it opens, with the zone
    #[arg(long, value_name = "MOMENT")]
    expires: Option<String>,
    /// Take one submission with it
    #[arg(long)]
    single_use: bool,
    /// Where the thank-you page leads
    #[arg(long = "return", value_name = "URL")]
    return_to: Option<String>,
    /// Make one link for each row of a CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
}

/// What all links of one run have in common.
struct Maker {
    key: PrivateKey,
    page: String,
    survey: Arc<Survey>,
    single_use: bool,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let text = fs::read_to_string(&options.key).map_err(|error| {
        format!("`{}` cannot be read ({error}); `askwell keys` makes a key", options.key)
    })?;
    let key =
        PrivateKey::read(&text).map_err(|error| format!("`{}` is no key: {error}", options.key))?;
    let survey = surveys::find(&options.survey)?.load()?;
    let maker = Maker { key, page: page(&options.page)?, survey, single_use: options.single_use };
    let mut link = Link::to(&maker.survey.source.id);
    link.source = Some(source(options)?);
    for (name, text) in options.fields() {
        maker.apply(&mut link, &name, &text)?;
    }
    match &options.from {
        Some(file) => rows::each(&maker, &link, file),
        None => {
            println!("{}", maker.address(link)?);
            Ok(Outcome::Fine)
        }
    }
}

impl Options {
    /// The options under the names that columns have.
    fn fields(&self) -> Vec<(String, String)> {
        let given = [
            ("language", &self.language),
            ("booking", &self.booking),
            ("expires", &self.expires),
            ("return", &self.return_to),
        ];
        let mut fields: Vec<(String, String)> = given
            .into_iter()
            .filter_map(|(name, text)| Some((name.to_owned(), text.clone()?)))
            .collect();
        for (prefix, pairs) in [("prefill", &self.prefill), ("context", &self.context)] {
            fields.extend(
                pairs.iter().map(|(name, text)| (format!("{prefix}.{name}"), text.clone())),
            );
        }
        fields
    }
}

impl Maker {
    /// Says one more thing with a link. False where the name means nothing to links.
    fn apply(&self, link: &mut Link, name: &str, text: &str) -> Result<bool, String> {
        match name.split_once('.') {
            None if name == "language" => link.language = Some(text.to_owned()),
            None if name == "booking" => link.booking = Some(text.to_owned()),
            None if name == "return" => link.return_to = Some(return_to(text)?),
            None if name == "expires" => {
                let expiry = expiry::parse(text)?;
                link.expires = Some(expiry.at);
                link.zone = Some(expiry.zone);
            }
            Some(("prefill", id)) => {
                let value = prefill::read(&self.survey, id, text)?;
                link.prefill.insert(id.to_owned(), value);
            }
            Some(("context", "link" | "booking")) => {
                return Err(format!(
                    "`{name}` is not yours to set: it is what the link itself tells"
                ));
            }
            Some(("context", name)) => {
                link.context.insert(name.to_owned(), Value::from(text));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The address to send to somebody. What a link says stands behind `#`, which no server and no
    /// log ever sees.
    fn address(&self, mut link: Link) -> Result<String, String> {
        if self.single_use {
            let mut id = [0; 12];
            getrandom::fill(&mut id).map_err(|error| format!("no random numbers: {error}"))?;
            link.id = Some(id.iter().map(|byte| format!("{byte:02x}")).collect());
        }
        Ok(format!("{}#token={}", self.page, link.sign(&self.key)))
    }
}

fn page(address: &str) -> Result<String, String> {
    let web = address.starts_with("https://") || address.starts_with("http://");
    if web && !address.contains('#') {
        Ok(address.to_owned())
    } else {
        Err(format!("`{address}` is no address such as https://example.com/survey.html"))
    }
}

/// Where the definition lies: instruments have their place on every site.
fn source(options: &Options) -> Result<String, String> {
    let instrument = instruments::TABLE.iter().any(|known| known.id == options.survey);
    match &options.source {
        Some(source) => Ok(source.clone()),
        None if instrument => Ok(format!("instruments/{}.json", options.survey)),
        None => Err(format!(
            "where does the link page find `{}`? Name its address with --source",
            options.survey
        )),
    }
}

fn return_to(address: &str) -> Result<String, String> {
    let host =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://localhost"));
    if host.is_none() || address.contains(['@', '\\', ' ', '\n']) {
        return Err(format!("`{address}` is no address that begins with https://"));
    }
    Ok(address.to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it takes the form NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
