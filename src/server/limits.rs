//! How much one sender may send. Devices are told apart by what they say they are, so that a hall of
//! kiosks behind one address is not taken for one sender; an address as a whole has a ceiling that
//! only an attack reaches.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Beyond this many senders the idle ones are forgotten.
const REMEMBERED: usize = 50_000;

/// So many in a minute, and as many at once after a pause.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// 0 sets no limit.
    pub per_minute: u32,
}

/// Who sends.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Sender {
    Device(String),
    Address(IpAddr),
}

/// The limits of a receiver.
pub struct Limits {
    device: Rate,
    address: Rate,
    buckets: Mutex<HashMap<Sender, Bucket>>,
}

/// What a sender has left, and when that was so.
struct Bucket {
    left: f64,
    at: Instant,
}

impl Limits {
    pub fn new(device: Rate, address: Rate) -> Limits {
        Limits { device, address, buckets: Mutex::default() }
    }

    /// Takes so many from what an address may send.
    ///
    /// # Errors
    /// How long to wait, where that is too many.
    pub fn take_from_address(&self, address: IpAddr, count: usize) -> Result<(), Duration> {
        // A proxy on this machine speaks for everybody, and so do tests.
        if address.is_loopback() {
            return Ok(());
        }
        self.take(Sender::Address(address), self.address, count, Instant::now())
    }

    /// The same for a device that says which it is.
    pub fn take_from_device(&self, device: &str, count: usize) -> Result<(), Duration> {
        self.take(Sender::Device(device.to_owned()), self.device, count, Instant::now())
    }

    fn take(&self, sender: Sender, rate: Rate, count: usize, now: Instant) -> Result<(), Duration> {
        if rate.per_minute == 0 {
            return Ok(());
        }
        // Whoever panicked while holding it left nothing half-done.
        let mut buckets = self.buckets.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let most = f64::from(rate.per_minute);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < Duration::from_secs(60));
        }
        let bucket = buckets.entry(sender).or_insert(Bucket { left: most, at: now });
        let since = now.duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + since * most / 60.0).min(most);
        bucket.at = now;
        // A batch larger than a minute's worth would never fit.
        let wanted = (count as f64).min(most);
        if bucket.left >= wanted {
            bucket.left -= wanted;
            return Ok(());
        }
        Err(Duration::from_secs_f64((wanted - bucket.left) * 60.0 / most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::new(Rate { per_minute: 60 }, Rate { per_minute: 600 })
    }

    fn device(name: &str) -> Sender {
        Sender::Device(name.to_owned())
    }

    #[test]
    fn each_device_has_its_own_share_and_gets_it_back() {
        let limits = limits();
        let start = Instant::now();
        let take = |name: &str, after: u64| {
            let rate = Rate { per_minute: 60 };
            limits.take(device(name), rate, 1, start + Duration::from_secs(after))
        };
        for _ in 0..60 {
            assert!(take("a", 0).is_ok());
        }
        assert_eq!(take("a", 0), Err(Duration::from_secs(1)));
        assert!(take("b", 0).is_ok());
        assert!(take("a", 2).is_ok());
    }

    #[test]
    fn a_batch_counts_as_what_is_in_it_but_can_always_be_sent() {
        let limits = limits();
        let start = Instant::now();
        let rate = Rate { per_minute: 60 };
        assert!(limits.take(device("a"), rate, 500, start).is_ok());
        assert!(limits.take(device("a"), rate, 1, start).is_err());
    }

    #[test]
    fn a_proxy_on_this_machine_is_not_one_sender() {
        let limits = limits();
        for _ in 0..2000 {
            assert!(limits.take_from_address(IpAddr::from([127, 0, 0, 1]), 1).is_ok());
        }
        let wide = IpAddr::from([192, 0, 2, 1]);
        let taken = (0..2000).filter(|_| limits.take_from_address(wide, 1).is_ok()).count();
        assert!((600..700).contains(&taken));
    }
}
