//! The competency self-assessment: 27 statements, required levels per role, gaps.

use serde_json::{Value, json};

use crate::harness::{Respondent, Stage, scores_of};

const SURVEY: &str = "ttm3r0299v2-self-assessment";

/// How the four steps of the ladder begin for what one does.
const DOING: [&str; 4] = [
    "I do not know how yet",
    "I can do it with help",
    "I can do it on my own",
    "I do it with confidence",
];

const PAGES: [(&str, &[(&str, u8)]); 5] = [
    ("Provide quality customer service", &[("T1.1", 2), ("T1.2", 1), ("T1.3", 2)]),
    ("Carry out and manage quality service", &[("T2.1", 0), ("T2.2", 1), ("T2.3", 3)]),
    (
        "Adjust customer service on a continuing basis.",
        &[("T3.1", 1), ("T3.2", 2), ("T3.3", 1), ("T3.4", 2), ("T3.5", 1)],
    ),
    (
        "Knowledge",
        &[("K01", 2), ("K02", 3), ("K03", 1), ("K04", 2), ("K05", 0), ("K06", 1), ("K07", 2)],
    ),
    (
        "Skills",
        &[
            ("S01", 3),
            ("S02", 1),
            ("S03", 2),
            ("S04", 1),
            ("S05", 0),
            ("S06", 1),
            ("S07", 1),
            ("S08", 2),
            ("S09", 1),
        ],
    ),
];

#[test]
fn gaps_are_shown_for_the_role_and_stored_once() {
    let Some(stage) = Stage::set_with_receiver("assessment") else { return };
    let respondent = stage.respondent();
    let definition = definition();
    respondent.opens("/assessment.html?lang=en");
    respondent.goes_to_the_survey();
    respondent.chooses("Which role is closest to yours?", "Supervisor");
    respondent.uses("Next");
    for (page, statements) in PAGES {
        respondent.finds_the_focus(page, |focus| focus.name == page);
        for (id, level) in statements {
            rate(&respondent, &definition, id, *level);
        }
        respondent.uses(if page == "Skills" { "Finish" } else { "Next" });
    }

    respondent.finds_the_focus("the thanks", |focus| focus.name.contains("Well worked through"));
    respondent.sees("Your answers have arrived.");
    respondent.sees("Framework: TTM3R0299v2 · Enhance Quality Customer Service · 2020. Its age:");
    the_picture_is_right(&respondent, &definition);

    let submission = stage.the_only_submission();
    let answers = submission["answers"].as_object().expect("answers by id");
    assert_eq!(answers.len(), 28);
    for (id, level) in PAGES.iter().flat_map(|(_, statements)| *statements) {
        assert_eq!(answers[*id], json!(level), "{id}");
    }
    assert_eq!(submission["survey"]["framework"]["date"], "2020");
    let scores = &submission["scores"];
    assert_eq!(*scores, scores_of(&submission, SURVEY));
    assert_eq!(gap(scores, "T2"), 1.0);
    assert_eq!(gap(scores, "T3"), 1.0);
    assert_eq!(scores["overall"]["n"], 27);
    assert!((gap(scores, "overall") - 8.0 / 9.0).abs() < 1e-12);
    assert!((gap(scores, "K") - 6.0 / 7.0).abs() < 1e-12);

    let (most, _) = &lacking(&definition)[0];
    the_plan_is_kept_in_a_file(&respondent, most.trim_end_matches('.'));
}

/// An action for the largest gap is written, saved, and there again when the file is opened.
fn the_plan_is_kept_in_a_file(respondent: &Respondent, most: &str) {
    const ACTION: &str = "Explain one procedure to the team each Monday";
    respondent.sees("My development file");
    respondent.sees("TTM3R0299v2");
    respondent.sees("revised in 2020");
    respondent.uses(&format!("Add an action for “{most}”"));
    respondent.finds_the_focus("the new action", |focus| focus.name.contains("Action"));
    respondent.types(ACTION);
    respondent.runs(
        "window.kept = new Promise((keep) => {
             const make = URL.createObjectURL;
             URL.createObjectURL = (blob) => (keep(blob.text()), make.call(URL, blob));
         });
         e2e.all('#development button').find((it) => it.innerText === 'Save to a file').click()",
        &[],
    );
    respondent.sees("Saved to a file.");
    respondent.runs("kept.then((text) => sessionStorage.setItem('kept', text))", &[]);
    respondent.waits_until("the file is kept", || {
        respondent.runs("return sessionStorage.getItem('kept') !== null", &[]) == json!(true)
    });
    respondent.reloads();
    respondent.sees("Open a development file that you saved");
    respondent.runs(
        "const files = new DataTransfer();
         files.items.add(new File([sessionStorage.getItem('kept')], 'kept.json'));
         const input = document.querySelector('#development input[type=file]');
         input.files = files.files;
         input.dispatchEvent(new Event('change'))",
        &[],
    );
    respondent.sees("The file is open.");
    let action = "return document.querySelector('#development .action textarea').value";
    assert_eq!(respondent.runs(action, &[]), json!(ACTION));
}

