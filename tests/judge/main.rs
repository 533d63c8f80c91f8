//! Judges that are not ours: the same questions put to the programs that others trust.
//!
//! They need software that is not installed everywhere, so each skips, and says so, without it.

mod expressions;
mod random;
mod surveys;

use std::io::Write;

/// Past the capture of test output, so that nobody takes a skipped judge for a verdict.
fn skipped(reason: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: survey-core was not asked, {reason}");
}
