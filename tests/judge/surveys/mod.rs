//! Generated SurveyJS surveys, converted and driven here, and driven by survey-core.
//!
//! To run it: `npm install survey-core@3.1` in a folder, and name the folder in `ASKWELL_JUDGE`.
//! `ASKWELL_JUDGE_SURVEYS` says how many surveys, `ASKWELL_JUDGE_SEED` which is the first.

mod answers;
mod compare;
mod generate;
mod peer;
mod shrink;

use serde_json::Value;

use generate::Generator;
use peer::Peer;

/// A survey of SurveyJS with what a respondent does.
#[derive(Clone)]
pub struct Story {
    pub survey: Value,
    pub steps: Vec<Value>,
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn converted_surveys_go_as_in_survey_core() {
    let Some(mut peer) = Peer::start() else { return };
    let count = number("ASKWELL_JUDGE_SURVEYS").unwrap_or(60);
    let first = number("ASKWELL_JUDGE_SEED").unwrap_or(1);
    let (mut steps, mut wrong_steps) = (0, 0);
    let mut wrong = Vec::new();
    for seed in first..first + count {
        let mut generator = Generator::new(seed);
        let survey = generator.survey();
        let story = Story { survey, steps: generator.steps() };
        let differences = compare::differences(&story, &mut peer);
        steps += story.steps.len() + 1;
        wrong_steps += differences.len();
        let count = differences.len();
        if let Some(first) = differences.into_iter().next() {
            wrong.push((seed, count, story, first));
        }
    }
    let agree = |wrong: usize, all: usize| 100.0 * (1.0 - wrong as f64 / all as f64);
    let (surveys, steps) = (agree(wrong.len(), count as usize), agree(wrong_steps, steps));
    let shown = number("ASKWELL_JUDGE_SHOW").unwrap_or(8) as usize;
    let mut report = format!("{surveys:.2} % of surveys agree, {steps:.2} % of steps\n");
    for (seed, count, story, difference) in wrong.iter().take(shown) {
        let small = match difference.aspect {
            "load" => story.clone(),
            _ => shrink::smallest(story, difference, &mut peer),
        };
        let difference = compare::differences(&small, &mut peer).into_iter().next();
        report += &format!(
            "seed {seed}, {count} steps\n{}\n{}\n  {}\n",
            small.survey,
            Value::from(small.steps),
            difference.map_or(String::new(), |difference| difference.text)
        );
    }
    println!("{report}");
    // What holds today; docs/surveyjs.md says what the rest comes from.
    assert!(surveys >= 97.0 && steps >= 99.0, "{report}");
}
