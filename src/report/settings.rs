//! What a report is to tell, beyond what the survey says.

/// What a report is to tell.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The language of its words, as a BCP 47 tag.
    pub locale: String,
    /// Nothing is told about fewer people than this.
    pub minimum: usize,
    /// What figures are broken down by; what suits the survey where empty. The id of a question,
    /// `channel`, `locale`, `status`, `version`, `context.…`, `device.…`, or a [`Wave`].
    pub by: Vec<String>,
    /// What statements are laid out against in the heatmap.
    pub team: Option<String>,
    /// How submissions fall into waves.
    pub wave: Wave,
    /// Which submissions count: those that meet all of them.
    pub conditions: Vec<Condition>,
    /// What scores are meant to reach.
    pub targets: Vec<Target>,
    /// The question, or row of a matrix as `question.row`, that others may drive.
    pub outcome: Option<String>,
    /// The ratings that may drive it; all others where empty.
    pub drivers: Vec<String>,
    /// From which half width of an interval on, in points of 100, a figure is too vague to compare.
    pub half_width: f64,
    /// Whether submissions count that did not reach the end.
    pub partial: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            locale: String::from("en"),
            minimum: 5,
            by: Vec::new(),
            team: None,
            wave: Wave::Month,
            conditions: Vec::new(),
            targets: Vec::new(),
            outcome: None,
            drivers: Vec::new(),
            half_width: 25.0,
            partial: false,
        }
    }
}

/// How long a wave of submissions is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wave {
    Day,
    /// From Monday to Sunday, as ISO 8601 counts them.
    Week,
    Month,
    Quarter,
    Year,
}

impl Wave {
    pub const ALL: [Wave; 5] = [Wave::Day, Wave::Week, Wave::Month, Wave::Quarter, Wave::Year];

    pub fn name(self) -> &'static str {
        match self {
            Wave::Day => "day",
            Wave::Week => "week",
            Wave::Month => "month",
            Wave::Quarter => "quarter",
            Wave::Year => "year",
        }
    }

    pub fn from_name(name: &str) -> Option<Wave> {
        Wave::ALL.into_iter().find(|wave| wave.name() == name)
    }
}

/// What a score is meant to reach, in the unit in which it is reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub score: String,
    pub value: f64,
}

/// A condition on submissions: a name, a comparison, and what it is compared with.
///
/// ```
/// use askwell::report::Condition;
/// let condition = Condition::parse("context.branch=Taipei|Tainan").unwrap();
/// assert_eq!((condition.name.as_str(), condition.values.len()), ("context.branch", 2));
/// assert!(Condition::parse("branch").is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub name: String,
    pub comparison: Comparison,
    /// Any of these.
    pub values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Is,
    IsNot,
    AtMost,
    AtLeast,
    Below,
    Above,
}

const COMPARISONS: [(&str, Comparison); 6] = [
    ("!=", Comparison::IsNot),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("=", Comparison::Is),
    ("<", Comparison::Below),
    (">", Comparison::Above),
];

impl Condition {
    /// Reads `name=value`, with `!=`, `<`, `<=`, `>` or `>=` in the place of `=`; several values that
    /// will do stand between `|`.
    pub fn parse(text: &str) -> Result<Condition, String> {
        let found = COMPARISONS.iter().filter_map(|(sign, comparison)| {
            text.find(sign).map(|at| (at, std::cmp::Reverse(sign.len()), *sign, *comparison))
        });
        let first = found.min_by_key(|(at, length, ..)| (*at, *length));
        let Some((at, _, sign, comparison)) = first.filter(|(at, ..)| *at > 0) else {
            return Err(format!("`{text}` is no condition such as channel=kiosk or overall<=2"));
        };
        let (name, values) = text.split_at(at);
        let values: Vec<String> =
            values[sign.len()..].split('|').map(|value| value.trim().to_owned()).collect();
        let orders = !matches!(comparison, Comparison::Is | Comparison::IsNot);
        if orders && values.iter().any(|value| value.parse::<f64>().is_err()) {
            return Err(format!("`{text}` compares with what is no number"));
        }
        Ok(Condition { name: name.trim().to_owned(), comparison, values })
    }

    /// Whether a number meets it.
    pub(super) fn holds_for_number(&self, number: Option<f64>) -> bool {
        let holds = |value: &String| {
            let (Some(number), Ok(value)) = (number, value.parse::<f64>()) else { return false };
            match self.comparison {
                Comparison::Is | Comparison::IsNot => number == value,
                Comparison::AtMost => number <= value,
                Comparison::AtLeast => number >= value,
                Comparison::Below => number < value,
                Comparison::Above => number > value,
            }
        };
        self.values.iter().any(holds) != (self.comparison == Comparison::IsNot)
    }

    /// Whether a name meets it.
    pub(super) fn holds_for_name(&self, name: &str) -> bool {
        match self.comparison {
            Comparison::Is => self.values.iter().any(|value| value == name),
            Comparison::IsNot => self.values.iter().all(|value| value != name),
            _ => self.holds_for_number(name.parse().ok()),
        }
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let sign = COMPARISONS.iter().find(|(_, comparison)| *comparison == self.comparison);
        let sign = sign.map_or("", |(sign, _)| *sign);
        write!(formatter, "{}{sign}{}", self.name, self.values.join("|"))
    }
}
