//! Any mask and anything typed into it: the form settles at once, and the answer can be shown.
#![no_main]

use askwell::definition::{Log, Place};
use askwell::questions::{self, Kind};
use askwell::value::{Map, Value};
use libfuzzer_sys::fuzz_target;

const TYPES: [&str; 4] = ["pattern", "numeric", "currency", "datetime"];

// The first two letters choose the mask; lines follow: what describes it, then what is typed.
fuzz_target!(|input: &str| {
    let mut letters = input.chars();
    let (Some(kind), Some(options)) = (letters.next(), letters.next()) else { return };
    let (kind, options) = (kind as u32, options as u32);
    let mut lines = letters.as_str().split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let settings = Map::from([
        ("pattern".into(), line().into()),
        ("allowNegativeValues".into(), Value::Bool(options & 1 == 0)),
        ("saveMaskedValue".into(), Value::Bool(options & 2 == 0)),
        ("precision".into(), Value::Number(f64::from(options / 4 % 8))),
        ("decimalSeparator".into(), if options & 32 == 0 { "." } else { line() }.into()),
        ("thousandsSeparator".into(), if options & 64 == 0 { "," } else { line() }.into()),
    ]);
    let question = Map::from([
        ("maskType".into(), TYPES[kind as usize % TYPES.len()].into()),
        ("maskSettings".into(), settings.into()),
    ]);
    let log = Log::default();
    let Some(row) = questions::row("text", &Place::ROOT, &log) else { return };
    let Some(Kind::TextAnswer(text)) = row.read(&question, &Place::ROOT, &log) else { return };
    let Some(mask) = text.mask().filter(|_| log.into_diagnostics().is_empty()) else { return };
    for typed in lines.chain([input]) {
        let shown = mask.format(typed);
        assert_eq!(mask.format(&shown), shown, "typing into a form changes it");
        mask.caret(typed, &shown);
        let answer = mask.parse(typed);
        mask.show(&answer);
        mask.check(&answer, &mut Vec::new());
    }
    mask.outline();
});
