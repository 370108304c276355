//! What another process used: processor time and memory, as the kernel counts them.

use std::fs;
use std::io;
use std::time::Duration;

/// Clock ticks of `/proc` in a second: 100 on every Linux of today.
const TICKS: u32 = 100;

/// What that process used of the processors since it began, user and system together, threads that ended included.
///
/// # Errors
/// When there is no such process.
pub fn processor_time(pid: u32) -> io::Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let ticks = ticks_used(&text).ok_or_else(|| io::Error::other("/proc/…/stat has another form"))?;
    Ok(Duration::from_secs(ticks) / TICKS)
}

/// The most memory (resident set, in bytes) that the process had at once since it began, or since [`forget_peak`].
///
/// # Errors
/// When there is no such process.
pub fn peak_memory(pid: u32) -> io::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kibibytes
        .map(|kibibytes| kibibytes * 1024)
        .ok_or_else(|| io::Error::other("/proc/…/status has another form"))
}

/// Lets [`peak_memory`] begin anew.
///
/// # Errors
/// When there is no such process, or it belongs to somebody else.
pub fn forget_peak(pid: u32) -> io::Result<()> {
    fs::write(format!("/proc/{pid}/clear_refs"), "5")
}

/// Fields 14 and 15 (user and system time) of `/proc/…/stat`, counted behind the command's closing parenthesis.
fn ticks_used(stat: &str) -> Option<u64> {
    let (_, behind) = stat.rsplit_once(") ")?;
    let mut fields = behind.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 25 17 0 0 20 0 1 0 5";
        assert_eq!(ticks_used(stat), Some(42));
        assert_eq!(ticks_used(""), None);
    }

    #[test]
    fn this_process_uses_memory() {
        assert!(peak_memory(std::process::id()).unwrap() > 0);
        processor_time(std::process::id()).unwrap();
    }
}
