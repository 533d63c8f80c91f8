//! What is kept of a failed test: a picture, and what the page said.

use std::fs;
use std::path::Path;

pub struct Evidence<'a> {
    /// A PNG in base64.
    pub screenshot: &'a str,
    pub steps: &'a [String],
    pub trouble: &'a [String],
    pub text: &'a str,
    pub focus: &'a str,
}

/// Writes `failure.png` and `failure.txt`. Runs while a test fails, so it only complains.
pub fn keep(folder: &Path, evidence: &Evidence) {
    let report = format!(
        "Steps:\n  {}\n\nThe browser's log:\n  {}\n\nThe focus: {}\n\nThe page:\n{}\n",
        evidence.steps.join("\n  "),
        evidence.trouble.join("\n  "),
        evidence.focus,
        evidence.text
    );
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join("failure.txt"), report))
        .and_then(|()| fs::write(folder.join("failure.png"), from_base64(evidence.screenshot)));
    match written {
        Ok(()) => eprintln!("See failure.png and failure.txt in {}", folder.display()),
        Err(error) => eprintln!("Nothing could be kept of this failure: {error}"),
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        (bits, count) = (bits << 6 | u32::from(six), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
