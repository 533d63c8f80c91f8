//! Writes what the pages fetch besides the widget: instruments, an example of each question type,
//! and the JSON Schema of a survey definition. `cargo xtask build` runs it.

use std::path::Path;
use std::{env, fs, io};

use askwell::value::{Map, Value};
use askwell::{instruments, locales, questions, survey};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("usage: site_data FOLDER"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("instruments"))?;
    fs::create_dir_all(folder.join("examples"))?;

    for instrument in instruments::TABLE {
        fs::write(folder.join(format!("instruments/{}.json", instrument.id)), instrument.json)?;
    }
    fs::create_dir_all(folder.join("locales"))?;
    for locale in &locales::TABLE {
        if let Some(json) = locale.json {
            fs::write(folder.join(format!("locales/{}.json", locale.code)), json)?;
        }
    }
    fs::write(folder.join("report.css"), include_str!("../src/report/html/report.css"))?;
    let examples = questions::examples();
    for (name, json) in &examples {
        let examples: Vec<Map> = serde_json::from_str(json)?;
        let questions: Vec<&Value> =
            examples.iter().filter_map(|example| example.get("question")).collect();
        fs::write(
            folder.join(format!("examples/{name}.json")),
            serde_json::to_string(&questions)?,
        )?;
    }
    let names: Vec<&str> = examples.iter().map(|(name, _)| *name).collect();
    fs::write(folder.join("examples/index.json"), serde_json::to_string(&names)?)?;
    fs::write(folder.join("askwell.schema.json"), serde_json::to_string_pretty(&survey::schema())?)
}
