//! Random order that depends on a seed alone: the same on every device and on the receiver.
//!
//! The order is the one that SurveyJS makes from the same seed: Fisher–Yates from the end with the
//! generator mulberry32. Whatever is put in order (choices, rows, questions, pages) goes through here.

/// The seed for one list, from the session's seed and a name that tells the list apart.
///
/// ```
/// use askwell::order::seed_for;
/// assert_ne!(seed_for(7, "page.visit"), seed_for(7, "page.stay"));
/// ```
pub fn seed_for(seed: u64, name: &str) -> u32 {
    let mix = |seed: u32, unit: u16| (seed << 5).wrapping_sub(seed).wrapping_add(unit.into());
    name.encode_utf16().fold(seed as u32, mix)
}

/// An order for a list: which item stands at each place.
///
/// `groups` says for each item with which others it changes places: with those of the same name, or
/// with none.
///
/// ```
/// use askwell::order::shuffled;
/// let groups = [Some(""), Some(""), Some(""), Some(""), None];
/// assert_eq!(shuffled(&groups, 7), [2, 1, 3, 0, 4]);
/// assert_eq!(shuffled(&groups, 7), shuffled(&groups, 7));
/// ```
pub fn shuffled(groups: &[Option<&str>], seed: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let mut done: Vec<&str> = Vec::new();
    for group in groups {
        let Some(name) = group.filter(|name| !done.contains(name)) else { continue };
        done.push(name);
        let places: Vec<usize> =
            (0..groups.len()).filter(|place| groups[*place] == Some(name)).collect();
        let mut random = Mulberry32(seed);
        for last in (1..places.len()).rev() {
            let other = (random.next() * (last + 1) as f64) as usize;
            order.swap(places[last], places[other]);
        }
    }
    order
}

/// A small generator of even numbers from 0 up to, but not, 1.
struct Mulberry32(u32);

impl Mulberry32 {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x6D2B_79F5);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 15).wrapping_mul(mixed | 1);
        mixed ^= mixed.wrapping_add((mixed ^ mixed >> 7).wrapping_mul(mixed | 61));
        f64::from(mixed ^ mixed >> 14) / 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded with survey-core 3.1: `Helpers.randomizeArray` on items of these categories.
    #[test]
    fn the_order_is_the_peers() {
        let free = [Some(""); 8];
        assert_eq!(shuffled(&free, 1), [2, 1, 6, 7, 4, 3, 0, 5]);
        assert_eq!(shuffled(&free, 4_294_967_295), [0, 2, 6, 3, 5, 4, 1, 7]);
        let mixed = [None, Some(""), Some("a"), Some("a"), Some(""), Some("a"), Some(""), None];
        assert_eq!(shuffled(&mixed, 42), [0, 6, 5, 2, 1, 3, 4, 7]);
        assert_eq!(seed_for(12345, "pagevisit 一"), 2_023_983_395);
    }
}
