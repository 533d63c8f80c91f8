//! Submissions in files: line by line as JSON, or as a table.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use crate::export::read::{Reader, is_table};
use crate::survey::Survey;
use crate::value::Map;

/// Files that can be read more than once; what comes by standard input is kept.
pub struct Files {
    paths: Vec<String>,
    survey: Arc<Survey>,
    input: Vec<u8>,
}

impl Files {
    pub fn new(paths: &[String], survey: Arc<Survey>) -> Files {
        let mut input = Vec::new();
        if paths.iter().any(|path| path == "-") {
            // What cannot be read is missed when it is asked for.
            let _ = io::stdin().read_to_end(&mut input);
        }
        Files { paths: paths.to_vec(), survey, input }
    }

    /// Hands over every submission with its place, until nobody wants more.
    pub fn each(
        &self,
        mut take: impl FnMut(i64, Map) -> Result<bool, String>,
    ) -> Result<(), String> {
        let mut place = 0;
        for path in &self.paths {
            let cannot = |error: io::Error| format!("`{path}` cannot be read ({error})");
            let input: Box<dyn Read + '_> = match path.as_str() {
                "-" => Box::new(self.input.as_slice()),
                path => Box::new(File::open(path).map_err(cannot)?),
            };
            let mut input = BufReader::new(input);
            if is_table(&mut input).map_err(cannot)? {
                let mut reader = Reader::new(input, &self.survey)?;
                while let Some(submission) = reader.next_submission() {
                    place += 1;
                    let submission =
                        submission.map_err(|error| format!("`{path}` cannot be read: {error}"))?;
                    if !take(place, submission)? {
                        return Ok(());
                    }
                }
                continue;
            }
            for line in input.split(b'\n') {
                let line = line.map_err(cannot)?;
                let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line).trim_ascii();
                if line.is_empty() {
                    continue;
                }
                place += 1;
                let submission: Map = serde_json::from_slice(line)
                    .map_err(|error| format!("`{path}`: submission {place}: {error}"))?;
                if !take(place, submission)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
