//! The control that a respondent uses.
