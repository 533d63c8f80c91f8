//! Files of submissions, read once, by several threads, a piece at a time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::{Plan, Seen, Tally};
use crate::export::read::{Reader, is_table};
use crate::value::Value;

/// How much is handed to a thread at once.
const PIECE: usize = 1 << 20;
/// Pieces are dealt out to so many tallies in turn, whatever the machine, so that sums come out alike.
const LANES: usize = 4;

/// Counts what stands in files: submissions line by line as JSON, or tables of `askwell export`; `-` is
/// standard input. `progress` is told how many bytes have been read.
///
/// # Errors
/// A file that cannot be read. What single lines do not hold is counted, and no error.
pub fn read(
    plan: &Arc<Plan>,
    files: &[String],
    progress: &mut dyn FnMut(u64),
) -> Result<Tally, String> {
    let seen = Seen::default();
    thread::scope(|scope| {
        let mut lanes: Vec<SyncSender<Vec<u8>>> = Vec::new();
        let mut counting = Vec::new();
        for _ in 0..LANES {
            let (sender, receiver) = sync_channel(2);
            let seen = seen.clone();
            lanes.push(sender);
            counting.push(scope.spawn(move || count(plan, seen, &receiver)));
        }
        let mut dealt = Deal { lanes, next: 0, read: 0, progress };
        let read = files.iter().try_for_each(|file| dealt.file(plan, file));
        drop(dealt);
        let mut all = Tally::sharing(plan, seen);
        for lane in counting {
            let tally = lane.join().map_err(|_| String::from("a thread ended early"))?;
            all.merge(tally);
        }
        read.map(|()| all)
    })
}

fn count(plan: &Arc<Plan>, seen: Seen, pieces: &Receiver<Vec<u8>>) -> Tally {
    let mut tally = Tally::sharing(plan, seen);
    for piece in pieces {
        match str::from_utf8(&piece) {
            Ok(lines) => tally.read(lines),
            Err(_) => {
                for line in piece.split(|byte| *byte == b'\n') {
                    match str::from_utf8(line) {
                        Ok(line) => tally.read_line(line),
                        Err(_) => tally.read_unreadable(),
                    }
                }
            }
        }
    }
    tally
}

/// Deals pieces of whole lines out to the lanes.
struct Deal<'a> {
    lanes: Vec<SyncSender<Vec<u8>>>,
    next: usize,
    /// So many bytes of all files.
    read: u64,
    progress: &'a mut dyn FnMut(u64),
}

impl Deal<'_> {
    fn file(&mut self, plan: &Plan, file: &str) -> Result<(), String> {
        let cannot = |error: io::Error| format!("`{file}` cannot be read ({error})");
        let mut input: BufReader<Box<dyn Read>> = BufReader::with_capacity(
            PIECE,
            match file {
                "-" => Box::new(io::stdin()),
                path => Box::new(File::open(path).map_err(cannot)?),
            },
        );
        if is_table(&mut input).map_err(cannot)? {
            return self.table(plan, file, input);
        }
        self.lines(&mut input).map_err(cannot)
    }

    /// Rows of a table become the lines that they were made from.
    fn table(&mut self, plan: &Plan, file: &str, input: impl Read) -> Result<(), String> {
        let cannot = |error: String| format!("`{file}` cannot be read: {error}");
        let mut reader = Reader::new(input, &plan.survey).map_err(cannot)?;
        let mut piece = Vec::new();
        while let Some(submission) = reader.next_submission() {
            let from = piece.len();
            match submission {
                Ok(submission) => {
                    piece.extend_from_slice(Value::Map(submission).to_json().as_bytes());
                }
                // Counted among what cannot be read.
                Err(_) => piece.push(b'!'),
            }
            piece.push(b'\n');
            self.advance(piece.len() - from);
            if piece.len() >= PIECE {
                self.hand_over(std::mem::take(&mut piece));
            }
        }
        self.hand_over(piece);
        Ok(())
    }

    fn lines(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        let mut piece = Vec::with_capacity(PIECE + PIECE / 4);
        let mut first = true;
        loop {
            let buffer = input.fill_buf()?;
            let read = buffer.len();
            if read == 0 {
                self.hand_over(piece);
                return Ok(());
            }
            let start = match first {
                true => buffer.strip_prefix("\u{feff}".as_bytes()).unwrap_or(buffer),
                false => buffer,
            };
            first = false;
            match start.iter().rposition(|byte| *byte == b'\n') {
                Some(end) if piece.len() + end >= PIECE / 2 => {
                    let (lines, rest) = start.split_at(end + 1);
                    piece.extend_from_slice(lines);
                    let mut next = Vec::with_capacity(PIECE + PIECE / 4);
                    next.extend_from_slice(rest);
                    self.hand_over(std::mem::replace(&mut piece, next));
                }
                _ => piece.extend_from_slice(start),
            }
            input.consume(read);
            self.advance(read);
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.read += bytes as u64;
        (self.progress)(self.read);
    }

    fn hand_over(&mut self, piece: Vec<u8>) {
        if let Some(lane) = self.lanes.get(self.next % LANES) {
            // A lane that ended says so when it is joined.
            let _ = lane.send(piece);
        }
        self.next += 1;
    }
}
