//! What only a browser has, one adapter a file: storage, IndexedDB, fetch, locks, clock, chance and
//! connectivity; and the courier that runs the [outbox](crate::outbox) on them.
//!
//! Nothing here panics where a browser refuses: blocked storage, a missing API or a lost
//! connection comes back as `None`, `false` or an error, and answers go on by another way.
//!
//! ```no_run
//! use askwell::browser::{Courier, new_submission_id, now_ms};
//! use askwell::outbox::Status;
//! # async fn finish(submission: askwell::submission::Submission) {
//! // Once per widget. The courier sends what earlier pages left behind, too.
//! let courier = Courier::start(|notice| {
//!     // Everything that becomes of any submission: `notice.id`, `.status`, `.failure`.
//! });
//! // At the end of the survey. Resolves once the submission is durable, or, where storage is
//! // blocked, once it was sent or could not be.
//! let notice = courier.submit(&submission, "https://example.com/v1/submissions").await;
//! match notice.status {
//!     Status::Saved | Status::Sent => { /* "thank you" */ }
//!     Status::Waiting | Status::Paused => { /* "keep this page open", the courier goes on */ }
//!     _ => { /* refused or unverified: say so; nothing is deleted */ }
//! }
//! courier.flush(); // someone pressed "send now"
//! # }
//! ```

#[cfg(not(lean))]
mod callback;
mod clock;
mod connectivity;
mod courier;
mod database;
mod document;
mod locks;
mod promise;
mod random;
mod storage;
#[cfg(not(lean))]
mod targets;
mod transport;

#[cfg(not(lean))]
pub use callback::Page;
pub use clock::{now_ms, utc_offset_minutes};
pub use courier::Courier;
pub use document::document;
pub use promise::sleep;
pub use random::{new_submission_id, seed};
pub use storage::{Draft, can_store};
