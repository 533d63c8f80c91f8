//! Statements of the Experience API (xAPI 1.0.3): one per answer, one for the whole, one per score.

use sha2::{Digest, Sha256};

use crate::metrics::Kind as Metric;
use crate::questions::{Kind, Part, scalar_text};
use crate::survey::{Question, Scoring, Survey};
use crate::text::Text;
use crate::value::{Map, Value};

const RESPONDED: (&str, &str) = ("http://adlnet.gov/expapi/verbs/responded", "responded");
const COMPLETED: (&str, &str) = ("http://adlnet.gov/expapi/verbs/completed", "completed");
const SCORED: (&str, &str) = ("http://adlnet.gov/expapi/verbs/scored", "scored");

/// The statements of a submission, in the order of the survey.
///
/// Activities and the account of the respondent, which is the submission's id and no e-mail address, are
/// named under `base`, an address of yours without a slash at the end. The same submission gives the same
/// statements with the same ids, so that a store takes each once.
pub fn statements(survey: &Survey, envelope: &Map, scores: &Map, base: &str) -> Vec<Value> {
    let text = |name: &str| envelope.get(name).and_then(Value::as_text).unwrap_or_default();
    let id = text("submissionId");
    let activity = format!("{base}/surveys/{}", encoded(&survey.source.id));
    let common = Common {
        actor: object([
            ("objectType", "Agent".into()),
            ("account", object([("homePage", base.into()), ("name", id.into())])),
        ]),
        submission: id,
        timestamp: text("completedAt"),
        locale: text("locale"),
        survey: object([
            ("objectType", "Activity".into()),
            ("id", activity.as_str().into()),
            (
                "definition",
                object([
                    ("type", "http://adlnet.gov/expapi/activities/assessment".into()),
                    ("name", words(survey.source.title.as_ref(), &survey.source.id, survey)),
                ]),
            ),
        ]),
        platform: text("channel"),
        framework: survey.source.framework.as_ref().map(|framework| {
            let title = framework.source.title.as_ref();
            let reference = (format!("{base}/framework"), Value::Map(framework.reference.clone()));
            let definition = self::object([
                ("name", words(title, &framework.source.code, survey)),
                ("extensions", Value::Map(Map::from([reference]))),
            ]);
            let id = format!("{base}/frameworks/{}", encoded(&framework.source.code));
            self::object([
                ("objectType", "Activity".into()),
                ("id", id.into()),
                ("definition", definition),
            ])
        }),
    };
    let mut all = Vec::new();
    let answers = envelope.get("answers").and_then(Value::as_map);
    for question in &survey.questions {
        let source = &question.source;
        let name = source.value_name.as_ref().unwrap_or(&source.id);
        let answer = answers.and_then(|answers| answers.get(name));
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { continue };
        let rows: Vec<(Option<&str>, &Value)> = match (&question.kind, answer) {
            (Kind::Matrix(_), Value::Map(rows)) => {
                rows.iter().map(|(row, value)| (Some(row.as_str()), value)).collect()
            }
            (_, answer) => vec![(None, answer)],
        };
        for (row, answer) in rows {
            let part = row.map_or_else(|| encoded(name), |row| encoded(&format!("{name}.{row}")));
            let activity = format!("{activity}/questions/{part}");
            let object = object([
                ("objectType", "Activity".into()),
                ("id", activity.as_str().into()),
                ("definition", definition(question, row, survey)),
            ]);
            let result = self::object([("response", response(question, answer).into())]);
            all.push(common.statement(&part, RESPONDED, object, Some(result), true));
        }
    }
    let finished = matches!(text("status"), "complete" | "timed-out" | "");
    if finished {
        let mut result = Map::from([(String::from("completion"), Value::Bool(true))]);
        if let Some(duration) = envelope.get("durationMs").and_then(Value::as_number) {
            result.insert(String::from("duration"), duration_text(duration).into());
        }
        let whole = common.survey.clone();
        all.push(common.statement("", COMPLETED, whole, Some(Value::Map(result)), false));
    }
    for entry in &survey.scoring {
        let id = &entry.source.id;
        let value = scores.get(id).and_then(|score| score.get("value")).and_then(Value::as_number);
        let Some(score) = value.and_then(|value| score(entry, value)) else { continue };
        let part = format!("scores/{}", encoded(id));
        let object = object([
            ("objectType", "Activity".into()),
            ("id", format!("{activity}/{part}").into()),
            (
                "definition",
                self::object([
                    ("type", "http://adlnet.gov/expapi/activities/objective".into()),
                    ("name", words(entry.source.title.as_ref(), id, survey)),
                ]),
            ),
        ]);
        let result = self::object([("score", score)]);
        all.push(common.statement(&part, SCORED, object, Some(result), true));
    }
    all
}

