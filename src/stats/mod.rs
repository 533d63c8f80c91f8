//! Statistics of many respondents: pure numbers in, figures with their intervals out.
//!
//! One file per statistic. Those that `askwell stats` computes have a row in the [`TABLE`]. A figure
//! that the data do not define is an [`Undefined`] with its reason, never 0; data that a statistic
//! must not be computed from (ratings from 1 to 5 as NPS) is a [`Refusal`].

pub mod alpha;
pub mod bands;
pub mod change;
mod columns;
pub mod composite;
pub mod drivers;
mod figure;
pub mod icc;
pub mod importance;
pub mod intervals;
pub mod kappa;
pub mod krippendorff;
pub mod moments;
pub mod norms;
pub mod nps;
pub mod omega;
pub mod rwg;
pub mod service;
pub mod sus;
pub mod top_box;
pub mod wave;

pub use columns::Columns;
pub use figure::{Estimate, Figure, Interval, Refusal, Undefined};

use crate::value::Value;

/// What some statistics have to be told beside the columns.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How many of the highest ratings count.
    pub boxes: Option<u32>,
    /// The highest rating that could be given.
    pub max: Option<f64>,
    /// How many points the scale has.
    pub points: Option<u32>,
    /// What the numbers mean.
    pub level: Option<krippendorff::Level>,
    /// The column that others may explain.
    pub outcome: Option<String>,
    /// How much a disagreement counts; all the same where absent.
    pub weights: Option<kappa::Weights>,
}

/// A row of the table: a statistic as `askwell stats` names it.
pub struct Row {
    pub name: &'static str,
    /// What it tells, in a sentence.
    pub about: &'static str,
    /// The settings it cannot do without.
    pub needs: &'static [&'static str],
    /// The settings it may be given.
    pub takes: &'static [&'static str],
    compute: fn(&Columns, &Settings) -> Result<Value, Refusal>,
}

impl Row {
    /// Computes the statistic of columns: the reply as `askwell stats` prints it.
    ///
    /// ```
    /// use askwell::stats::{Columns, Settings, TABLE};
    /// let nps = TABLE.iter().find(|row| row.name == "nps").unwrap();
    /// let columns = Columns::new([("recommend", vec![Some(9.0), None, Some(7.0)])]).unwrap();
    /// let reply = nps.compute(&columns, &Settings::default()).unwrap();
    /// assert_eq!(reply.get("value"), Some(&50.0.into()));
    /// ```
    pub fn compute(&self, columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
        (self.compute)(columns, settings)
    }
}

/// The table of statistics.
pub static TABLE: &[Row] = &[
    Row {
        name: "nps",
        about: "net promoter score of ratings from 0 to 10, with the adjusted Wald interval",
        needs: &["column"],
        takes: &["max"],
        compute: nps::compute,
    },
    Row {
        name: "top-box",
        about: "share of the highest ratings (CSAT), with the Wilson interval",
        needs: &["column", "max"],
        takes: &["boxes"],
        compute: top_box::compute,
    },
    Row {
        name: "alpha",
        about: "Cronbach's alpha of items; complete rows only",
        needs: &[],
        takes: &["columns"],
        compute: alpha::compute,
    },
    Row {
        name: "omega",
        about: "McDonald's omega of items by one factor, maximum likelihood; complete rows only",
        needs: &[],
        takes: &["columns"],
        compute: omega::compute,
    },
    Row {
        name: "icc",
        about: "intraclass correlations; rows are targets, columns raters",
        needs: &[],
        takes: &["columns"],
        compute: icc::compute,
    },
    Row {
        name: "kappa",
        about: "Cohen's kappa of the columns of two raters, weighted where asked for",
        needs: &[],
        takes: &["columns", "weights"],
        compute: kappa::compute_cohen,
    },
    Row {
        name: "fleiss",
        about: "Fleiss' kappa; rows are subjects, columns raters",
        needs: &[],
        takes: &["columns"],
        compute: kappa::compute_fleiss,
    },
    Row {
        name: "krippendorff",
        about: "Krippendorff's alpha; rows are units, columns raters, some ratings may be missing",
        needs: &["level"],
        takes: &["columns"],
        compute: krippendorff::compute,
    },
    Row {
        name: "rwg",
        about: "agreement within a group, rwg and rwg(j); rows are raters, columns items",
        needs: &["points"],
        takes: &["columns"],
        compute: rwg::compute,
    },
    Row {
        name: "drivers",
        about: "what an outcome goes with: correlations, regression, Shapley shares of its r²",
        needs: &["outcome"],
        takes: &["columns"],
        compute: drivers::compute,
    },
    Row {
        name: "sus",
        about: "system usability scale; the columns are its ten items in order",
        needs: &[],
        takes: &["columns"],
        compute: sus::compute,
    },
];
