//! Nothing to see.

use super::Hidden;
use crate::ui::kit::{Field, View, nothing};

pub fn view(_: &Hidden, _: Field) -> View {
    nothing()
}