/// What all statements of a submission have.
struct Common<'a> {
    actor: Value,
    submission: &'a str,
    timestamp: &'a str,
    locale: &'a str,
    survey: Value,
    platform: &'a str,
    /// What the survey is built from, as an activity that others may share.
    framework: Option<Value>,
}

impl Common<'_> {
    fn statement(
        &self,
        part: &str,
        (verb, name): (&str, &str),
        object: Value,
        result: Option<Value>,
        within: bool,
    ) -> Value {
        let display = self::object([("en", name.into())]);
        let mut context = Map::new();
        let parent = within.then(|| ("parent", self.survey.clone()));
        let category = self.framework.clone().map(|framework| ("category", framework));
        let activities: Map = parent
            .into_iter()
            .chain(category)
            .map(|(name, activity)| (name.to_owned(), Value::List(vec![activity])))
            .collect();
        if !activities.is_empty() {
            context.insert(String::from("contextActivities"), Value::Map(activities));
        }
        for (name, value) in [("platform", self.platform), ("language", self.locale)] {
            if !value.is_empty() {
                context.insert(name.to_owned(), value.into());
            }
        }
        let mut statement = Map::from([
            (String::from("id"), uuid(&format!("{} {name} {part}", self.submission)).into()),
            (String::from("version"), "1.0.3".into()),
            (String::from("actor"), self.actor.clone()),
            (String::from("verb"), self::object([("id", verb.into()), ("display", display)])),
            (String::from("object"), object),
        ]);
        if !context.is_empty() {
            statement.insert(String::from("context"), Value::Map(context));
        }
        if !self.timestamp.is_empty() {
            statement.insert(String::from("timestamp"), self.timestamp.into());
        }
        if let Some(result) = result {
            statement.insert(String::from("result"), result);
        }
        Value::Map(statement)
    }
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A wording in each of its languages.
fn words(text: Option<&Text>, otherwise: &str, survey: &Survey) -> Value {
    let default = survey.default_locale();
    let entries = text.into_iter().flat_map(Text::entries).map(|(language, words)| {
        let language = if language.is_empty() { default } else { language };
        (language.to_owned(), Value::from(words))
    });
    let entries: Map = entries.collect();
    if entries.is_empty() { object([(default, otherwise.into())]) } else { Value::Map(entries) }
}

