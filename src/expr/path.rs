//! Finds what a dotted name with indexes leads to: `guests[0].name`, `rooms.length`, `list[-1]`.
//!
//! Keys are found whatever their case, and a key that holds dots wins over nesting.

use super::operand::Operand;
use crate::value::{Map, Value, lower_case};

/// Where a name can be cut so that the part before may be a name of its own: longest first.
pub(super) fn prefixes(text: &str) -> impl Iterator<Item = usize> {
    let cuts = text.bytes().enumerate().rev();
    let cuts = cuts.filter(|(at, byte)| *at > 0 && matches!(byte, b'.' | b'['));
    std::iter::once(text.len()).chain(cuts.map(|(at, _)| at))
}

/// The value that `path` leads to from `value`; an empty path leads to the value itself.
pub(super) fn find<'a>(mut value: &'a Value, path: &str) -> Option<Operand<'a>> {
    let mut path = path.strip_prefix('.').unwrap_or(path);
    while !path.is_empty() {
        if let Some((index, rest)) = index(path) {
            value = element(value.as_list()?, index)?;
            path = rest;
        } else {
            let (found, rest) = match value {
                Value::Map(map) => field(map, path)?,
                Value::List(items) if path == "length" => {
                    return Some(Operand::Number(items.len() as f64));
                }
                Value::Text(text) if path == "length" => {
                    return Some(Operand::Number(text.encode_utf16().count() as f64));
                }
                _ => return None,
            };
            value = found;
            path = rest;
        }
        path = path.strip_prefix('.').unwrap_or(path);
    }
    Some(Operand::raw(value))
}

/// The index that a path starts with, and what follows it.
fn index(path: &str) -> Option<(i64, &str)> {
    let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
    Some((index.trim().parse().ok()?, rest))
}

fn element(items: &[Value], index: i64) -> Option<&Value> {
    let from_end = if index < 0 { items.len() as i64 } else { 0 };
    items.get(usize::try_from(index + from_end).ok()?)
}

fn field<'a, 'p>(map: &'a Map, path: &'p str) -> Option<(&'a Value, &'p str)> {
    prefixes(path).find_map(|end| {
        let found = entry(map, path.get(..end)?)?;
        Some((found, path.get(end..).unwrap_or_default()))
    })
}

/// The entry of that name, whatever its case; the exact case wins.
pub(super) fn entry<'a>(map: &'a Map, name: &str) -> Option<&'a Value> {
    map.get(name).or_else(|| {
        let mut entries = map.iter();
        entries.find(|(key, _)| same_name(key, name)).map(|(_, value)| value)
    })
}

fn same_name(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    lower_case(left) == lower_case(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str, path: &str) -> Option<String> {
        let value: Value = serde_json::from_str(json).unwrap();
        find(&value, path).map(|operand| operand.into_value().to_json())
    }

    #[test]
    fn fields_indexes_and_lengths() {
        let json = r#"{"Rooms":[{"name":"A"},{"name":"B"}],"a.b":1,"a":{"b":2,"c":"xyz"}}"#;
        assert_eq!(found(json, "rooms[0].NAME").unwrap(), r#""A""#);
        assert_eq!(found(json, "rooms[-1].name").unwrap(), r#""B""#);
        assert_eq!(found(json, "rooms[2].name"), None);
        assert_eq!(found(json, "rooms[-3]"), None);
        assert_eq!(found(json, "rooms.length").unwrap(), "2");
        assert_eq!(found(json, "a.b").unwrap(), "1");
        assert_eq!(found(json, "a.c.length").unwrap(), "3");
        assert_eq!(found(json, "a.d"), None);
    }

    #[test]
    fn prefixes_are_longest_first() {
        let text = "a.b[1].c";
        let all: Vec<&str> = prefixes(text).map(|end| &text[..end]).collect();
        assert_eq!(all, ["a.b[1].c", "a.b[1]", "a.b", "a"]);
    }
}
