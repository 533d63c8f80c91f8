//! Title, description and help: the frame shows them all.

use leptos::prelude::*;

use super::Note;
use crate::ui::kit::{self, Field};

pub fn view(_: &Note, field: Field) -> AnyView {
    kit::note(field)
}
