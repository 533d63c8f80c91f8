//! What a respondent began and did not finish, kept on the device.

use std::sync::Arc;

use super::{Inner, Options};
use crate::browser::Draft;
use crate::session::{Session, Start};
use crate::submission::Channel;
use crate::survey::Survey;
use crate::value::Value;

impl Inner {
    fn draft(&self) -> Option<Draft> {
        draft_of(self.session.borrow().survey(), &self.options.borrow())
    }

    pub(super) fn keep_draft(&self) {
        if let Some(draft) = self.draft() {
            draft.save(&self.session.borrow().save());
        }
    }

    pub(super) fn forget_draft(&self) {
        if let Some(draft) = self.draft() {
            draft.clear();
        }
    }
}

/// What somebody began here and did not finish.
pub(super) fn left_behind(
    survey: &Arc<Survey>,
    options: &Options,
    start: &Start,
) -> Option<Session> {
    let saved = draft_of(survey, options)?.load()?;
    let session = Session::restore(survey.clone(), start.clone(), &saved)?;
    (!session.answers().is_empty()).then_some(session)
}

/// Where a draft is kept: one for each survey, widget and what the page knows, so that nobody
/// is offered the answers to somebody else's booking. None on a kiosk, which people share.
fn draft_of(survey: &Survey, options: &Options) -> Option<Draft> {
    let context = Value::Map(options.context.clone()).to_json();
    // FNV-1a: it only has to tell contexts apart, and a booking number must not be readable.
    let hash = context.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let session = format!("{}.{hash:016x}", options.name);
    (options.channel != Channel::Kiosk).then(|| Draft::new(&survey.source.id, &session))
}
