//! A section with a heading.

use leptos::prelude::*;

use super::Panel;
use crate::ui::kit::{Field, section};

pub fn view(_: &Panel, field: Field) -> AnyView {
    let Some(survey) = field.survey() else { return ().into_any() };
    let panel = field.question();
    let end = survey.questions.get(panel).map_or(panel, |question| question.end);
    let inside = survey.questions.iter().enumerate().take(end).skip(panel + 1);
    let children = inside.filter(|(_, question)| question.parent == Some(panel));
    section(field, children.filter_map(|(index, _)| field.child(index)).collect())
}
