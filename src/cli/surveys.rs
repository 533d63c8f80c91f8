//! Definitions by path or by the id of an instrument.

use std::fs;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::instruments;
use crate::server::store::Definition;
use crate::survey::Survey;

/// A definition as text, with the name to print for it.
pub struct Source {
    pub name: String,
    pub json: String,
}

/// Finds a definition: a file where there is one of that name, else an instrument.
pub fn find(name: &str) -> Result<Source, String> {
    match fs::read(name) {
        Ok(bytes) => decode(name, bytes),
        Err(error) => match instruments::TABLE.iter().find(|instrument| instrument.id == name) {
            Some(instrument) => {
                Ok(Source { name: name.to_owned(), json: instrument.json.to_owned() })
            }
            None => Err(format!("`{name}` cannot be read ({error}){}", hint())),
        },
    }
}

/// Reads the definition in a file.
pub fn read(path: &str) -> Result<Source, String> {
    let bytes = fs::read(path).map_err(|error| format!("`{path}` cannot be read ({error})"))?;
    decode(path, bytes)
}

/// What a receiver knows from the start: the instruments, and these files.
pub fn known(files: &[String]) -> Result<Vec<Definition>, String> {
    let instruments = instruments::TABLE.iter().map(|instrument| find(instrument.id));
    let files = files.iter().map(|file| read(file));
    instruments.chain(files).map(|source| definition(&source?)).collect()
}

fn definition(source: &Source) -> Result<Definition, String> {
    let survey = source.load()?;
    Ok(Definition {
        hash: survey.hash().to_owned(),
        id: survey.source.id.clone(),
        version: survey.source.version.clone(),
        definition: source.json.clone(),
    })
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<Source, String> {
    let json = String::from_utf8(bytes);
    let json = json.map_err(|_| format!("`{name}` cannot be read (it is not UTF-8 text)"))?;
    Ok(Source { name: name.to_owned(), json })
}

fn hint() -> String {
    let ids: Vec<&str> = instruments::TABLE.iter().map(|instrument| instrument.id).collect();
    format!(", and no instrument has this id; there are: {}", ids.join(", "))
}

impl Source {
    /// The survey, or everything that is wrong with its definition as one message.
    pub fn load(&self) -> Result<Arc<Survey>, String> {
        match Survey::load(&self.json) {
            Ok(loaded) => Ok(Arc::new(loaded.survey)),
            Err(diagnostics) => {
                Err(format!("`{}` is not sound\n{}", self.name, self.render(&diagnostics)))
            }
        }
    }

    /// The diagnostics with line, column and caret.
    pub fn render(&self, diagnostics: &[Diagnostic]) -> String {
        let shown: Vec<String> =
            diagnostics.iter().map(|found| found.render(&self.name, &self.json)).collect();
        shown.join("\n")
    }
}
