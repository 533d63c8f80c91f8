//! Named ranges of a score.

use crate::definition::{Log, Place, definition};
use crate::value::{Map, number_text};

definition! {
    /// A range of scores with a name: from its lower bound up to, but not including, the next.
    ///
    /// Scores are not rounded before, so that no score falls between two bands.
    pub struct Band {
        /// Its name.
        pub id "id": String,
        /// The score that it begins with.
        pub from "from": f64,
    }
}

/// The band that a score lies in; none below the first.
pub fn band(bands: &[Band], score: f64) -> Option<&str> {
    bands.iter().rev().find(|band| score >= band.from).map(|band| band.id.as_str())
}

/// Bands stand from low to high.
pub fn check(bands: &[Band], place: &Place, log: &Log) {
    let place = place.key("bands");
    let mut before: Option<&Band> = None;
    for (index, band) in bands.iter().enumerate() {
        if let Some(before) = before.filter(|before| band.from <= before.from) {
            let after = number_text(before.from);
            let message = format!("the band `{}` must begin above {after}", band.id);
            log.error("contradiction", &place.index(index).key("from"), message);
        }
        before = Some(band);
    }
}

/// Adds the name of a score's band to what is told of it.
pub fn tell(bands: &[Band], score: f64, more: &mut Map) {
    if let Some(band) = band(bands, score) {
        more.insert("band".to_owned(), band.into());
    }
}
