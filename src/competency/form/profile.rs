//! What an organisation decides about a unit: who needs which level, which notes are lists for
//! which instrument, and its own questions.

use serde::Deserialize;

use super::node::Node;

/// Settings for the instruments of a unit. None of it is part of the unit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The code of the unit that it is for.
    pub unit: String,
    /// The version of the instruments.
    #[serde(default)]
    pub version: Option<String>,
    #[serde(default)]
    pub citation: Option<Node>,
    #[serde(default)]
    pub license: Option<String>,
    /// The roles people have, with the level that each needs by statement, and how much it matters.
    #[serde(default)]
    pub roles: Vec<Node>,
    /// Which note, or which point of the assessment guide, lists what: `segments`, `policies`,
    /// `channels`, `feedback`, `research`, `documents`.
    #[serde(default)]
    pub lists: Option<Node>,
    /// The statements that customers can see something of.
    #[serde(default)]
    pub customer: Vec<String>,
    /// The statements that a role play shows.
    #[serde(default)]
    pub roleplay: Vec<String>,
    /// The statements that each critical aspect of the assessment rests on.
    #[serde(default)]
    pub evidence: Option<Node>,
    /// The statements that each document of a portfolio speaks for.
    #[serde(default)]
    pub portfolio: Option<Node>,
    /// Pages and scoring of the knowledge check.
    #[serde(default)]
    pub knowledge: Option<Node>,
    /// Pages and scoring of the case study.
    #[serde(default, rename = "caseStudy")]
    pub case_study: Option<Node>,
    /// Other wordings by instrument, then by the id of a question or page.
    #[serde(default)]
    pub changes: Option<Node>,
}

/// A profile that ships with Askwell, with the parts that stand in files of their own.
struct Shipped {
    unit: &'static str,
    json: &'static str,
    profile: &'static str,
    knowledge: &'static str,
    case_study: &'static str,
}

static TABLE: &[Shipped] = &[Shipped {
    unit: "TTM3R0299v2",
    json: include_str!("../profiles/ttm3r0299v2/unit.json"),
    profile: include_str!("../profiles/ttm3r0299v2/profile.json"),
    knowledge: include_str!("../profiles/ttm3r0299v2/knowledge.json"),
    case_study: include_str!("../profiles/ttm3r0299v2/case-study.json"),
}];

fn shipped(code: &str) -> Option<&'static Shipped> {
    TABLE.iter().find(|shipped| shipped.unit.eq_ignore_ascii_case(code))
}

/// The JSON of a unit that ships with Askwell.
pub fn unit_json(code: &str) -> Option<&'static str> {
    shipped(code).map(|shipped| shipped.json)
}

/// The profile that ships for a unit.
///
/// # Errors
/// Never for those that ship: a test reads them all.
pub fn find(code: &str) -> Result<Option<Profile>, serde_json::Error> {
    let Some(shipped) = shipped(code) else { return Ok(None) };
    let mut profile: Profile = serde_json::from_str(shipped.profile)?;
    profile.knowledge = Some(serde_json::from_str(shipped.knowledge)?);
    profile.case_study = Some(serde_json::from_str(shipped.case_study)?);
    Ok(Some(profile))
}
