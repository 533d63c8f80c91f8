//! What an evaluation takes from outside besides answers: the clock, functions, a limit.

use std::fmt;
use std::sync::Arc;

use crate::value::{Sorted, Value};

/// A function that the host adds to the language.
///
/// Dates reach it, and leave it, as ISO text.
pub type CustomFunction = Arc<dyn Fn(&[Value]) -> Value + Send + Sync>;

/// The functions that a host adds, by name; `Debug` shows how many.
#[derive(Clone, Default)]
pub struct Functions(Sorted<String, CustomFunction>);

impl Functions {
    /// Adds a function. One that has the name of a built-in function is never called.
    pub fn add(&mut self, name: &str, function: CustomFunction) {
        self.0.insert(name.to_owned(), function);
    }

    /// The function of that name; capital letters matter.
    pub fn get(&self, name: &str) -> Option<&CustomFunction> {
        self.0.get(name)
    }

    /// The names of all of them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} functions", self.0.len())
    }
}

/// The clock, the host's own functions and the step budget of an evaluation.
///
/// Nothing else is read from the surroundings, so that the same answers give the same result
/// in the browser, on the receiver and in a test.
///
/// ```
/// use askwell::expr::{Environment, evaluate_with_values};
/// use askwell::value::{Map, Value};
/// let mut environment = Environment::new(1_763_856_000_000.0, 480);
/// environment.register("double", |arguments| {
///     let number = arguments.first().and_then(Value::as_number).unwrap_or(0.0);
///     Value::from(number * 2.0)
/// });
/// let values = Value::from(Map::from([("a".to_owned(), Value::from(4))]));
/// let result = evaluate_with_values("double({a}) + 1", &values, &environment, false);
/// assert_eq!(result.unwrap().to_json(), "9");
/// ```
#[derive(Clone)]
pub struct Environment {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub now_ms: f64,
    /// What local clocks show ahead of UTC, in minutes: 480 in Taipei, -300 in New York in winter.
    pub utc_offset_minutes: i32,
    /// Instructions and list elements that one evaluation may visit.
    pub step_budget: u32,
    pub functions: Functions,
}

impl Environment {
    /// An environment with that clock, no functions of its own, and a budget of a million steps.
    pub fn new(now_ms: f64, utc_offset_minutes: i32) -> Self {
        Environment {
            now_ms,
            utc_offset_minutes,
            step_budget: 1_000_000,
            functions: Functions::default(),
        }
    }

    /// Adds a function. One that has the name of a built-in function is never called.
    pub fn register(
        &mut self,
        name: &str,
        function: impl Fn(&[Value]) -> Value + Send + Sync + 'static,
    ) {
        self.functions.add(name, Arc::new(function));
    }

    /// The function of the host by that name; capital letters matter.
    pub fn function(&self, name: &str) -> Option<&CustomFunction> {
        self.functions.get(name)
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("now_ms", &self.now_ms)
            .field("utc_offset_minutes", &self.utc_offset_minutes)
            .field("step_budget", &self.step_budget)
            .field("functions", &self.functions)
            .finish()
    }
}
