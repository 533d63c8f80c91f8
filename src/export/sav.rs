//! SPSS system files: answers as numbers with labels, in the layout that PSPP's documentation describes
//! ("System File Format").

mod codes;
mod variables;

use std::io::{self, Write};

use variables::{Fill, SEGMENT, Variable, variables};

use crate::survey::Survey;
use crate::value::{Map, Value};

/// Cells of text take up eight bytes each.
const CELL: usize = 8;

/// Writes a system file, case by case.
pub struct Writer {
    variables: Vec<Variable>,
}

impl Writer {
    /// The variables of a survey, labelled in a language.
    pub fn new(survey: &Survey, locale: &str) -> Writer {
        Writer { variables: variables(survey, locale) }
    }

    /// Makes room for the texts of a submission: all of them are to be seen before the head is written, lest
    /// those of more than 255 bytes be cut.
    pub fn widen(&mut self, envelope: &Map) {
        let whole = Value::Map(envelope.clone());
        for variable in &mut self.variables {
            if let Some(value) = value(&whole, &Map::new(), &variable.fill) {
                variable.widen(value);
            }
        }
    }

    /// Writes all that stands before the cases; how many there are may be unknown.
    pub fn write_head(&self, cases: Option<usize>, output: &mut impl Write) -> io::Result<()> {
        let segments = self.variables.iter().flat_map(Variable::segments);
        let width: usize = segments.map(cells).sum();
        output.write_all(b"$FL2")?;
        text(output, &format!("@(#) SPSS DATA FILE Askwell {}", env!("CARGO_PKG_VERSION")), 60)?;
        // Layout, cells in a case, no compression, no weights, how many cases, bias.
        for number in [2, width as i32, 0, 0, cases.map_or(-1, |cases| cases as i32)] {
            integer(output, number)?;
        }
        output.write_all(&100.0_f64.to_le_bytes())?;
        text(output, "01 Jan 70", 9)?;
        text(output, "00:00:00", 8)?;
        text(output, "", 64)?;
        output.write_all(&[0; 3])?;
        let mut further = 0;
        for variable in &self.variables {
            head(variable, output)?;
            for width in variable.segments().into_iter().skip(1) {
                further += 1;
                segment(&format!("S{further}"), width, output)?;
            }
        }
        let mut cell = 1;
        for variable in &self.variables {
            if !variable.labels().is_empty() {
                labels(variable, cell, output)?;
            }
            cell += variable.segments().into_iter().map(cells).sum::<usize>() as i32;
        }
        self.extensions(output)?;
        // The end of the dictionary.
        integer(output, 999)?;
        integer(output, 0)
    }

    fn extensions(&self, output: &mut impl Write) -> io::Result<()> {
        // The machine: version, IEEE 754, little-endian, UTF-8.
        extension(output, 3, 4, 8)?;
        for number in [20, 0, 0, -1, 1, 1, 2, 65001] {
            integer(output, number)?;
        }
        // What is missing, the highest and the lowest number.
        extension(output, 4, 8, 3)?;
        for number in [-f64::MAX, f64::MAX, f64::from_bits(0xffef_ffff_ffff_fffe)] {
            output.write_all(&number.to_le_bytes())?;
        }
        // Measure, width and alignment of each.
        let segments = |one: &Variable| one.segments().len();
        extension(output, 11, 4, self.variables.iter().map(segments).sum::<usize>() * 3)?;
        for variable in &self.variables {
            let width = if variable.width == 0 { 8 } else { variable.width.min(40) as i32 };
            for _ in 0..segments(variable) {
                for number in [variable.measure, width, i32::from(variable.width == 0)] {
                    integer(output, number)?;
                }
            }
        }
        let names = self.variables.iter().map(|one| format!("{}={}", one.short, one.name));
        let names = names.collect::<Vec<_>>().join("\t");
        extension(output, 13, 1, names.len())?;
        output.write_all(names.as_bytes())?;
        let long = self.variables.iter().filter(|one| one.segments().len() > 1);
        let widths: String =
            long.map(|one| format!("{}={:05}\0\t", one.short, one.width)).collect();
        if !widths.is_empty() {
            extension(output, 14, 1, widths.len())?;
            output.write_all(widths.as_bytes())?;
        }
        let encoding = b"UTF-8";
        extension(output, 20, 1, encoding.len())?;
        output.write_all(encoding)
    }

