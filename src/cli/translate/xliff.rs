//! A table of texts as XLIFF 1.2, which every translation tool reads; few read all of version 2.

use std::fmt::Write;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Read;
use crate::text::{Piece, pieces};
use crate::translation::{Definition, Row};

/// The document, and which texts XML cannot hold.
pub fn write(definition: &Definition, survey: &str, targets: &[String]) -> (String, Vec<String>) {
    let default = definition.default_locale();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n",
    );
    let mut findings = Vec::new();
    let wordings = definition.wordings();
    for target in targets {
        let _ = write!(
            xml,
            "  <file original=\"{}\" datatype=\"plaintext\" source-language=\"{}\" target-language=\"{}\">\n    <body>\n",
            escaped(survey),
            escaped(default),
            escaped(target)
        );
        for wording in &wordings {
            let source = wording.source(default);
            let own = wording.own(target, default);
            if [Some(source), own].into_iter().flatten().any(|text| text.contains(is_forbidden)) {
                let message = "this holds a control character that XML cannot hold";
                findings.push(format!("{}: {message} (not-xml)", wording.path));
                continue;
            }
            let target = match own {
                Some(own) => {
                    format!("<target state=\"translated\">{}</target>", content(own, source))
                }
                None => "<target state=\"needs-translation\"/>".to_owned(),
            };
            let _ = write!(
                xml,
                "      <trans-unit id=\"{}\" xml:space=\"preserve\">\n        <source>{}</source>\n        {target}\n      </trans-unit>\n",
                escaped(&wording.path),
                content(source, source)
            );
        }
        xml += "    </body>\n  </file>\n";
    }
    xml += "</xliff>\n";
    (xml, findings)
}

/// A text with its `{placeholders}` as tags, numbered as they stand in the source.
fn content(text: &str, source: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    for piece in pieces(source).into_iter().chain(pieces(text)) {
        if let Piece::Name(name) = piece
            && !known.contains(&name)
        {
            known.push(name);
        }
    }
    let mut content = String::new();
    let mut rest = text;
    for piece in pieces(text) {
        // The pieces' own bytes: a name is written with the blanks that stand around it.
        let (length, id) = match piece {
            Piece::Literal(literal) => (literal.len(), None),
            Piece::Name(name) => {
                let end = rest.find('}').map_or(rest.len(), |end| end + 1);
                (end, known.iter().position(|known| *known == name))
            }
        };
        let (written, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        match id {
            Some(id) => {
                let _ = write!(content, "<ph id=\"{}\">{}</ph>", id + 1, escaped(written));
            }
            None => content += &escaped(written),
        }
    }
    content
}

/// Text for an element or an attribute; what readers would make a blank of is written as a number.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        match sign {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\r' => escaped += "&#13;",
            sign => escaped.push(sign),
        }
    }
    escaped
}

fn is_forbidden(sign: char) -> bool {
    matches!(sign, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Where text belongs that comes next.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    /// Between the elements, where only layout stands.
    #[default]
    Nowhere,
    Source,
    Target,
}

/// A unit while it is read.
#[derive(Default)]
struct Unit {
    path: String,
    source: String,
    target: String,
    part: Part,
    /// Where in the text a placeholder began, with its number.
    code: Option<(String, usize)>,
    /// Whether a translator has done anything.
    is_open: bool,
    /// What stands in the source under each number of a placeholder.
    codes: Vec<(String, String)>,
}

/// Reads what translation tools make of such a document.
///
/// They may add elements of their own, cut the text into segments, and leave placeholders empty.
pub fn read(xml: &str) -> Result<Read, String> {
    let mut reader = Reader::from_str(xml);
    let mut rows = Vec::new();
    let mut language = None;
    let mut unit = Unit::default();
    loop {
        let at = reader.buffer_position();
        let broken = |error: quick_xml::Error| format!("no XML at byte {at}: {error}");
        match reader.read_event().map_err(broken)? {
            Event::Eof => break,
            Event::Start(tag) => match tag.local_name().as_ref() {
                "xliff" if !attribute(&tag, "version").is_some_and(|v| v.starts_with("1.")) => {
                    return Err("it is not XLIFF 1.2".to_owned());
                }
                "file" => language = attribute(&tag, "target-language"),
                "trans-unit" => {
                    let path = attribute(&tag, "id").unwrap_or_default();
                    unit = Unit { path, is_open: true, ..Unit::default() };
                }
                "source" => unit.part = Part::Source,
                "target" => {
                    unit.part = Part::Target;
                    let state = attribute(&tag, "state").unwrap_or_default();
                    unit.is_open = ["new", "needs-translation"].contains(&state.as_str());
                }
                "alt-trans" | "seg-source" | "note" => {
                    reader.read_to_end(tag.name()).map_err(broken)?;
                }
                "ph" | "it" | "bpt" | "ept" => {
                    let id = attribute(&tag, "id").unwrap_or_default();
                    unit.code = Some((id, unit.text().len()));
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "ph" | "x" | "it" => unit.fill(&attribute(&tag, "id").unwrap_or_default()),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "source" | "target" => unit.part = Part::Nowhere,
                "ph" | "it" | "bpt" | "ept" => unit.end_code(),
                "trans-unit" => {
                    let unit = std::mem::take(&mut unit);
                    let language = language.clone().ok_or("a file names no target-language")?;
                    if !unit.is_open {
                        let (path, source, text) = (unit.path, Some(unit.source), unit.target);
                        rows.push(Row { path, source, language, text });
                    }
                }
                _ => {}
            },
            Event::Text(text) => unit.add(&text.xml10_content()),
            Event::CData(text) => unit.add(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let sign = reference.resolve_char_ref().map_err(broken)?.map(String::from);
                let known = sign.or_else(|| resolve_xml_entity(&reference).map(str::to_owned));
                let unknown = || format!("no XML at byte {at}: `&{};` is unknown", &*reference);
                unit.add(&known.ok_or_else(unknown)?);
            }
            _ => {}
        }
    }
    if language.is_none() {
        return Err("it names no target-language".to_owned());
    }
    Ok((rows, Vec::new()))
}

impl Unit {
    fn text(&self) -> &str {
        match self.part {
            Part::Nowhere => "",
            Part::Source => &self.source,
            Part::Target => &self.target,
        }
    }

    fn add(&mut self, text: &str) {
        match self.part {
            Part::Nowhere => {}
            Part::Source => self.source += text,
            Part::Target => self.target += text,
        }
    }

    fn end_code(&mut self) {
        let Some((id, start)) = self.code.take() else { return };
        let written = self.text().get(start..).unwrap_or_default().to_owned();
        match self.part {
            Part::Source => self.codes.push((id, written)),
            _ if written.is_empty() => self.fill(&id),
            _ => {}
        }
    }

    /// Puts back the placeholder that an empty tag stands for.
    fn fill(&mut self, id: &str) {
        let code = self.codes.iter().find(|(known, _)| known == id);
        let code = code.map(|(_, text)| text.clone()).unwrap_or_default();
        self.add(&code);
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}
