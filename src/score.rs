//! From a survey's scoring section and one respondent's answers to scores.

use std::borrow::Cow;

use crate::metrics::{Input, Item, Score};
use crate::survey::{ItemSource, Scoring, Survey};
use crate::value::{Map, Sorted, Value};

/// The scores of one respondent, by id.
///
/// ```
/// use askwell::{score::scores, survey::Survey};
/// let json = r#"{"askwell": 1, "id": "s",
///     "pages": [{"id": "p", "questions": [{"id": "recommend", "type": "nps"}]}],
///     "scoring": [{"id": "nps", "metric": "nps", "questions": ["recommend"]}]}"#;
/// let survey = Survey::load(json).unwrap().survey;
/// let answers = [("recommend".to_owned(), 9.into())].into();
/// assert_eq!(scores(&survey, &answers).get("nps").and_then(|nps| nps.value), Some(9.0));
/// ```
///
/// `answers` holds what counts: the answers to visible questions. Without the day on which they were
/// given, whatever holds from one day to another only is left out; see [`scores_on`].
pub fn scores(survey: &Survey, answers: &Map) -> Sorted<String, Score> {
    scores_on(survey, answers, None)
}

/// The scores of one respondent who answered on a day, counted from 1970-01-01.
pub fn scores_on(survey: &Survey, answers: &Map, today: Option<f64>) -> Sorted<String, Score> {
    let answer =
        |question: usize| answers.get(&survey.questions[question].source.id).map(Cow::Borrowed);
    let scores = survey.scoring.iter();
    scores
        .map(|scoring| (scoring.source.id.clone(), score(survey, scoring, today, &answer)))
        .collect()
}

/// One score. `answer` gives what counts of a question: nothing where it is hidden.
pub fn score<'a>(
    survey: &Survey,
    scoring: &Scoring,
    _today: Option<f64>,
    answer: &dyn Fn(usize) -> Option<Cow<'a, Value>>,
) -> Score {
    let items: Vec<Item> = scoring.items.iter().map(|source| item(source, answer)).collect();
    let by_id =
        |id: &str| survey.index_of(id).and_then(answer).map(Cow::into_owned).unwrap_or_default();
    #[cfg(not(lean))]
    let others: Vec<Item> = scoring.others.iter().map(|source| item(source, answer)).collect();
    scoring.kind.as_metric().score(&Input {
        items: &items,
        #[cfg(not(lean))]
        others: &others,
        #[cfg(not(lean))]
        today: _today,
        answer: &by_id,
    })
}

fn item<'a>(source: &ItemSource, answer: &dyn Fn(usize) -> Option<Cow<'a, Value>>) -> Item {
    let given = answer(source.question);
    let given = match (&given, &source.row) {
        (Some(rows), Some(row)) => rows.get(row),
        (given, _) => given.as_deref(),
    };
    // A number outside the scale is no rating; the receiver may meet one in a bad submission.
    let on_scale = |value: &f64| (source.scale.min..=source.scale.max).contains(value);
    Item { value: given.and_then(Value::as_number).filter(on_scale), ..source.unanswered() }
}
