//! The clocks, identifiers and secrets of the machine that the app runs on: the only place that reads them.

use drempel_domain::id::{BootId, IdSource};
use drempel_domain::time::{Clock, Clocks};
use std::sync::OnceLock;
use std::time::Instant;
use uuid::Uuid;

/// The machine's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that others take as an argument"
    )]
    fn clocks(&self) -> Clocks {
        let since_1970 = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let boot = boot();
        Clocks {
            wall: i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX),
            boot,
            mono: boot.and_then(|_| monotonic()),
        }
    }
}

/// Milliseconds since the system started, sleep included.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn monotonic() -> Option<i64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    time.tv_sec
        .checked_mul(1_000)?
        .checked_add(time.tv_nsec / 1_000_000)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn monotonic() -> Option<i64> {
    None
}

/// The same clocks; where the system counts no time by itself, with this run of the process for a boot and the time
/// since it began. That stops while the device sleeps, so it serves waits that may be too long and never too short.
pub fn counting(clocks: Clocks) -> Clocks {
    if clocks.boot.is_some() && clocks.mono.is_some() {
        return clocks;
    }
    let (boot, began) = *RUN.get_or_init(|| (BootId::new(RandomIds.next()), instant()));
    let since = instant().saturating_duration_since(began).as_millis();
    Clocks {
        boot: Some(boot),
        mono: i64::try_from(since).ok(),
        ..clocks
    }
}

/// This run of the process, and when it was first asked for the time.
static RUN: OnceLock<(BootId, Instant)> = OnceLock::new();

#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that others take as an argument"
)]
fn instant() -> Instant {
    Instant::now()
}

/// Which run of the operating system this is, where it can be known.
fn boot() -> Option<BootId> {
    static BOOT: OnceLock<Option<BootId>> = OnceLock::new();
    *BOOT.get_or_init(|| {
        let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        text.trim().parse().ok()
    })
}

/// Identifiers that follow time (UUID version 7), so that records made after one another lie beside one another.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the source that others take as an argument"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Random bytes of the operating system.
///
/// # Errors
/// When the operating system has none to give.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
