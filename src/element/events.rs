//! Events of the element. Answers and scores are in them only where the page asks for it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::outbox::Status;
use crate::session::Session;
use crate::ui::{Controller, Event, OnEvent};
use crate::value::{Map, Value};

/// A value as plain objects, not as `Map`s.
pub fn to_js(value: &Value) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// Tells the page what happens.
pub struct Emitter {
    emit: Function,
    shares_answers: Rc<Cell<bool>>,
}

impl Emitter {
    pub fn new(emit: Function, shares_answers: Rc<Cell<bool>>) -> Self {
        Emitter { emit, shares_answers }
    }

    /// Says why there is no survey to see.
    #[cfg(not(lean))]
    pub fn error(&self, kind: &str, message: &str) {
        self.tell("error", [("kind", kind.into()), ("message", message.into())].into());
    }

    pub fn into_handler(self) -> OnEvent {
        Rc::new(move |controller, event| self.take(controller, event))
    }

    fn tell(&self, name: &str, detail: Vec<(&str, Value)>) {
        let detail: Map =
            detail.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        // A listener that throws is the page's own affair.
        let _ = self.emit.call2(&JsValue::UNDEFINED, &name.into(), &to_js(&Value::Map(detail)));
    }

    fn take(&self, controller: Controller, event: Event) {
        let shares = self.shares_answers.get();
        let told = controller.session(|session| describe(session, event, shares));
        if let Some((name, detail)) = told.flatten() {
            self.tell(name, detail);
        }
    }
}

type Described = (&'static str, Vec<(&'static str, Value)>);

/// The name and the detail of an event, where the page gets to know of it.
fn describe(session: &Session, event: Event, shares: bool) -> Option<Described> {
    let survey = session.survey();
    let id = ("submissionId", Value::from(session.id()));
    Some(match event {
        Event::Ready => {
            let name = ("survey", survey.source.id.as_str().into());
            ("ready", vec![name, ("version", survey.source.version.as_str().into()), id])
        }
        Event::Started => ("started", vec![id]),
        Event::Answered(question) => {
            let name = session.name_of(question).into();
            let mut detail = vec![("question", name)];
            if shares {
                detail.push(("value", session.answer(question).clone()));
            }
            ("answered", detail)
        }
        Event::Page => {
            let progress = session.progress();
            let page = survey.pages.get(session.page())?.source.id.as_str().into();
            let number = |number: usize| Value::from(number as f64);
            (
                "page",
                vec![
                    ("page", number(progress.page)),
                    ("pages", number(progress.pages)),
                    ("id", page),
                ],
            )
        }
        Event::Completed => {
            let mut detail = vec![id, ("status", session.status().name().into())];
            if shares {
                let submission = session.submission(0.0);
                detail.push(("answers", Value::Map(submission.answers)));
                detail.push(("scores", Value::Map(submission.scores)));
            }
            ("completed", detail)
        }
        Event::Delivery(status) => match status {
            Status::Saved => ("queued", vec![id]),
            Status::Sent => ("sent", vec![id]),
            Status::Waiting => failed(id, "waiting", false),
            Status::Paused => failed(id, "paused", false),
            Status::Refused => failed(id, "refused", true),
            Status::Unverified => failed(id, "unverified", true),
            Status::Sending | Status::Unsaved => return None,
        },
    })
}

fn failed(id: (&'static str, Value), state: &str, last: bool) -> Described {
    ("failed", vec![id, ("state", state.into()), ("final", last.into())])
}
