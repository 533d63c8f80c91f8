//! `askwell doctor`: tries an endpoint as a browser would, and says what to mend.

mod endpoint;
pub mod exchange;
mod policy;

use clap::Args;

use super::Outcome;
use exchange::Exchange;

/// Try an endpoint as a browser would, and say what to mend
#[derive(Args)]
#[command(after_help = "\
Looks at the page's policy (with --page), the preflight, the answer to a submission and the answer to
a copy of it. The submission is a made-up one to a survey that nobody has; Askwell's own receiver
keeps it aside. Ends with status 1 where something has to be mended.

In the browser itself, doctor.html on your site does the same.

Examples:
  askwell doctor https://collect.example.com/v1/submissions --origin https://www.example.com
  askwell doctor https://collect.example.com/v1/submissions --page https://www.example.com/booking
  askwell doctor https://script.google.com/macros/s/…/exec --format text --origin https://www.example.com")]
pub struct Options {
    /// The endpoint
    #[arg(value_name = "URL")]
    url: String,
    /// The site whose pages send to it
    #[arg(long, value_name = "ORIGIN")]
    origin: Option<String>,
    /// A page that shows a survey: its content security policy is looked at
    #[arg(long, value_name = "URL")]
    page: Option<String>,
    /// Send plain JSON, or JSON as text/plain, which needs no preflight
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Look at the preflight and the policy only
    #[arg(long)]
    send_nothing: bool,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    Json,
    Text,
}

/// What was found about one thing.
pub struct Finding {
    /// What was looked at: `page`, `csp`, `preflight`, `status`, `copies`.
    what: &'static str,
    verdict: Verdict,
    /// What is so.
    says: String,
}

enum Verdict {
    Fine,
    /// It cannot be told from outside; the text says what to look after.
    Open,
    /// It has to be mended, and how.
    Wrong(String),
}

impl Finding {
    fn fine(what: &'static str, says: impl Into<String>) -> Finding {
        Finding { what, verdict: Verdict::Fine, says: says.into() }
    }

    fn open(what: &'static str, says: impl Into<String>) -> Finding {
        Finding { what, verdict: Verdict::Open, says: says.into() }
    }

    fn wrong(what: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { what, verdict: Verdict::Wrong(mend.into()), says: says.into() }
    }

    fn print(&self) {
        let Finding { what, verdict, says } = self;
        match verdict {
            Verdict::Fine => println!("fine  {what}: {says}"),
            Verdict::Open => println!("?     {what}: {says}"),
            Verdict::Wrong(mend) => println!("MEND  {what}: {says}\n      → {mend}"),
        }
    }
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let endpoint = origin_of(&options.url)
        .ok_or_else(|| format!("`{}` is no address such as https://example.com/in", options.url))?;
    let page = options.page.as_deref().and_then(origin_of);
    let origin = options.origin.clone().or(page).unwrap_or_else(|| endpoint.clone());
    let exchange = Exchange::new();
    let mut findings = Vec::new();
    if let Some(page) = &options.page {
        findings.extend(policy::look(&exchange, page, &endpoint));
    }
    let case = endpoint::Case {
        exchange: &exchange,
        url: &options.url,
        origin: &origin,
        elsewhere: origin != endpoint,
        simple: options.format == Format::Text,
    };
    findings.extend(case.secrets());
    findings.extend(case.preflight());
    if !options.send_nothing {
        findings.extend(case.deliver());
    }
    findings.iter().for_each(Finding::print);
    let wrong = findings.iter().any(|finding| matches!(finding.verdict, Verdict::Wrong(_)));
    Ok(if wrong { Outcome::Findings } else { Outcome::Fine })
}

/// `https://example.com:8443` from an address below it.
fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())?;
    let host = host.rsplit('@').next().unwrap_or(host);
    ["http", "https"].contains(&scheme).then(|| format!("{scheme}://{}", host.to_lowercase()))
}
