//! What a visitor downloads before the first question can be answered.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::project::files;

/// A host page pays for the loader on every visit.
const LOADER_BUDGET: usize = 3_000;
/// Everything that a first survey needs, the loader included.
const SURVEY_BUDGET: usize = 150_000;

const LOADER: &str = "askwell.js";
/// The survey that the example of a booking page embeds.
const DEFINITION: &str = "instruments/tour-satisfaction.json";

#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Size> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).context("compressing with gzip")?;
        let gzip = gzip.finish().context("compressing with gzip")?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            size_hint: bytes.len(),
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters)
            .context("compressing with brotli")?;
        Ok(Size { raw: bytes.len(), gzip: gzip.len(), brotli: brotli.len() })
    }

    fn plus(self, other: Size) -> Size {
        Size {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Prints the table and returns what exceeds its budget.
pub fn print(dist: &Path) -> Result<Vec<String>> {
    println!("  {:<44} {:>9} {:>9} {:>9}", "", "raw", "gzip 9", "brotli 11");
    let mut sums = [
        ("loader", Size::default()),
        ("WebAssembly", Size::default()),
        ("JS", Size::default()),
        ("CSS", Size::default()),
        ("survey", Size::default()),
    ];
    for name in files(dist)?.iter().filter(|name| is_needed(name)) {
        let size = Size::of(
            &std::fs::read(dist.join(name)).with_context(|| format!("reading dist/{name}"))?,
        )?;
        row(name, size);
        for (kind, sum) in &mut sums {
            if *kind == kind_of(name) {
                *sum = sum.plus(size);
            }
        }
    }
    println!();
    let mut total = Size::default();
    for (kind, sum) in sums {
        row(kind, sum);
        total = total.plus(sum);
    }
    row("everything that a first survey needs", total);

    let mut exceeded = Vec::new();
    for (what, size, budget) in [
        ("the loader", sums[0].1, LOADER_BUDGET),
        ("everything that a first survey needs", total, SURVEY_BUDGET),
    ] {
        let verdict = if size.brotli <= budget { "within" } else { "OVER" };
        println!("  {what}: {} of {budget} bytes with brotli, {verdict} its budget", size.brotli);
        if size.brotli > budget {
            exceeded.push(format!("{what} ({} of {budget} bytes)", size.brotli));
        }
    }
    Ok(exceeded)
}

/// The pages around a survey are the host's own, and the engines in folders of their own serve others.
fn is_needed(name: &str) -> bool {
    let apart = ["whole/", "report/"];
    let engine = name
        .strip_prefix("wasm/")
        .is_some_and(|name| !apart.iter().any(|folder| name.starts_with(folder)));
    name == LOADER || name == DEFINITION || engine
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        _ if name == LOADER => "loader",
        Some((_, "wasm")) => "WebAssembly",
        Some((_, "css")) => "CSS",
        Some((_, "json")) => "survey",
        _ => "JS",
    }
}

fn row(name: &str, size: Size) {
    println!("  {name:<44} {:>9} {:>9} {:>9}", size.raw, size.gzip, size.brotli);
}

#[cfg(test)]
mod tests {
    use super::{Size, is_needed, kind_of};

    #[test]
    fn counts_what_a_survey_fetches_and_nothing_of_the_page_around_it() {
        let needed = [
            "askwell.js",
            "wasm/askwell_bg.wasm",
            "wasm/snippets/x/inline0.js",
            "instruments/tour-satisfaction.json",
        ];
        assert!(needed.iter().all(|name| is_needed(name)));
        assert_eq!(needed.map(kind_of), ["loader", "WebAssembly", "JS", "survey"]);
        assert!(!is_needed("site.css") && !is_needed("booking.html"));
        assert!(!is_needed("wasm/whole/askwell_bg.wasm"));
        assert!(!is_needed("wasm/report/askwell_bg.wasm"));
    }

    #[test]
    fn compresses_as_a_server_would() {
        let size = Size::of("survey ".repeat(1000).as_bytes()).unwrap();
        assert_eq!(size.raw, 7000);
        assert!(size.gzip < 100 && size.brotli < 50);
    }
}