    /// Writes a submission as a case.
    pub fn write_case(
        &self,
        envelope: &Map,
        scores: &Map,
        output: &mut impl Write,
    ) -> io::Result<()> {
        let whole = Value::Map(envelope.clone());
        for variable in &self.variables {
            let value = value(&whole, scores, &variable.fill);
            if variable.width == 0 {
                let number = value.and_then(|value| variable.number(value));
                output.write_all(&number.unwrap_or(-f64::MAX).to_le_bytes())?;
                continue;
            }
            let words = value.map(Variable::words).unwrap_or_default();
            let mut rest = cut(&words, variable.width).as_bytes();
            for width in variable.segments() {
                // Each segment holds all that it can, however much of the width it stands for.
                let (part, behind) = rest.split_at(rest.len().min(width));
                output.write_all(part)?;
                output.write_all(&vec![b' '; CELL * cells(width) - part.len()])?;
                rest = behind;
            }
        }
        Ok(())
    }
}

/// What a submission holds for a variable.
fn value<'a>(whole: &'a Value, scores: &'a Map, fill: &Fill) -> Option<&'a Value> {
    match fill {
        Fill::At(path) => path.iter().try_fold(whole, |value, name| value.get(name)),
        Fill::Score(id) => scores.get(id).and_then(|score| score.get("value")),
        Fill::Answer(id, row) => {
            let answer = whole.get("answers").and_then(|answers| answers.get(id));
            row.as_ref().map_or(answer, |row| answer.and_then(|rows| rows.get(row)))
        }
    }
}

/// How many cells of a case a segment takes up; a number is one of no width.
fn cells(width: usize) -> usize {
    width.div_ceil(CELL).max(1)
}

fn integer(output: &mut impl Write, number: i32) -> io::Result<()> {
    output.write_all(&number.to_le_bytes())
}

/// Text of so many bytes, cut between characters or filled up with blanks.
fn text(output: &mut impl Write, text: &str, bytes: usize) -> io::Result<()> {
    let text = cut(text, bytes);
    output.write_all(text.as_bytes())?;
    output.write_all(&vec![b' '; bytes - text.len()])
}

/// The beginning of a text that takes up no more than so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

fn extension(output: &mut impl Write, kind: i32, size: i32, count: usize) -> io::Result<()> {
    [7, kind, size, count as i32].into_iter().try_for_each(|number| integer(output, number))
}

fn head(variable: &Variable, output: &mut impl Write) -> io::Result<()> {
    // F8.2 and F8.0 of numbers, A of text.
    let format = match variable.width {
        0 => (5 << 16) | (8 << 8) | if variable.measure == variables::SCALE { 2 } else { 0 },
        width => words_format(width),
    };
    let width = variable.width.min(SEGMENT);
    let label = cut(&variable.label, 252);
    let has_label = i32::from(!label.is_empty());
    let missing = variable.missing();
    for number in [2, width as i32, has_label, missing.len() as i32, format, format] {
        integer(output, number)?;
    }
    text(output, &variable.short, 8)?;
    if has_label == 1 {
        integer(output, label.len() as i32)?;
        text(output, label, label.len().next_multiple_of(4))?;
    }
    for number in missing {
        output.write_all(&number.to_le_bytes())?;
    }
    continued(width, output)
}

fn words_format(width: usize) -> i32 {
    (1 << 16) | ((width.min(SEGMENT) as i32) << 8)
}

/// What stands for every cell of a text but the first.
fn continued(width: usize, output: &mut impl Write) -> io::Result<()> {
    for _ in 1..cells(width) {
        for number in [2, -1, 0, 0, 0, 0] {
            integer(output, number)?;
        }
        text(output, "", 8)?;
    }
    Ok(())
}

/// A further part of a text that is wider than one segment.
fn segment(short: &str, width: usize, output: &mut impl Write) -> io::Result<()> {
    let format = words_format(width);
    for number in [2, width as i32, 0, 0, format, format] {
        integer(output, number)?;
    }
    text(output, short, 8)?;
    continued(width, output)
}

fn labels(variable: &Variable, cell: i32, output: &mut impl Write) -> io::Result<()> {
    integer(output, 3)?;
    integer(output, variable.labels().len() as i32)?;
    for (number, label) in variable.labels() {
        let label = cut(label, 120);
        output.write_all(&number.to_le_bytes())?;
        output.write_all(&[label.len() as u8])?;
        text(output, label, (label.len() + 1).next_multiple_of(8) - 1)?;
    }
    [4, 1, cell].into_iter().try_for_each(|number| integer(output, number))
}
