//! What respondents wrote, kept by how they rated; as many as a report can show, the latest.

use super::record::Record;

/// How the one who wrote rated what the report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    Low,
    Middle,
    High,
    /// Without such a rating.
    None,
}

impl Band {
    pub const ALL: [Band; 4] = [Band::Low, Band::Middle, Band::High, Band::None];

    pub fn name(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Middle => "middle",
            Band::High => "high",
            Band::None => "none",
        }
    }

    /// The band of a rating; from 0 to 10, those of net promoter.
    pub fn of(rating: f64, min: f64, max: f64) -> Band {
        let middle = (min + max) / 2.0;
        match rating {
            rating if rating.is_nan() => Band::None,
            rating if (min, max) == (0.0, 10.0) => match rating {
                9.0.. => Band::High,
                7.0.. => Band::Middle,
                _ => Band::Low,
            },
            rating if rating < middle => Band::Low,
            rating if rating > middle => Band::High,
            _ => Band::Middle,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comment {
    pub completed: String,
    pub text: String,
}

/// So many comments on a question are kept in each band.
const MOST: usize = 100;
/// A comment is cut off after so many characters.
const LONGEST: usize = 2000;

/// The comments on one question.
#[derive(Clone, Debug, Default)]
pub struct Comments {
    /// By band: how many wrote something, and the latest of it.
    bands: [(u64, Vec<Comment>); 4],
}

impl Comments {
    pub fn add(&mut self, band: Band, record: &Record, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some((count, kept)) = self.bands.get_mut(band as usize) {
            *count += 1;
            // Thinned out now and then, rather than sorted each time.
            if kept.len() >= 2 * MOST {
                thin(kept);
                if kept.last().is_some_and(|last| last.completed > record.completed) {
                    return;
                }
            }
            let text = text.chars().take(LONGEST).collect();
            kept.push(Comment { completed: record.completed.clone(), text });
        }
    }

    pub fn merge(&mut self, other: Comments) {
        for ((count, kept), (others, more)) in self.bands.iter_mut().zip(other.bands) {
            *count += others;
            kept.extend(more);
            thin(kept);
        }
    }

    /// How many wrote something, and the latest of it, newest first.
    pub fn of(&self, band: Band) -> (u64, Vec<Comment>) {
        let mut found = self.bands.get(band as usize).cloned().unwrap_or_default();
        thin(&mut found.1);
        found
    }
}

fn thin(kept: &mut Vec<Comment>) {
    kept.sort_unstable_by(|one, other| other.cmp(one));
    kept.truncate(MOST);
}
