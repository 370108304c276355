//! How often one may ask: a bucket of tokens for each device, and for each address that tried a wrong code.

use drempel_domain::id::DeviceId;
use drempel_domain::time::Moment;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// How many buckets are kept before those that are full again are thrown away.
const MOST_BUCKETS: usize = 20_000;

/// How large a bucket is and how fast it fills.
#[derive(Clone, Copy, Debug)]
struct Size {
    tokens: i64,
    /// Milliseconds in which one token comes back.
    refill: i64,
}

/// A device may deliver weeks of work and read everything in one go.
const DEVICE: Size = Size {
    tokens: 2_000,
    refill: 50,
};

/// Guessing a code of 50 bits takes far more than this.
const WRONG_CODES: Size = Size {
    tokens: 30,
    refill: 10_000,
};

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Rates {
    devices: Buckets<DeviceId>,
    addresses: Buckets<IpAddr>,
}

#[derive(Debug)]
struct Buckets<K>(Mutex<HashMap<K, Bucket>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// What is left, in milliseconds of refilling.
    left: i64,
    at: Moment,
}

impl Rates {
    /// Counts a request of a device; with an error the seconds to wait.
    pub(crate) fn ask(&self, device: DeviceId, now: Moment) -> Result<(), u64> {
        self.devices.take(device, DEVICE, now, true)
    }

    /// Whether an address may try a code; wrong ones are counted by [`Rates::wrong_code`].
    pub(crate) fn may_try(&self, address: IpAddr, now: Moment) -> Result<(), u64> {
        self.addresses.take(address, WRONG_CODES, now, false)
    }

    /// Counts a wrong code.
    pub(crate) fn wrong_code(&self, address: IpAddr, now: Moment) {
        // Whether the bucket is empty now is asked before the next try.
        let _ = self.addresses.take(address, WRONG_CODES, now, true);
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, key: K, size: Size, now: Moment, count: bool) -> Result<(), u64> {
        let full = size.tokens.saturating_mul(size.refill);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| bucket.at_time(now, full).left < full);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: full, at: now });
        *bucket = bucket.at_time(now, full);
        if bucket.left < size.refill {
            let missing = size.refill.saturating_sub(bucket.left);
            return Err(u64::try_from(missing.div_euclid(1_000))
                .unwrap_or(0)
                .saturating_add(1));
        }
        if count {
            bucket.left = bucket.left.saturating_sub(size.refill);
        }
        Ok(())
    }
}

impl Bucket {
    fn at_time(self, now: Moment, full: i64) -> Self {
        // A clock that was set back fills nothing.
        let passed = now.millis().saturating_sub(self.at.millis()).max(0);
        Self {
            left: self.left.saturating_add(passed).min(full),
            at: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_fills_with_time() {
        let rates = Rates::default();
        let ana = DeviceId::new(uuid::Uuid::from_u128(1));
        let start = Moment::from_millis(1_000_000);
        for _ in 0..DEVICE.tokens {
            assert_eq!(rates.ask(ana, start), Ok(()));
        }
        assert_eq!(rates.ask(ana, start), Err(1));
        let bo = DeviceId::new(uuid::Uuid::from_u128(2));
        assert_eq!(rates.ask(bo, start), Ok(()));
        assert_eq!(rates.ask(ana, start.plus_millis(DEVICE.refill)), Ok(()));
        assert_eq!(rates.ask(ana, start.plus_millis(-5_000)), Err(1));
    }

    #[test]
    fn an_address_is_held_up_by_wrong_codes_only() {
        let rates = Rates::default();
        let address = IpAddr::from([127, 0, 0, 1]);
        let now = Moment::from_millis(0);
        for _ in 0..WRONG_CODES.tokens {
            assert_eq!(rates.may_try(address, now), Ok(()));
            rates.wrong_code(address, now);
        }
        assert_eq!(rates.may_try(address, now), Err(11));
    }
}
