//! What could not be brought over, collected on the way.

use std::cell::RefCell;

use crate::convert::Loss;
use crate::diagnostic::Step;

#[derive(Default)]
pub struct Losses(RefCell<Vec<Loss>>);

impl Losses {
    pub fn add(&self, path: &[Step], message: impl Into<String>) {
        let loss = Loss { path: path.to_vec(), message: message.into() };
        let mut losses = self.0.borrow_mut();
        if !losses.contains(&loss) {
            losses.push(loss);
        }
    }

    pub fn into_vec(self) -> Vec<Loss> {
        self.0.into_inner()
    }
}
