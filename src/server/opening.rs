//! Opening what is stored sealed, for a receiver that was given the collector's key.

use std::sync::Arc;
use std::time::Duration;

use super::judge::Reason;
use super::log;
use super::reading::Read;
use super::store::{Verdict, explain};
use super::submissions::Receiver;

/// How often to look: receivers without the key may share the database.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Opens what is stored sealed, now and each hour.
pub fn start(receiver: Arc<Receiver>) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = sweep(&receiver).await {
                log::event(&[("event", "opening-failed"), ("reason", &explain(&error))]);
            }
            tokio::time::sleep(EVERY).await;
        }
    });
}

async fn sweep(receiver: &Receiver) -> sqlx::Result<()> {
    let [mut opened, mut shut, mut after] = [0, 0, 0];
    loop {
        let batch = receiver.store.batch_sealed(None, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.sequence;
        for sealed in batch {
            let read = receiver.reader.read(sealed.envelope.into(), None).await;
            let Read::Arrived { mut arrival, .. } = read else { continue };
            match arrival.verdict {
                Verdict::Sealed => {
                    shut += 1;
                    continue;
                }
                // Its sender was told that it is here.
                Verdict::Unwelcome { reason } => {
                    arrival.verdict = Verdict::Invalid { reasons: vec![Reason::whole(reason)] };
                }
                _ => {}
            }
            let Some(done) = receiver.writer.store(vec![arrival]).await else { return Ok(()) };
            opened += done.iter().filter(|(_, receipt)| receipt.is_some()).count() as i64;
        }
    }
    if opened + shut > 0 {
        let [opened, shut] = [opened, shut].map(|count| count.to_string());
        log::event(&[("event", "opened"), ("submissions", &opened), ("still-sealed", &shut)]);
    }
    Ok(())
}
