//! Instruments built from a unit: the same statements under the same ids, seen by the person, by
//! others and by assessors.

mod lists;
mod node;
mod observation;
mod pages;
mod profile;
mod roles;
mod statements;
mod wording;

use std::collections::BTreeSet;

use super::unit::Unit;
pub use node::Node;
pub use profile::{Profile, find as shipped_profile, unit_json as shipped_unit};
pub use roles::{Role, Row, TABLE, find};
use wording::Wording;
pub use wording::plain;

/// What an organisation decides before instruments are built.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub profile: Option<Profile>,
    /// One required level for everybody, where the profile has no roles.
    pub level: Option<u32>,
}

/// An instrument with what its author has to know.
#[derive(Clone, Debug)]
pub struct Built {
    /// The definition of the survey.
    pub survey: Node,
    /// What was left out or put in by default.
    pub remarks: Vec<String>,
}

/// Builds an instrument from a unit.
///
/// ```
/// use askwell::competency::{form, source};
/// let unit = source::read(form::shipped_unit("TTM3R0299v2").unwrap()).unwrap().unit;
/// let settings = form::Settings { level: Some(2), ..form::Settings::default() };
/// let built = form::build(&unit, form::Role::SelfAssessment, &settings).unwrap();
/// let survey = askwell::survey::Survey::load(&built.survey.to_json()).unwrap();
/// assert!(survey.survey.index_of("T1.1").is_some());
/// ```
///
/// # Errors
/// Why the unit or the profile does not allow for it, in a sentence.
pub fn build(unit: &Unit, role: Role, settings: &Settings) -> Result<Built, String> {
    let parse = |json: &str| {
        serde_json::from_str::<Node>(json).map_err(|error| format!("a wording is broken: {error}"))
    };
    let mut builder = Builder {
        unit,
        role,
        settings,
        words: parse(role.row().words)?,
        common: parse(include_str!("words/common.json"))?,
        wording: Wording::new(unit),
        profile: settings.profile.clone().unwrap_or_default(),
        remarks: Vec::new(),
    };
    builder.check_profile()?;
    let parts = match role {
        Role::SelfAssessment => builder.self_assessment(),
        Role::Supervisor | Role::Peer | Role::Report | Role::Customer => builder.observation(),
        Role::RolePlay => builder.role_play(),
        Role::Portfolio => builder.portfolio(),
        Role::PolicyAudit => builder.policy_audit(),
        Role::Knowledge => builder.knowledge(),
        Role::CaseStudy => builder.case_study(),
        Role::CustomerSurvey
        | Role::StaffSurvey
        | Role::ExpectationPerformance
        | Role::Assessor => builder.template(),
    }?;
    let survey = builder.frame(parts);
    Ok(Built { survey, remarks: builder.remarks })
}

/// What differs between instruments.
struct Parts {
    pages: Vec<Node>,
    scoring: Vec<Node>,
    /// What it counts in its description.
    count: usize,
    outcomes: Option<Node>,
    completion: Option<Node>,
    /// Whose items these are, beside the unit's.
    attribution: Option<Node>,
}

struct Builder<'u> {
    unit: &'u Unit,
    role: Role,
    settings: &'u Settings,
    words: Node,
    common: Node,
    wording: Wording<'u>,
    profile: Profile,
    remarks: Vec<String>,
}

