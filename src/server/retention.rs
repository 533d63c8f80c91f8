//! Letting submissions go once they are old.

use std::time::Duration;

use super::log;
use super::metrics::Metrics;
use super::store::{Store, explain};
use super::time;
use crate::submission::rfc3339;

/// How often to look.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Erases what is older than so many days, now and each hour.
pub fn start(store: Store, days: u32, metrics: Metrics) {
    tokio::spawn(async move {
        loop {
            sweep(&store, days, &metrics).await;
            tokio::time::sleep(EVERY).await;
        }
    });
}

async fn sweep(store: &Store, days: u32, metrics: &Metrics) {
    let before = rfc3339(time::now().ms - f64::from(days) * 86_400_000.0);
    let mut erased = 0;
    loop {
        match store.let_age_out(&before).await {
            Ok(0) => break,
            Ok(some) => erased += some,
            Err(error) => {
                return log::event(&[("event", "retention-failed"), ("reason", &explain(&error))]);
            }
        }
    }
    if erased > 0 {
        metrics.erased(erased);
        log::event(&[("event", "aged-out"), ("submissions", &erased.to_string())]);
    }
}
