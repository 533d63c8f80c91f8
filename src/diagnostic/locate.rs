//! From a JSON path to the bytes of the source text that it names.

use std::ops::Range;

use super::Step;

/// The bytes that `path` names in the JSON text `source`, or nothing if it leads nowhere.
///
/// `inside` narrows a text value to some bytes of its unescaped content; `at_key` asks for
/// the last key rather than its value. Definitions are parsed without positions, because
/// only a broken one needs them; this walks the text again when one is to be shown.
pub fn locate(
    source: &str,
    path: &[Step],
    inside: Option<Range<usize>>,
    at_key: bool,
) -> Option<Range<usize>> {
    let mut scanner = Scanner { bytes: source.as_bytes(), at: 0 };
    let mut key_range = None;
    scanner.space();
    for step in path {
        match step {
            Step::Key(key) => key_range = Some(scanner.enter_key(key)?),
            Step::Index(index) => {
                scanner.enter_index(*index)?;
                key_range = None;
            }
        }
    }
    if at_key && key_range.is_some() {
        return key_range;
    }
    let start = scanner.at;
    match inside {
        Some(inside) if scanner.peek() == Some(b'"') => scanner.inside_text(inside),
        _ => {
            scanner.skip()?;
            Some(start..scanner.at)
        }
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Moves to the value of `key`; the last one wins, as it does when the text is parsed.
    fn enter_key(&mut self, key: &str) -> Option<Range<usize>> {
        self.take(b'{')?;
        let mut found = None;
        loop {
            self.space();
            let start = self.at;
            let name = self.text()?;
            let key_range = start..self.at;
            self.take(b':')?;
            self.space();
            if name == key {
                found = Some((key_range, self.at));
            }
            self.skip()?;
            if self.take(b',').is_none() {
                break;
            }
        }
        let (range, value) = found?;
        self.at = value;
        Some(range)
    }

    fn enter_index(&mut self, index: usize) -> Option<()> {
        self.take(b'[')?;
        for _ in 0..index {
            self.space();
            self.skip()?;
            self.take(b',')?;
        }
        self.space();
        Some(())
    }

    /// Reads a text and gives it unescaped.
    fn text(&mut self) -> Option<String> {
        let start = self.at;
        self.skip_text()?;
        let raw = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        serde_json::from_str(raw).ok()
    }

    fn skip_text(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Skips one value without recursion: a hostile nesting must not overflow the stack.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            self.space();
            match self.peek()? {
                b'"' => self.skip_text()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let start = self.at;
                    while self
                        .peek()
                        .is_some_and(|b| !b",:]}".contains(&b) && !b.is_ascii_whitespace())
                    {
                        self.at += 1;
                    }
                    if self.at == start {
                        return None;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The source bytes of a stretch of a text's content, with escapes counted as written.
    fn inside_text(&mut self, inside: Range<usize>) -> Option<Range<usize>> {
        let mut content = 0;
        let mut source = self.at + 1;
        let mut start = None;
        loop {
            if content >= inside.start && start.is_none() {
                start = Some(source);
            }
            if content >= inside.end {
                break;
            }
            let (read, made) = match self.bytes.get(source)? {
                b'"' => break,
                b'\\' if self.bytes.get(source + 1) == Some(&b'u') => (6, 3),
                b'\\' => (2, 1),
                _ => (1, 1),
            };
            source += read;
            content += made;
        }
        let start = start.unwrap_or(source);
        Some(start..source.max(start))
    }
}
