//! Endpoints as configuration: `{"format": "supabase", "url": "https://…", "key": "…"}`, or a list of
//! such.

use super::{Format, secrets};
use crate::value::{Map, Value};

/// One place that submissions go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub format: Format,
    /// What an outbox entry keeps as its endpoint: the address, or the whole configuration as JSON.
    pub endpoint: String,
}

/// The configuration of one target.
pub struct Settings(Map);

impl Target {
    /// Reads an endpoint as pages give it: an address that takes JSON, a configuration, or a list.
    ///
    /// # Errors
    /// A sentence that says what is wrong, such as a secret where everybody can read it.
    ///
    /// ```
    /// use askwell::formats::{Format, Target};
    /// let targets = Target::read(r#"{"format": "form", "url": "https://example.com/in"}"#).unwrap();
    /// assert_eq!(targets[0].format, Format::Form);
    /// assert_eq!(Target::read("/v1/submissions").unwrap()[0].format, Format::Json);
    /// assert!(Target::read("https://hooks.slack.com/services/T0/B0/x").is_err());
    /// ```
    pub fn read(endpoint: &str) -> Result<Vec<Target>, String> {
        if !endpoint.starts_with(['{', '[']) {
            check_secret("endpoint", endpoint)?;
            return Ok(vec![Target { format: Format::Json, endpoint: endpoint.to_owned() }]);
        }
        let read: Value = serde_json::from_str(endpoint)
            .map_err(|error| format!("the endpoint is no JSON: {error}"))?;
        let list = match read.as_list() {
            Some(list) => list.to_vec(),
            None => vec![read],
        };
        if list.is_empty() {
            return Err("the list of endpoints is empty".to_owned());
        }
        list.iter().map(one).collect()
    }
}

fn one(configuration: &Value) -> Result<Target, String> {
    let Some(map) = configuration.as_map() else {
        return Err("an endpoint is an object with `format` and `url`".to_owned());
    };
    let text = |name: &str| map.get(name).and_then(Value::as_text).unwrap_or_default();
    let name = if map.contains_key("format") { text("format") } else { Format::Json.name() };
    let Some(format) = Format::from_name(name) else {
        let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        return Err(format!("no format `{name}`; there are: {}", known.join(", ")));
    };
    for (name, value) in map {
        if !["format", "url"].contains(&name.as_str())
            && !format.settings().contains(&name.as_str())
        {
            return Err(format!("`{}` has no setting `{name}`", format.name()));
        }
        let Some(value) = value.as_text() else {
            return Err(format!("the setting `{name}` is a text"));
        };
        check_secret(name, value)?;
    }
    let needed: &[&str] = match format {
        Format::Callback => &[],
        Format::S3 => &["ticket"],
        Format::Netlify => &["url", "form"],
        Format::Xapi => &["url", "activity"],
        _ => &["url"],
    };
    if let Some(missing) = needed.iter().find(|name| text(name).is_empty()) {
        return Err(format!("`{}` needs the setting `{missing}`", format.name()));
    }
    let endpoint = configuration.to_json();
    Ok(Target { format, endpoint })
}

fn check_secret(name: &str, value: &str) -> Result<(), String> {
    match secrets::explain(value) {
        // The value itself stays out of the message, which may end up in a log.
        Some(why) => {
            Err(format!("`{name}` holds a secret, and everything in a page is public: {why}"))
        }
        None => Ok(()),
    }
}

impl Settings {
    /// Reads back what an outbox entry keeps.
    pub fn of(endpoint: &str) -> Settings {
        if endpoint.starts_with('{') {
            return match serde_json::from_str(endpoint) {
                Ok(Value::Map(map)) => Settings(map),
                _ => Settings(Map::new()),
            };
        }
        let mut map = Map::new();
        map.insert("url".to_owned(), endpoint.into());
        Settings(map)
    }

    /// Adds what was asked for at the moment of sending.
    pub fn with(mut self, given: Map) -> Settings {
        for (name, value) in given {
            self.0.insert(name, value);
        }
        self
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A setting as text; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Value::as_text).unwrap_or_default()
    }
}

impl Format {
    /// The status that an answer amounts to, where it means something else than it says.
    pub fn status(self, id: &str, status: u16, body: &str) -> u16 {
        match self {
            // Only the script itself knows the id: anything else came from somewhere on the way.
            Format::AppsScript if status == 200 && !body.contains(id) => 502,
            // Another statement under this id: nothing that a further attempt could change.
            Format::Xapi if status == 409 => 412,
            Format::Hook if status == 400 && body.contains("ueue is full") => 429,
            // A workflow that is switched off, a form that was deleted, a table without the column:
            // the address is wrong, not what was sent, and its owner can mend that.
            Format::Supabase if status == 400 => 403,
            Format::Json | Format::Callback => status,
            _ if status == 404 || status == 410 => 403,
            _ => status,
        }
    }
}
