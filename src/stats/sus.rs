//! The system usability scale.

use super::figure::{Figure, Refusal, Undefined, count, figure, finite, nothing, object};
use super::moments::mean;
use super::{Columns, Settings};
use crate::value::Value;

/// Scores of the system usability scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Sus {
    /// How many respondents have a score.
    pub n: usize,
    pub mean: Figure,
    /// By row; those in which an answer is missing have no score, as nothing is imputed.
    pub scores: Vec<Figure>,
}

/// `2.5·(Σ(odd items − 1) + Σ(5 − even items))` by row, for the ten items in their order.
///
/// Every score is a multiple of 2.5 from 0 to 100, and the same answer to all items gives 50. Brooke 1996,
/// in Jordan et al. (eds.), Usability Evaluation in Industry, 189. Other than ten columns, or numbers
/// other than 1 to 5, are refused.
///
/// ```
/// use askwell::stats::{Columns, sus};
/// let answers = [4, 1, 5, 2, 5, 1, 4, 2, 3, 1].map(|answer| vec![Some(f64::from(answer))]);
/// let answers = answers.into_iter().enumerate().map(|(at, cells)| (format!("q{}", at + 1), cells));
/// let sus = sus::sus(&Columns::new(answers).unwrap()).unwrap();
/// assert_eq!(sus.scores, [Ok(85.0)]);
/// ```
pub fn sus(answers: &Columns) -> Result<Sus, Refusal> {
    if answers.len() != 10 {
        let message = format!("needs the columns of ten items in order, got {}", answers.len());
        return Err(Refusal::new(message));
    }
    answers.expect_whole(1.0, 5.0)?;
    let score = |row: &Vec<Option<f64>>| {
        let mut sum = 0.0;
        for (at, answer) in row.iter().enumerate() {
            let answer = answer.ok_or(Undefined::MissingAnswers)?;
            sum += if at % 2 == 0 { answer - 1.0 } else { 5.0 - answer };
        }
        finite(2.5 * sum)
    };
    let scores: Vec<Figure> = answers.rows().iter().map(score).collect();
    let scored: Vec<f64> = scores.iter().copied().flatten().collect();
    let mean = if scored.is_empty() { Err(Undefined::NoAnswers) } else { finite(mean(&scored)) };
    Ok(Sus { n: scored.len(), mean, scores })
}

pub(super) fn compute(columns: &Columns, _: &Settings) -> Result<Value, Refusal> {
    let sus = sus(columns)?;
    let scores: Vec<Value> = sus.scores.iter().map(|score| figure(*score)).collect();
    let parts = [("n", count(sus.n)), ("mean", figure(sus.mean)), ("scores", scores.into())];
    let mut map = object(parts);
    if let Err(reason) = sus.mean {
        nothing(&mut map, reason);
    }
    Ok(map.into())
}
