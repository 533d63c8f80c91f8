//! The kiosk's state machine, for the page `kiosk.html`; in the whole engine only.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::events::to_js;
use crate::kiosk::{Effect, Event, Moment, Settings, Tries};
use crate::value::{Map, Value};

/// A [`kiosk::Kiosk`](crate::kiosk::Kiosk).
#[wasm_bindgen]
pub struct Kiosk {
    machine: RefCell<crate::kiosk::Kiosk>,
    faults: Vec<String>,
}

#[wasm_bindgen]
impl Kiosk {
    /// From the owner's settings, the wrong numbers of before, and the time as in [`Kiosk::handle`].
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue, tries: JsValue, wall: f64, steady: f64, minutes: u32) -> Kiosk {
        let read = |value| serde_wasm_bindgen::from_value::<Value>(value).unwrap_or_default();
        let (settings, faults) = Settings::read(&read(settings));
        let now = Moment { wall_ms: wall, steady_ms: steady, minutes };
        let mut machine = crate::kiosk::Kiosk::new(settings, now);
        let tries = read(tries);
        let number = |name| tries.get(name).and_then(Value::as_number).unwrap_or(0.0);
        machine.remember(Tries { wrong: number("wrong") as u32, last_ms: number("last") });
        Kiosk { machine: RefCell::new(machine), faults }
    }

    /// What is wrong with the settings, for staff.
    pub fn faults(&self) -> Vec<String> {
        self.faults.clone()
    }

    pub fn screen(&self) -> String {
        self.machine.borrow().screen().name().to_owned()
    }

    /// How many milliseconds staff have to wait for the next try.
    #[wasm_bindgen(js_name = lockedMs)]
    pub fn locked_ms(&self, wall: f64) -> f64 {
        let now = Moment { wall_ms: wall, ..Moment::default() };
        self.machine.borrow().locked_ms(now)
    }

    /// Takes an event by its name, at a moment: milliseconds by the clock on the wall and by one that
    /// only runs forward, and minutes of the local day. Returns what is to be done.
    pub fn handle(
        &self,
        name: &str,
        detail: JsValue,
        wall: f64,
        steady: f64,
        minutes: u32,
    ) -> JsValue {
        let now = Moment { wall_ms: wall, steady_ms: steady, minutes };
        let is = detail.as_bool().unwrap_or(false);
        let event = match name {
            "touched" => Event::Touched(is),
            "begin" => Event::Begin(detail.as_string().unwrap_or_default()),
            "answered" => Event::Answered,
            "finished" => Event::Finished,
            "stored" => Event::Stored,
            "next" => Event::Next,
            "staff-asked" => Event::StaffAsked,
            "pin-tried" => Event::PinTried(is),
            "staff-left" => Event::StaffLeft,
            "room" => Event::Room(is),
            "update-ready" => Event::UpdateReady,
            _ => Event::Tick,
        };
        let effects = self.machine.borrow_mut().handle(event, now);
        to_js(&Value::List(effects.iter().map(describe).collect()))
    }
}

fn describe(effect: &Effect) -> Value {
    let fields: Vec<(&str, Value)> = match effect {
        Effect::Show(screen) => vec![("do", "show".into()), ("screen", screen.name().into())],
        Effect::Start { locale, number } => vec![
            ("do", "start".into()),
            ("locale", locale.as_str().into()),
            ("number", (*number as f64).into()),
        ],
        Effect::HandIn(reason) => {
            vec![("do", "hand-in".into()), ("reason", reason.name().into())]
        }
        Effect::Wipe => vec![("do", "wipe".into())],
        Effect::Left(seconds) => {
            vec![("do", "left".into()), ("seconds", f64::from(*seconds).into())]
        }
        Effect::SaveTries(tries) => vec![
            ("do", "save-tries".into()),
            ("wrong", f64::from(tries.wrong).into()),
            ("last", tries.last_ms.into()),
        ],
        Effect::Update => vec![("do", "update".into())],
    };
    Value::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map>())
}
