//! What the tests of delivery have in common.

pub mod page;

use std::cell::RefCell;
use std::rc::Rc;

use askwell::browser::new_submission_id;
use askwell::outbox::{Notice, Status as Delivery};
use askwell::submission::{
    Channel, Client, ENVELOPE, Status, Submission, SurveyReference, rfc3339,
};
use askwell::value::{Map, Value};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A finished submission with an id of its own.
pub fn submission() -> Submission {
    Submission {
        askwell: ENVELOPE,
        submission_id: new_submission_id(),
        survey: SurveyReference {
            id: "tour".to_owned(),
            version: "2026-11".to_owned(),
            hash: "sha256:00".to_owned(),
            framework: None,
        },
        status: Status::Complete,
        locale: "zh-Hant".to_owned(),
        channel: Channel::Embed,
        started_at: rfc3339(0.0),
        completed_at: rfc3339(1000.0),
        duration_ms: 1000,
        answers: Map::from([("why".to_owned(), Value::from("導遊很好"))]),
        scores: Map::new(),
        context: Map::new(),
        consent: Map::new(),
        device: Map::new(),
        client: Client::default(),
    }
}

/// Hears a courier's notices and waits for the one that a test is after.
#[derive(Clone, Default)]
pub struct Listener {
    heard: Rc<RefCell<Vec<Notice>>>,
    wake: Rc<RefCell<Vec<Function>>>,
}

impl Listener {
    pub fn listen(&self) -> impl Fn(&Notice) + 'static {
        let listener = self.clone();
        move |notice| {
            listener.heard.borrow_mut().push(notice.clone());
            for wake in listener.wake.take() {
                let _ = wake.call0(&JsValue::UNDEFINED);
            }
        }
    }

    pub fn has_heard(&self, id: &str, status: Delivery) -> bool {
        self.heard.borrow().iter().any(|notice| notice.id == id && notice.status == status)
    }

    pub async fn until(&self, id: &str, status: Delivery) -> Notice {
        loop {
            let heard =
                self.heard.borrow().iter().find(|n| n.id == id && n.status == status).cloned();
            if let Some(notice) = heard {
                return notice;
            }
            let next = Promise::new(&mut |resolve, _| self.wake.borrow_mut().push(resolve));
            let _ = JsFuture::from(next).await;
        }
    }
}
