//! The frame around every control: title, description, help and issues in words.

use leptos::prelude::*;

use super::Field;
use crate::issue::Issue;
use crate::text::fill;

/// The words for an issue: the author's own where the validator has some.
pub fn issue_text(field: Field, issue: &Issue) -> String {
    let own = issue.validator.and_then(|index| {
        let survey = field.survey()?;
        let source = &survey.questions.get(field.question())?.source;
        Some(field.text(source.validators.get(index)?.text.as_ref()?))
    });
    own.unwrap_or_else(|| {
        let key = String::from("issue.") + issue.code.as_str();
        fill(&field.word(&key), |name| {
            let parameter = issue.parameters.iter().find(|(parameter, _)| *parameter == name);
            parameter.map(|(_, value)| value.clone())
        })
    })
}

/// A question with everything around it; nothing while it is hidden.
pub fn question_view(field: Field) -> AnyView {
    // A memo, because a control must not be built anew with each answer: it would lose focus.
    let visible = Memo::new(move |_| field.is_visible());
    (move || visible.get().then(|| frame(field))).into_any()
}

fn frame(field: Field) -> Option<AnyView> {
    let survey = field.survey()?;
    let question = survey.questions.get(field.question())?;
    Some(question.kind.view(field))
}
