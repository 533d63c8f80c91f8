//! Which rows of a translated table can be taken.

use super::{Finding, Row, Wording};
use crate::text::{Piece, pieces};

/// A wording to be written, by its place in the list of wordings.
pub struct Taken<'a> {
    pub wording: usize,
    pub language: &'a str,
    pub text: String,
}

pub fn judge<'a>(
    rows: &'a [Row],
    wordings: &[Wording],
    default: &str,
) -> (Vec<Taken<'a>>, Vec<Finding>) {
    let mut places: Vec<(&str, usize)> = wordings
        .iter()
        .enumerate()
        .map(|(index, wording)| (wording.path.as_str(), index))
        .collect();
    places.sort_unstable();
    let (mut taken, mut findings): (Vec<Taken>, Vec<Finding>) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| !row.text.trim().is_empty()) {
        let found = places.binary_search_by_key(&row.path.as_str(), |(path, _)| path);
        let place = found.ok().and_then(|at| places.get(at));
        let known = place.and_then(|(_, index)| Some((*index, wordings.get(*index)?)));
        let judged = match known {
            Some((index, wording)) => {
                let twin = taken.iter().rev().find(|other| {
                    other.wording == index && other.language.eq_ignore_ascii_case(&row.language)
                });
                one(row, wording, twin, default).map(|text| {
                    text.map(|text| Taken { wording: index, language: &row.language, text })
                })
            }
            None => Err(("unknown-path", "the survey has no text here".to_owned())),
        };
        match judged {
            Ok(new) => taken.extend(new),
            Err((kind, message)) => {
                let finding = Finding { kind, path: row.path.clone(), message };
                // An unknown path is one mistake, however many languages stand in its line.
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
    }
    (taken, findings)
}

/// The text to be written, nothing where it stands there already, or why it cannot be taken.
fn one(
    row: &Row,
    wording: &Wording,
    twin: Option<&Taken>,
    default: &str,
) -> Result<Option<String>, (&'static str, String)> {
    let source = wording.source(default);
    if let Some(translated) = &row.source
        && even(translated) != even(source)
    {
        let message = format!("this was translated from `{translated}`, but now reads `{source}`");
        return Err(("changed-source", message));
    }
    let own = wording.own(&row.language, default);
    let keeps_breaks = [own, Some(source)].into_iter().flatten().any(|text| text.contains('\r'));
    // Spreadsheets and editors make `\r\n` of `\n`.
    let text = if keeps_breaks { row.text.clone() } else { row.text.replace("\r\n", "\n") };
    if own == Some(text.as_str()) {
        return Ok(None);
    }
    if let Some(twin) = twin {
        let same = twin.text == text;
        let message = format!("there are two texts in `{}`", row.language);
        return if same { Ok(None) } else { Err(("contradiction", message)) };
    }
    let (wanted, given) = (names(source), names(&text));
    if let Some(lost) = wanted.iter().find(|name| !given.contains(name)) {
        let message = format!("`{{{lost}}}` is missing in `{}`", row.language);
        return Err(("lost-placeholder", message));
    }
    if let Some(new) = given.iter().find(|name| !wanted.contains(name)) {
        let message = format!("`{{{new}}}` in `{}` is not in `{source}`", row.language);
        return Err(("unknown-placeholder", message));
    }
    Ok(Some(text))
}

/// A text as it is after tools have trimmed it and changed its line breaks.
fn even(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

fn names(text: &str) -> Vec<&str> {
    let name = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Literal(_) => None,
    };
    pieces(text).into_iter().filter_map(name).collect()
}
