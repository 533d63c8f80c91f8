//! Orders by chance, time limits, and where things stand beside each other.

use super::converter::Converter;
use super::object::Object;
use crate::value::{Map, Value};

impl Converter {
    /// Whether a clock runs: it does where it is shown.
    pub fn is_timed(&self, survey: &Object) -> bool {
        let shown = survey.look("showTimer").map(|item| item.value == &Value::Bool(true));
        let panel = || survey.look("showTimerPanel").and_then(|item| item.value.as_text());
        shown.unwrap_or_else(|| panel().is_some_and(|place| place != "none"))
    }

    /// What a survey says about its order and its time.
    pub fn order_and_time(&self, object: &Object, survey: &mut Map) {
        self.word(object, survey, "questionOrder", &["initial", "random"]);
        let timed = self.is_timed(object);
        object.take("showTimer");
        object.take("showTimerPanel");
        for name in ["timeLimit", "timeLimitPerPage"] {
            self.seconds(object, survey, name, timed);
        }
    }

    /// What a page says about its order and its time.
    pub fn page_layout(&self, object: &Object, page: &mut Map, timed: bool) {
        self.word(object, page, "questionOrder", &["initial", "random"]);
        self.seconds(object, page, "timeLimit", timed);
    }

    /// What a panel says about its order, and whether it is folded.
    pub fn panel_layout(&self, object: &Object, panel: &mut Map) {
        self.word(object, panel, "questionOrder", &["initial", "random"]);
        self.word(object, panel, "state", &["expanded", "collapsed"]);
    }

    /// Where a question or panel stands among others.
    pub fn place(&self, object: &Object, question: &mut Map) {
        for name in ["startWithNewLine", "randomize"] {
            let given = object.take(name);
            if given.is_some_and(|item| item.value == &Value::Bool(false)) {
                question.insert(name.to_owned(), Value::from(false));
            }
        }
    }

    fn seconds(&self, object: &Object, into: &mut Map, name: &str, counts: bool) {
        if let Some(seconds) = object.count(name).filter(|seconds| counts && *seconds > 0.0) {
            into.insert(name.to_owned(), Value::Number(seconds));
        }
    }
}
