//! Wrong numbers: after a few of them staff have to wait, longer each time.

use super::Moment;

/// How many wrong numbers in a row are forgiven.
const FORGIVEN: u32 = 4;
/// The first wait; each further wrong number doubles it.
const FIRST_WAIT_MS: f64 = 30_000.0;
const LONGEST_WAIT_MS: f64 = 3_600_000.0;

/// The wrong numbers since the last right one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tries {
    pub wrong: u32,
    /// When the last of them was entered, by the device's clock.
    pub last_ms: f64,
}

impl Tries {
    /// How long to wait for the next try. A clock that was set back waits no longer than that.
    pub fn locked_ms(self, now: Moment) -> f64 {
        let wait_ms = self.wait_ms();
        (wait_ms - (now.wall_ms - self.last_ms)).clamp(0.0, wait_ms)
    }

    /// Takes a try; true where it lets staff in. One that comes too early counts for nothing.
    pub(super) fn take(&mut self, right: bool, now: Moment) -> bool {
        if self.locked_ms(now) > 0.0 {
            return false;
        }
        *self = match right {
            true => Tries::default(),
            false => Tries { wrong: self.wrong.saturating_add(1), last_ms: now.wall_ms },
        };
        right
    }

    fn wait_ms(self) -> f64 {
        match self.wrong.checked_sub(FORGIVEN + 1) {
            None => 0.0,
            Some(more) => (FIRST_WAIT_MS * f64::from(more.min(10)).exp2()).min(LONGEST_WAIT_MS),
        }
    }
}
