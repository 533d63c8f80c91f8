//! Texts in JSON: `{language: wording}`, or plain text where it has no language.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Text;

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.entries[..] {
            [(language, wording)] if language.is_empty() => serializer.serialize_str(wording),
            entries => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (language, wording) in entries {
                    map.serialize_entry(language, wording)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("text, or an object of texts by language")
    }

    fn visit_str<E: Error>(self, wording: &str) -> Result<Text, E> {
        Ok(Text::plain(wording))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut entries: Vec<(String, String)> = Vec::new();
        while let Some((language, wording)) = map.next_entry::<String, String>()? {
            if entries.iter().any(|(known, _)| *known == language) {
                return Err(A::Error::custom(format!("the language `{language}` stands twice")));
            }
            entries.push((language, wording));
        }
        Ok(Text { entries })
    }
}
