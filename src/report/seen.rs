//! Which submissions have been read: each counts once, however often it stands in the files.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// One of the parts, so that threads rarely wait for each other.
type Part = HashSet<u64, BuildHasherDefault<Itself>>;

/// Ids by their hash, 8 bytes each; shared by all that read.
#[derive(Clone, Default)]
pub struct Seen {
    parts: Arc<[Mutex<Part>; 16]>,
}

impl Seen {
    /// Whether this id comes for the first time.
    pub fn is_new(&self, id: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        // By bits that sets do not go by.
        match self.parts.get((hash >> 32 & 15) as usize) {
            Some(part) => part.lock().unwrap_or_else(PoisonError::into_inner).insert(hash),
            None => true,
        }
    }
}

/// What is a hash already needs no other.
#[derive(Clone, Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