/// What a learning system is told about a question.
fn definition(question: &Question, row: Option<&str>, survey: &Survey) -> Value {
    let source = &question.source;
    let lists = question.kind.as_type().items();
    let list = |part: Part| lists.iter().find(|items| items.part == part).map(|items| items.list);
    let rating = match &question.kind {
        Kind::Rating(rating) => Some(rating.steps()),
        Kind::Nps(_) => Some((0..=10).map(|n| crate::questions::Choice::plain(n.into())).collect()),
        Kind::Matrix(matrix) if matrix.cell_type.as_str() == "radio" => {
            Some(matrix.columns.clone())
        }
        _ => None,
    };
    let several = |choices: &[crate::questions::Choice]| {
        let all = choices.iter().map(|choice| {
            let id = scalar_text(&choice.value);
            object([("description", words(Some(&choice.text), &id, survey)), ("id", id.into())])
        });
        Value::List(all.collect())
    };
    let (interaction, components) = match (&question.kind, rating) {
        (_, Some(scale)) => ("likert", Some(("scale", several(&scale)))),
        (Kind::SingleChoice(_) | Kind::MultipleChoice(_), _) => {
            ("choice", list(Part::Choices).map(|choices| ("choices", several(choices))))
        }
        (Kind::Ranking(_), _) => {
            ("sequencing", list(Part::Choices).map(|choices| ("choices", several(choices))))
        }
        (Kind::Matrix(matrix), _) => ("choice", Some(("choices", several(&matrix.columns)))),
        (Kind::YesNo(_) | Kind::Consent(_), _) => ("true-false", None),
        (Kind::Number(_) | Kind::Slider(_), _) => ("numeric", None),
        (Kind::TextAnswer(_), _) => ("long-fill-in", None),
        _ => ("other", None),
    };
    let mut name = words(source.title.as_ref(), &source.id, survey);
    if let (Some(row), Value::Map(languages)) = (row, &mut name) {
        let rows = list(Part::Rows).unwrap_or_default();
        let found = rows.iter().find(|found| scalar_text(&found.value) == row);
        for (language, title) in std::mem::take(languages) {
            let row = found.map_or(row, |f| f.text.in_language(&language, survey.default_locale()));
            let title = title.as_text().unwrap_or_default();
            languages.insert(language, format!("{title}: {row}").into());
        }
    }
    let mut definition = Map::from([
        (String::from("type"), "http://adlnet.gov/expapi/activities/cmi.interaction".into()),
        (String::from("interactionType"), interaction.into()),
        (String::from("name"), name),
    ]);
    if let Some((name, components)) = components {
        definition.insert(name.to_owned(), components);
    }
    Value::Map(definition)
}

/// An answer in the notation of interactions.
fn response(question: &Question, answer: &Value) -> String {
    match (&question.kind, answer) {
        (_, Value::List(values)) if values.iter().all(|value| value.as_map().is_none()) => {
            values.iter().map(scalar_text).collect::<Vec<_>>().join("[,]")
        }
        (_, Value::List(_) | Value::Map(_)) => answer.to_json(),
        (_, answer) => scalar_text(answer),
    }
}

/// A score on its scale; `scaled` runs from 0 to 1, of differences from −1 to 1. What lies outside of its
/// scale has none.
fn score(entry: &Scoring, value: f64) -> Option<Value> {
    let scales = entry.items.iter().map(|item| (item.scale.min, item.scale.max));
    let (min, max) = scales.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
    let (min, max) = match &entry.kind {
        Metric::TopBox(_) => (0.0, 1.0),
        Metric::Sus(_) => (0.0, 100.0),
        Metric::Composite(composite) if composite.is_percent() => (0.0, 100.0),
        Metric::Subscale(subscale) => subscale.ends(min, max, entry.items.len()),
        Metric::LevelGap(_) | Metric::ExpectationPerformance(_) => (min - max, max - min),
        Metric::ServiceDimensions(_) if !entry.others.is_empty() => (min - max, max - min),
        Metric::TScore(_) => return Some(object([("raw", value.into())])),
        _ => (min, max),
    };
    if min >= max || !(min..=max).contains(&value) {
        return None;
    }
    let scaled = if min < 0.0 { value / max } else { (value - min) / (max - min) };
    let entries = [("scaled", scaled), ("raw", value), ("min", min), ("max", max)];
    Some(object(entries.map(|(name, number)| (name, Value::Number(number)))))
}

/// ISO 8601, to the hundredth of a second.
fn duration_text(milliseconds: f64) -> String {
    let hundredths = (milliseconds / 10.0).round().max(0.0) as u64;
    format!("PT{}.{:02}S", hundredths / 100, hundredths % 100)
}

/// A UUID that depends on a name alone (as version 5 has it, though with SHA-256).
fn uuid(name: &str) -> String {
    let mut bytes = [0_u8; 16];
    for (byte, digest) in bytes.iter_mut().zip(Sha256::digest(name.as_bytes())) {
        *byte = digest;
    }
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xf000 << 64) | (0x5000 << 64);
    let number = number & !(0b11 << 62) | (0b10 << 62);
    let hex = format!("{number:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    parts.map(|part| hex.get(part).unwrap_or_default().to_owned()).join("-")
}

/// A name as part of an address.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(byte));
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
