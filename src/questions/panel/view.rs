//! A section with a heading, which may be folded.

use super::{Panel, PanelState};
use crate::ui::kit::{Field, View, arrange, folding_section, section};

pub fn view(panel: &Panel, field: Field) -> View {
    let inside = field.in_panel().into_iter().map(|question| field.at(question)).collect();
    let questions = arrange("panel-questions", inside, panel.columns);
    match panel.state {
        _ if cfg!(lean) => section(field, questions),
        PanelState::Default => section(field, questions),
        PanelState::Expanded => folding_section(field, questions, true),
        PanelState::Collapsed => folding_section(field, questions, false),
    }
}
