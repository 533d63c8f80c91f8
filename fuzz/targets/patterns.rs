//! Any regular expression on any text: it fits or it does not, soon.
#![no_main]

use askwell::pattern::Pattern;
use libfuzzer_sys::fuzz_target;

// The first line is the pattern, the rest the text.
fuzz_target!(|input: &str| {
    let (source, text) = input.split_once('\n').unwrap_or((input, input));
    for ignore_case in [false, true] {
        match Pattern::new(source, ignore_case) {
            Ok(pattern) => drop(pattern.fits(text)),
            // What is meant can be shown.
            Err(error) => assert!(source.get(error.span).is_some()),
        }
    }
});
