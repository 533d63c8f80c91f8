//! Surveys that ship with Askwell, each with version, citation and licence.
//!
//! Beside each `survey.json` stand `cases.json`: recorded answers with the scores, the hidden
//! questions and the issues that they must yield.

/// A survey that ships with Askwell.
pub struct Instrument {
    /// The id of the survey.
    pub id: &'static str,
    /// Its definition.
    pub json: &'static str,
}

macro_rules! instrument {
    ($id:literal) => {
        Instrument { id: $id, json: include_str!(concat!($id, "/survey.json")) }
    };
}

/// The instruments: one folder and one row each.
pub static TABLE: &[Instrument] = &[
    instrument!("tour-satisfaction"),
    instrument!("ttm3r0299v2-self-assessment"),
    instrument!("ttm3r0299v2-supervisor-observation"),
    instrument!("ttm3r0299v2-peer-observation"),
    instrument!("ttm3r0299v2-report-observation"),
    instrument!("ttm3r0299v2-customer-observation"),
    instrument!("ttm3r0299v2-knowledge-check"),
    instrument!("ttm3r0299v2-role-play"),
    instrument!("ttm3r0299v2-case-study"),
    instrument!("ttm3r0299v2-portfolio"),
    instrument!("ttm3r0299v2-customer-survey"),
    instrument!("ttm3r0299v2-staff-survey"),
    instrument!("ttm3r0299v2-policy-audit"),
    instrument!("ttm3r0299v2-expectation-performance"),
    instrument!("ttm3r0299v2-assessor-record"),
];

/// The instrument with this id.
///
/// ```
/// assert!(askwell::instruments::find("tour-satisfaction").is_some());
/// ```
pub fn find(id: &str) -> Option<&'static Instrument> {
    TABLE.iter().find(|instrument| instrument.id == id)
}
