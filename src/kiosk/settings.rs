//! How a kiosk behaves, as its owner wants it.

use crate::value::{Map, Value};

/// What becomes of answers that somebody walks away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partial {
    Discard,
    /// Handed in with the status `partial`.
    Keep,
    /// Handed in as finished where nothing required is missing, else as `partial`.
    Submit,
}

/// Times in milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Without a touch for so long somebody is asked whether they are still there; twice as long
    /// while they write.
    pub idle_ms: f64,
    /// How long they have to answer that.
    pub countdown_ms: f64,
    /// How long the thanks stay.
    pub thanks_ms: f64,
    /// Nobody begins so soon after somebody has finished: hands that play with the buttons.
    pub ghost_ms: f64,
    /// Nobody begins so soon after the screen has changed: taps that were meant for another.
    pub guard_ms: f64,
    /// Without a touch for so long the staff menu closes.
    pub staff_ms: f64,
    pub partial: Partial,
    /// From when until when the screen sleeps, in minutes of the day.
    pub sleep: Option<(u32, u32)>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            idle_ms: 60_000.0,
            countdown_ms: 20_000.0,
            thanks_ms: 8_000.0,
            ghost_ms: 5_000.0,
            guard_ms: 500.0,
            staff_ms: 120_000.0,
            partial: Partial::Keep,
            sleep: None,
        }
    }
}

/// The times that can be set, in seconds: name, least and most.
const TIMES: [(&str, f64, f64); 5] = [
    ("idleSeconds", 15.0, 3600.0),
    ("countdownSeconds", 10.0, 600.0),
    ("thanksSeconds", 3.0, 600.0),
    ("ghostSeconds", 0.0, 600.0),
    ("staffSeconds", 15.0, 3600.0),
];

impl Settings {
    /// Reads `{"idleSeconds": 60, "partial": "keep", "sleep": {"from": "22:00", "to": "07:00"}}`.
    ///
    /// Whatever is wrong is told by its name; the rest holds.
    ///
    /// ```
    /// use askwell::kiosk::{Partial, Settings};
    /// let wishes = serde_json::from_str(r#"{"idleSeconds": 5, "partial": "discard"}"#).unwrap();
    /// let (settings, faults) = Settings::read(&wishes);
    /// assert_eq!(settings.partial, Partial::Discard);
    /// assert_eq!(faults, ["idleSeconds: 15 to 3600"]);
    /// ```
    pub fn read(wishes: &Value) -> (Settings, Vec<String>) {
        let mut settings = Settings::default();
        let mut faults = Vec::new();
        let empty = Map::new();
        for (name, value) in wishes.as_map().unwrap_or(&empty) {
            let fault = match name.as_str() {
                "partial" => settings.take_partial(value),
                "sleep" => settings.take_sleep(value),
                name => settings.take_time(name, value),
            };
            faults.extend(fault.map(|fault| format!("{name}: {fault}")));
        }
        (settings, faults)
    }

    fn take_partial(&mut self, value: &Value) -> Option<String> {
        self.partial = match value.as_text() {
            Some("discard") => Partial::Discard,
            Some("keep") => Partial::Keep,
            Some("submit") => Partial::Submit,
            _ => return Some("discard, keep or submit".to_owned()),
        };
        None
    }

    fn take_sleep(&mut self, value: &Value) -> Option<String> {
        let hour = |name| value.get(name).and_then(Value::as_text).and_then(minutes);
        self.sleep = match (value.is_null(), hour("from"), hour("to")) {
            (true, _, _) => None,
            (_, Some(from), Some(to)) => Some((from, to)),
            _ => return Some("from and to, each as 22:00".to_owned()),
        };
        None
    }

    fn take_time(&mut self, name: &str, value: &Value) -> Option<String> {
        let Some((_, least, most)) = TIMES.iter().find(|(known, ..)| *known == name) else {
            return Some("there is no such setting".to_owned());
        };
        let seconds = value.as_number().filter(|it| (*least..=*most).contains(it));
        let Some(seconds) = seconds else { return Some(format!("{least} to {most}")) };
        let time = match name {
            "idleSeconds" => &mut self.idle_ms,
            "countdownSeconds" => &mut self.countdown_ms,
            "thanksSeconds" => &mut self.thanks_ms,
            "ghostSeconds" => &mut self.ghost_ms,
            _ => &mut self.staff_ms,
        };
        *time = seconds * 1000.0;
        None
    }
}

/// `22:00` as minutes of the day.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}
