//! The instruments that are built from a unit.

/// One kind of instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A: the person rates themselves.
    SelfAssessment,
    /// B: others rate what they have seen.
    Supervisor,
    Peer,
    Report,
    Customer,
    /// C: questions with a correct answer, as long as it is in force.
    Knowledge,
    /// D: an assessor watches a role play.
    RolePlay,
    /// E: a case with branches, and a rubric.
    CaseStudy,
    /// F: documents against the rules of evidence.
    Portfolio,
    /// G: what customers say of the service.
    CustomerSurvey,
    /// H: what staff say of it.
    StaffSurvey,
    /// I: which policies exist, are known and are followed.
    PolicyAudit,
    /// J: what customers expected against what they got.
    ExpectationPerformance,
    /// What an assessor judges from all of the evidence.
    Assessor,
}

/// A row of the table of instruments.
pub struct Row {
    pub role: Role,
    /// The name on the command line.
    pub name: &'static str,
    /// The letter of the instrument; observers share one, and the assessor's record has K.
    pub letter: char,
    pub about: &'static str,
    /// Its wording, in JSON.
    pub words: &'static str,
}

macro_rules! row {
    ($role:ident $name:literal $letter:literal $about:literal) => {
        Row {
            role: Role::$role,
            name: $name,
            letter: $letter,
            about: $about,
            words: include_str!(concat!("words/", $name, ".json")),
        }
    };
}

/// The instruments, A to J, and the record that an assessor keeps.
pub static TABLE: &[Row] = &[
    row!(SelfAssessment "self" 'A' "self-assessment"),
    row!(Supervisor "supervisor" 'B' "what the supervisor has seen"),
    row!(Peer "peer" 'B' "what colleagues have seen"),
    row!(Report "report" 'B' "what direct reports have seen"),
    row!(Customer "customer" 'B' "what customers have seen"),
    row!(Knowledge "knowledge" 'C' "knowledge check; questions that are out of force do not count"),
    row!(RolePlay "roleplay" 'D' "observation of a role play, for assessors"),
    row!(CaseStudy "case-study" 'E' "case with branches and a rubric"),
    row!(Portfolio "portfolio" 'F' "documents against the rules of evidence, for assessors"),
    row!(CustomerSurvey "customer-survey" 'G' "customers' satisfaction"),
    row!(StaffSurvey "staff-survey" 'H' "staff on service and on each other"),
    row!(PolicyAudit "policy-audit" 'I' "which policies exist, are known and are followed"),
    row!(ExpectationPerformance "expectation-performance" 'J' "what was expected against what was experienced"),
    row!(Assessor "assessor" 'K' "record of an assessor's judgement, to sign"),
];

impl Role {
    pub fn row(self) -> &'static Row {
        // Every role has its row; the first stands in where that were ever forgotten.
        TABLE.iter().find(|row| row.role == self).unwrap_or(&TABLE[0])
    }
}

/// The instrument with this name.
pub fn find(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}
