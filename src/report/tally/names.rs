//! Names that are met with while reading.

use std::collections::HashMap;

use crate::report::plan::MOST_CATEGORIES;

/// Names that turn up, in the order in which they do.
#[derive(Clone, Debug, Default)]
pub struct Names {
    places: HashMap<String, usize>,
    pub list: Vec<String>,
}

impl Names {
    /// The place of a name; a last place is shared by all for which there is no room.
    pub fn place(&mut self, name: &str) -> usize {
        // A few are found faster by looking at each.
        let known = match self.list.len() {
            ..=16 => self.list.iter().position(|known| known == name),
            _ => self.places.get(name).copied(),
        };
        if let Some(place) = known {
            return place;
        }
        if self.list.len() >= MOST_CATEGORIES {
            return self.list.len();
        }
        self.places.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        self.list.len() - 1
    }
}
