//! The one rule by which figures of few people are left out.

/// Which parts of a whole must not be told, given how many people are in each: those of fewer than
/// `minimum`, and as many more, the smallest first, as it takes that nobody can work them out from
/// the whole and the other parts. `forced` are left out whatever their size.
///
/// ```
/// use askwell::report::hidden;
/// // 20 in all, of which 12 and 5 are told: the rest would be 3, so the 5 go too.
/// assert_eq!(hidden(&[12, 5, 3], &[], 5), [false, true, true]);
/// assert_eq!(hidden(&[12, 3, 3], &[], 5), [false, true, true]);
/// assert_eq!(hidden(&[12, 5, 0], &[], 5), [false, false, false]);
/// ```
pub fn hidden(counts: &[u64], forced: &[bool], minimum: usize) -> Vec<bool> {
    let minimum = minimum as u64;
    let few = |count: u64| count > 0 && count < minimum;
    let forced = |at: usize| forced.get(at).copied().unwrap_or(false);
    let mut hidden: Vec<bool> =
        counts.iter().enumerate().map(|(at, count)| few(*count) || forced(at)).collect();
    loop {
        let mut people = 0;
        let mut parts = 0;
        let mut smallest = None;
        for (at, (count, hidden)) in counts.iter().zip(&hidden).enumerate() {
            match (*count, hidden) {
                (0, _) => {}
                (count, true) => {
                    people += count;
                    parts += 1;
                }
                (count, false) if smallest.is_none_or(|(least, _)| count < least) => {
                    smallest = Some((count, at));
                }
                _ => {}
            }
        }
        let safe = parts == 0 || (parts > 1 && people >= minimum);
        let Some((_, next)) = smallest.filter(|_| !safe) else { return hidden };
        if let Some(hidden) = hidden.get_mut(next) {
            *hidden = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hidden;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_left_out_cannot_be_worked_out(
            counts in proptest::collection::vec(0..30_u64, 1..8),
            minimum in 1..9_usize,
        ) {
            let hidden = hidden(&counts, &[], minimum);
            let left: Vec<u64> =
                counts.iter().zip(&hidden).filter(|(c, h)| **h && **c > 0).map(|(c, _)| *c).collect();
            for (count, hidden) in counts.iter().zip(&hidden) {
                prop_assert!(*hidden || *count == 0 || *count >= minimum as u64);
            }
            let all = counts.iter().filter(|count| **count > 0).count();
            let safe = left.len() > 1 && left.iter().sum::<u64>() >= minimum as u64;
            prop_assert!(left.is_empty() || safe || left.len() == all);
        }
    }
}
