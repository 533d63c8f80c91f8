//! The numbers that a rating question runs over.

/// The lowest and highest number of a scale, and whether it holds every whole number between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub min: f64,
    pub max: f64,
    pub whole: bool,
}

impl Scale {
    /// The usual scale from `min` to `max` in steps of one.
    pub fn whole(min: i32, max: i32) -> Self {
        Scale { min: min.into(), max: max.into(), whole: true }
    }
}