impl Builder<'_> {
    /// A profile that names what the unit does not have is a mistake, not a setting.
    fn check_profile(&self) -> Result<(), String> {
        let profile = &self.profile;
        if self.settings.profile.is_some() && profile.unit != self.unit.code {
            return Err(format!(
                "the profile is for `{}`, not for `{}`",
                profile.unit, self.unit.code
            ));
        }
        let known: BTreeSet<&str> = self.unit.statements().map(|one| one.id.as_str()).collect();
        let of_roles = |name| profile.roles.iter().filter_map(move |role| role.get(name));
        let settings = of_roles("levels").chain(of_roles("importance"));
        let named = settings.flat_map(Node::fields).map(|(id, _)| id.as_str());
        let listed = profile.customer.iter().chain(&profile.roleplay).map(String::as_str);
        let evidence = profile.evidence.iter().flat_map(Node::fields);
        let mapped = evidence.flat_map(|(_, ids)| ids.items()).filter_map(Node::as_text);
        match named.chain(listed).chain(mapped).find(|id| !known.contains(id)) {
            Some(id) => Err(format!("the profile names `{id}`, which is no statement of the unit")),
            None => Ok(()),
        }
    }

    /// The words of the instrument under a name.
    fn say(&self, name: &str) -> Node {
        self.words.get(name).cloned().unwrap_or(Node::Object(Vec::new()))
    }

    fn common(&self, group: &str, name: &str) -> Node {
        let group = self.common.get(group);
        group.and_then(|group| group.get(name)).cloned().unwrap_or(Node::Object(Vec::new()))
    }

    /// Puts the parts into the frame that every instrument has.
    fn frame(&mut self, parts: Parts) -> Node {
        self.wording.count = parts.count;
        let suffix = self.words.get("id").and_then(Node::as_text).unwrap_or_default();
        let id = format!("{}-{suffix}", slug(&self.unit.code));
        let version = self.profile.version.clone().unwrap_or_else(|| "1".to_owned());
        let mut notice = self.common.get("notice").cloned().unwrap_or(Node::Object(Vec::new()));
        if let Some(own) = self.words.get("notice") {
            notice = notice.merged(own);
        }
        notice = notice.with("categories", self.say("categories"));
        let mut survey = Node::object([
            ("askwell", Node::number(1)),
            ("id", Node::text(id)),
            ("version", Node::text(version)),
            ("locales", Node::texts(self.wording.languages.clone())),
            ("title", self.say("title")),
            ("description", self.say("description")),
            ("framework", self.framework()),
            ("citation", self.citation(parts.attribution)),
            ("license", Node::text(self.license())),
            ("notice", notice),
            ("pages", Node::List(self.changed(parts.pages))),
        ]);
        if !parts.scoring.is_empty() {
            survey = survey.with("scoring", Node::List(parts.scoring));
        }
        if let Some(outcomes) = parts.outcomes {
            survey = survey.with("outcomes", outcomes);
        }
        if let Some(completion) = parts.completion {
            survey = survey.with("completion", completion);
        }
        self.wording.fill(&survey)
    }

    /// The unit with its revision, whose year a register writes in a sentence.
    fn framework(&self) -> Node {
        let framework = Node::object([("code", Node::text(self.unit.code.as_str()))])
            .with("title", self.wording.text(&self.unit.title));
        let revision = self.unit.revision.as_ref().and_then(|text| year(text.entries().next()?.1));
        match revision {
            Some(year) => {
                framework.with("revision", Node::text(year)).with("date", Node::text(year))
            }
            None => framework,
        }
    }

    fn license(&self) -> String {
        let own = self.profile.license.clone();
        own.unwrap_or_else(|| {
            let code = &self.unit.code;
            format!("Unit text: rights of the source of {code}. Scales and other wording: MIT OR Apache-2.0")
        })
    }

    fn citation(&self, attribution: Option<Node>) -> Node {
        let own = self.profile.citation.clone();
        let citation = own.unwrap_or_else(|| self.common("citation", "text"));
        let Some(attribution) = attribution else { return citation };
        let join = |(language, words): &(String, Node)| {
            let more = attribution.get(language).and_then(Node::as_text).unwrap_or_default();
            let gap = if language == "en" { " " } else { "" };
            let words = words.as_text().unwrap_or_default();
            (language.clone(), Node::text(format!("{words}{gap}{more}")))
        };
        Node::Object(citation.fields().iter().map(join).collect())
    }

    /// The pages with the wordings that the profile has for questions and pages of its own.
    fn changed(&self, pages: Vec<Node>) -> Vec<Node> {
        let changes = self.profile.changes.as_ref().and_then(|all| all.get(self.role.row().name));
        let Some(changes) = changes else { return pages };
        let change = |node: Node| match node
            .get("id")
            .and_then(Node::as_text)
            .and_then(|id| changes.get(id))
        {
            Some(own) => node.merged(own),
            None => node,
        };
        let page = |page: Node| {
            let questions = page.get("questions").map(Node::items).unwrap_or_default();
            let questions = questions.iter().cloned().map(change).collect();
            change(page).with("questions", Node::List(questions))
        };
        pages.into_iter().map(page).collect()
    }
}

/// The first year in a sentence.
fn year(sentence: &str) -> Option<&str> {
    let mut numbers = sentence.split(|c: char| !c.is_ascii_digit());
    numbers.find(|number| number.len() == 4)
}

/// A code as the id of a survey.
fn slug(code: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    code.chars().map(plain).collect()
}
