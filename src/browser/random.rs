//! Chance, from the browser's cryptographic source.

use crate::submission::submission_id;

use super::now_ms;

/// Random bytes. Without a cryptographic source, as in very old browsers, `Math.random` serves:
/// ids have to differ, they need not be secret.
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}

/// The id of a submission that starts now.
pub fn new_submission_id() -> String {
    submission_id(now_ms(), bytes())
}

/// A seed for the random order of choices.
pub fn seed() -> u64 {
    u64::from_le_bytes(bytes())
}

/// A number from 0 up to 1, to spread retries.
pub(super) fn chance() -> f64 {
    js_sys::Math::random()
}
