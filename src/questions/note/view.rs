//! Title, description and help: the frame shows them all.

use super::Note;
use crate::ui::kit::{self, Field, View};

pub fn view(_: &Note, field: Field) -> View {
    kit::note(field)
}
