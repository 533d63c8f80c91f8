//! The one task that writes submissions: what arrives at the same time shares a transaction, and so
//! the wait for the disk.

use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use super::intake::store;
use super::{Arrival, Receipt, Store, explain};
use crate::server::log;
use crate::server::metrics::Metrics;

/// How many submissions share a transaction at most.
const TOGETHER: usize = 256;

/// How many requests may wait; the others are told to come back.
const WAITING: usize = 1024;

/// The way to the task. It ends once the last clone of this is dropped.
#[derive(Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
}

struct Job {
    arrivals: Vec<Arrival>,
    done: oneshot::Sender<Vec<Done>>,
}

/// A submission with what became of it; nothing where the database refused: then nothing of it is
/// kept and the sender has to try again.
pub type Done = (Arrival, Option<Receipt>);

impl Writer {
    /// Starts the task.
    pub fn start(store: Store, metrics: Metrics) -> Writer {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(work(store, waiting, metrics));
        Writer { jobs }
    }

    /// Stores submissions; once this returns they are on disk. Nothing where too many wait already.
    pub async fn store(&self, arrivals: Vec<Arrival>) -> Option<Vec<Done>> {
        let (done, result) = oneshot::channel();
        self.jobs.try_send(Job { arrivals, done }).ok()?;
        result.await.ok()
    }
}

async fn work(store: Store, mut waiting: mpsc::Receiver<Job>, metrics: Metrics) {
    while let Some(first) = waiting.recv().await {
        let mut jobs = vec![first];
        let mut count = jobs.iter().map(|job| job.arrivals.len()).sum::<usize>();
        while count < TOGETHER
            && let Ok(job) = waiting.try_recv()
        {
            count += job.arrivals.len();
            jobs.push(job);
        }
        let begun = Instant::now();
        let mut arrivals: Vec<&Arrival> = jobs.iter().flat_map(|job| &job.arrivals).collect();
        let mut order: Vec<usize> = (0..arrivals.len()).collect();
        // Receivers that share a database take its locks in one order, or they would wait for
        // each other.
        order.sort_by_key(|at| arrivals.get(*at).map(|arrival| &arrival.id));
        arrivals.sort_by_key(|arrival| &arrival.id);
        let receipts = commit(&store, &arrivals).await;
        metrics.committed(count, begun.elapsed());
        let mut sorted: Vec<(usize, Option<Receipt>)> = order.into_iter().zip(receipts).collect();
        sorted.sort_by_key(|(at, _)| *at);
        let mut receipts = sorted.into_iter().map(|(_, receipt)| receipt);
        for Job { arrivals, done } in jobs {
            // A sender that hung up hears nothing; what it sent is stored all the same.
            let _ = done.send(arrivals.into_iter().zip(&mut receipts).collect());
        }
    }
}

/// Stores all at once; where the database refuses, one by one, so that nobody pays for another.
async fn commit(store: &Store, arrivals: &[&Arrival]) -> Vec<Option<Receipt>> {
    match store.receive(arrivals).await {
        Ok(receipts) => receipts.into_iter().map(Some).collect(),
        Err(error) if arrivals.len() == 1 => {
            refused(&error);
            vec![None]
        }
        Err(error) => {
            refused(&error);
            let mut receipts = Vec::with_capacity(arrivals.len());
            for arrival in arrivals {
                let stored = store.receive(&[*arrival]).await.inspect_err(refused);
                receipts.push(stored.ok().and_then(|receipts| receipts.into_iter().next()));
            }
            receipts
        }
    }
}

fn refused(error: &sqlx::Error) {
    log::event(&[("event", "database-refuses"), ("reason", &explain(error))]);
}

impl Store {
    async fn receive(&self, arrivals: &[&Arrival]) -> sqlx::Result<Vec<Receipt>> {
        let mut connection = self.pool.acquire().await?;
        let receipts = store(arrivals, self.kind, &mut connection).await;
        if receipts.is_err() {
            // SQLite ends a transaction by itself where the disk is full, and a connection that
            // still believes in it would refuse everything from then on.
            connection.close_on_drop();
        }
        receipts
    }
}
