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
    bands: [Kept; 4],
}

/// How many wrote something, and the latest of it.
#[derive(Clone, Debug, Default)]
struct Kept {
    count: u64,
    latest: Vec<Comment>,
    /// Nothing older is worth keeping: there are enough that are not.
    oldest: String,
}

impl Comments {
    pub fn add(&mut self, band: Band, record: &Record, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(kept) = self.bands.get_mut(band as usize) {
            kept.count += 1;
            if record.completed < kept.oldest {
                return;
            }
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
            let text = text.get(..end).unwrap_or_default().to_owned();
            kept.latest.push(Comment { completed: record.completed.clone(), text });
            // Thinned out now and then, rather than sorted each time.
            if kept.latest.len() >= 2 * MOST {
                thin(&mut kept.latest);
                kept.oldest =
                    kept.latest.last().map(|last| last.completed.clone()).unwrap_or_default();
            }
        }
    }

    pub fn merge(&mut self, other: Comments) {
        for (kept, more) in self.bands.iter_mut().zip(other.bands) {
            kept.count += more.count;
            kept.latest.extend(more.latest);
            thin(&mut kept.latest);
        }
    }

    /// How many wrote something, and the latest of it, newest first.
    pub fn of(&self, band: Band) -> (u64, Vec<Comment>) {
        let mut found = self.bands.get(band as usize).cloned().unwrap_or_default();
        thin(&mut found.latest);
        (found.count, found.latest)
    }
}

fn thin(kept: &mut Vec<Comment>) {
    kept.sort_unstable_by(|one, other| other.cmp(one));
    kept.truncate(MOST);
}
