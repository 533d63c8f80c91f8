//! What monitoring asks: counts since the start, as Prometheus text. No answers, no names.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What becomes of submissions, by the `status` in replies.
const RESULTS: [&str; 13] = [
    "stored",
    "stored-sealed",
    "already-stored",
    "conflict",
    "invalid",
    "link-used",
    "link-expired",
    "link-refused",
    "unreadable",
    "too-large",
    "unsupported-type",
    "too-many",
    "unavailable",
];

/// Counters that all parts of a receiver share.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Counters>);

#[derive(Default)]
struct Counters {
    results: [AtomicU64; RESULTS.len()],
    commits: AtomicU64,
    committed: AtomicU64,
    commit_microseconds: AtomicU64,
    under_way: AtomicU64,
    erased: AtomicU64,
}

/// A request that is being worked on, for as long as this lives.
pub struct UnderWay(Metrics);

impl Metrics {
    /// Notes what became of a submission.
    pub fn result(&self, status: &str) {
        let refused = status.starts_with("link-") && !RESULTS.contains(&status);
        let name = if refused { "link-refused" } else { status };
        if let Some(at) = RESULTS.iter().position(|known| *known == name)
            && let Some(counter) = self.0.results.get(at)
        {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes a transaction that stored so many submissions.
    pub fn committed(&self, submissions: usize, took: Duration) {
        self.0.commits.fetch_add(1, Ordering::Relaxed);
        self.0.committed.fetch_add(submissions as u64, Ordering::Relaxed);
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.0.commit_microseconds.fetch_add(took, Ordering::Relaxed);
    }

    /// Notes what left for its age.
    pub fn erased(&self, count: u64) {
        self.0.erased.fetch_add(count, Ordering::Relaxed);
    }

    /// Notes a request until the result is dropped.
    pub fn under_way(&self) -> UnderWay {
        self.0.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self.clone())
    }

    /// The text that Prometheus reads (exposition format 0.0.4).
    pub fn render(&self) -> String {
        let counters = &self.0;
        let value = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::from(
            "# HELP askwell_submissions_total Submissions by what became of them.\n\
             # TYPE askwell_submissions_total counter\n",
        );
        for (name, counter) in RESULTS.iter().zip(&counters.results) {
            let count = value(counter);
            let _ = writeln!(text, "askwell_submissions_total{{result=\"{name}\"}} {count}");
        }
        let seconds = value(&counters.commit_microseconds) as f64 / 1e6;
        for (name, kind, help, value) in [
            ("askwell_commits_total", "counter", "Transactions.", value(&counters.commits) as f64),
            (
                "askwell_committed_submissions_total",
                "counter",
                "Submissions in those transactions.",
                value(&counters.committed) as f64,
            ),
            ("askwell_commit_seconds_total", "counter", "Time spent in them.", seconds),
            (
                "askwell_requests_under_way",
                "gauge",
                "Requests being worked on.",
                value(&counters.under_way) as f64,
            ),
            (
                "askwell_aged_out_total",
                "counter",
                "Submissions erased for their age.",
                value(&counters.erased) as f64,
            ),
        ] {
            let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
        }
        text
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_in_prometheus_text() {
        let metrics = Metrics::default();
        metrics.result("stored");
        metrics.result("link-broken");
        metrics.committed(3, Duration::from_millis(1500));
        let request = metrics.under_way();
        let text = metrics.render();
        for line in [
            "askwell_submissions_total{result=\"stored\"} 1",
            "askwell_submissions_total{result=\"link-refused\"} 1",
            "askwell_commit_seconds_total 1.5",
            "askwell_requests_under_way 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        drop(request);
        assert!(metrics.render().contains("askwell_requests_under_way 0"));
    }
}
