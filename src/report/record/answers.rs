//! The answers of a line, into the places that the plan has for them.

use super::scan::{Malformed, Scanner};
use super::{Choice, Record};
use crate::report::plan::{Answer, Grid, Plan};

type Result<T> = std::result::Result<T, Malformed>;

/// Reads an object of answers.
pub fn read(scanner: &mut Scanner, record: &mut Record, plan: &Plan) -> Result<()> {
    scanner.open(b'{')?;
    let mut first = true;
    // Answers are written in the order of their names, so that the next is most likely the next.
    let mut expected = 0;
    while scanner.next(b'}', &mut first)? {
        let next = plan.fields.get(expected);
        let at = match next.is_some_and(|field| scanner.passes(&field.key)) {
            true => Some(expected),
            false => plan.field(&scanner.key()?),
        };
        let Some((at, field)) = at.and_then(|at| Some((at, plan.fields.get(at)?))) else {
            scanner.skip()?;
            continue;
        };
        expected = at + 1;
        if let Some(page) = record.pages.get_mut(field.page) {
            *page = true;
        }
        answer(scanner, record, plan, &field.answer)?;
    }
    Ok(())
}

fn answer(scanner: &mut Scanner, record: &mut Record, plan: &Plan, answer: &Answer) -> Result<()> {
    match answer {
        Answer::Rating(rating) => {
            if let Some(number) = scanner.figure()? {
                record.rate(plan, *rating, number);
            }
            Ok(())
        }
        Answer::Rows(rows) => ratings(scanner, record, plan, rows),
        Answer::Choice(list) | Answer::Choices(list) => {
            match (plan.lists.get(*list), record.choices.get_mut(*list)) {
                (Some(list), Some(chosen)) => choices(scanner, &mut |name| {
                    chosen.push(match list.place(name) {
                        Some(place) => Choice::Listed(place),
                        None => Choice::Unlisted(name.to_owned()),
                    });
                }),
                _ => scanner.skip(),
            }
        }
        Answer::Grid(grid) => match (plan.grids.get(*grid), record.cells.get_mut(*grid)) {
            (Some(grid), Some(cells)) => self::cells(scanner, cells, grid),
            _ => scanner.skip(),
        },
        Answer::Text(text) => {
            let words = scanner.words()?;
            if let (Some(place), Some(words)) = (record.texts.get_mut(*text), words) {
                place.clear();
                place.push_str(&words);
            }
            Ok(())
        }
        Answer::Other => scanner.skip(),
    }
}

/// Ratings by row.
fn ratings(
    scanner: &mut Scanner,
    record: &mut Record,
    plan: &Plan,
    rows: &[(String, usize)],
) -> Result<()> {
    if scanner.peek() != Some(b'{') {
        return scanner.skip();
    }
    scanner.object(|key, scanner| {
        let row = rows.binary_search_by(|(name, _)| name.as_str().cmp(key)).ok();
        match row.and_then(|row| rows.get(row)) {
            Some((_, rating)) => {
                if let Some(number) = scanner.figure()? {
                    record.rate(plan, *rating, number);
                }
                Ok(())
            }
            None => scanner.skip(),
        }
    })
}

/// The chosen columns of each row.
fn cells(scanner: &mut Scanner, cells: &mut Vec<(usize, usize)>, grid: &Grid) -> Result<()> {
    if scanner.peek() != Some(b'{') {
        return scanner.skip();
    }
    scanner.object(|key, scanner| {
        let row = grid.row_names.iter().position(|name| name == key);
        choices(scanner, &mut |name| {
            let column = grid.column_names.iter().position(|known| known == name);
            if let (Some(row), Some(column)) = (row, column) {
                cells.push((row, column));
            }
        })
    })
}

/// One choice or several, each by its name.
fn choices(scanner: &mut Scanner, choose: &mut dyn FnMut(&str)) -> Result<()> {
    match scanner.peek() {
        Some(b'[') => {
            scanner.open(b'[')?;
            let mut first = true;
            while scanner.next(b']', &mut first)? {
                choices(scanner, choose)?;
            }
        }
        _ => {
            let name = scanner.words()?;
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                choose(&name);
            }
        }
    }
    Ok(())
}
