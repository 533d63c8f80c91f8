//! Any SurveyJS document: what it is converted into can be read, whatever else is wrong with it.
#![no_main]

use askwell::convert;
use askwell::survey::Survey;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &str| {
    let Some(tool) = convert::find("surveyjs") else { return };
    match tool.convert(document) {
        Ok(converted) => {
            for loss in &converted.losses {
                assert!(!loss.to_string().is_empty());
            }
            let definition = converted.survey.to_json();
            if let Err(diagnostics) = Survey::load(&definition) {
                for diagnostic in diagnostics {
                    diagnostic.render("survey.json", &definition);
                }
            }
        }
        Err(diagnostics) => {
            for diagnostic in diagnostics {
                diagnostic.render("document.json", document);
            }
        }
    }
});