fn gap(scores: &Value, group: &str) -> f64 {
    scores[group]["value"].as_f64().expect("a gap")
}

fn definition() -> Value {
    let instruments = askwell::instruments::TABLE;
    let found = instruments.iter().find(|instrument| instrument.id == SURVEY);
    serde_json::from_str(found.expect("the instrument ships").json).expect("it is JSON")
}

fn question<'d>(definition: &'d Value, id: &str) -> &'d Value {
    let pages = definition["pages"].as_array().into_iter().flatten();
    let mut questions = pages.filter_map(|page| page["questions"].as_array()).flatten();
    questions.find(|question| question["id"] == id).expect("the statement is there")
}

fn title<'d>(definition: &'d Value, id: &str) -> &'d str {
    question(definition, id)["title"]["en"].as_str().expect("an English title")
}

fn rate(respondent: &Respondent, definition: &Value, id: &str, level: u8) {
    let steps = &question(definition, id)["rateValues"];
    let step = steps[usize::from(level)]["text"]["en"].as_str().expect("a step");
    let is_doing = step.starts_with(DOING[usize::from(level)]);
    assert_ne!(is_doing, id.starts_with('K'), "knowledge has a wording of its own, {id}: {step}");
    respondent.chooses(title(definition, id), step);
}

/// What the statements lack by the levels that are asked of a supervisor, by importance × gap, and of
/// equal ones the larger gap first.
fn lacking(definition: &Value) -> Vec<(String, i64)> {
    let groups = definition["scoring"].as_array().expect("scores");
    let mut lacking = Vec::new();
    for (id, rated) in PAGES.iter().flat_map(|(_, statements)| *statements) {
        let level = |group: &Value| group["levels"]["supervisor"][*id].as_i64();
        let required = groups.iter().find_map(level).expect("a level for each statement");
        if required > i64::from(*rated) {
            let gap = required - i64::from(*rated);
            let importance = |group: &Value| group["importance"]["supervisor"][*id].as_i64();
            let importance = groups.iter().find_map(importance).unwrap_or(3);
            lacking.push((-importance * gap, -gap, title(definition, id).to_owned()));
        }
    }
    lacking.sort_by_key(|(priority, gap, _)| (*priority, *gap));
    lacking.into_iter().map(|(_, gap, title)| (title, -gap)).collect()
}

/// One bar per group, a sentence to act on, and the statements that lack most before the others.
fn the_picture_is_right(respondent: &Respondent, definition: &Value) {
    let bars = respondent.runs(
        "return e2e.all('[part=gap-bars] > li').map((bar) => bar.innerText.replace(/\\s+/g, ' '))",
        &[],
    );
    let bars: Vec<&str> = bars.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(bars.len(), 5, "{bars:?}");
    let second = "Carry out and manage quality service Your level 1.3 Required level 2.3 Gap 1";
    assert_eq!(bars[1].trim(), second);

    let lacking = lacking(definition);
    let (most, _) = &lacking[0];
    let met = 27 - lacking.len();
    respondent.sees(&format!("You meet the required level in {met} of 27 statements."));
    respondent.sees(&format!("A good place to begin: “{}”", most.trim_end_matches('.')));
    let rows = respondent.runs(
        "const tables = e2e.all('table');
         const table = tables.find((it) => it.caption?.innerText === 'What to work on first, by importance × gap');
         return [...table.tBodies[0].rows].map((row) =>
             [row.cells[0].innerText.trim(), Number(row.cells[3].innerText)])",
        &[],
    );
    let rows = rows.as_array().expect("rows of the table").clone();
    assert!(rows.len() >= 3, "{rows:?}");
    for (row, (statement, gap)) in rows.iter().zip(&lacking) {
        assert_eq!(*row, json!([statement, gap]));
    }
}
