//! The printed table: what was measured, what it stands beside, what the goal is.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

/// A table that is printed line by line.
pub struct Report<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Report<'a> {
    /// Prints there.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }

    /// Begins a part.
    ///
    /// # Errors
    /// When nothing can be printed.
    pub fn title(&mut self, title: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(writeln!(self.out, "\n{title}")?)
    }

    /// One measurement, what it stands beside, and the goal; nothing fails where it is missed.
    ///
    /// # Errors
    /// When nothing can be printed.
    pub fn line(
        &mut self,
        name: &str,
        measured: &str,
        beside: &str,
        goal: &str,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let goal = if goal.is_empty() {
            String::new()
        } else {
            format!("goal {goal}")
        };
        writeln!(self.out, "  {name:<26} {measured:>12}   {beside:<42} {goal}")?;
        Ok(self.out.flush()?)
    }
}

/// How many times the floor: `2.4×`.
pub fn times(ours: f64, floor: f64) -> String {
    format!("{:.1}×", ours / floor)
}

/// Microseconds as milliseconds.
pub fn millis(micros: u64) -> String {
    format!("{:.1} ms", Duration::from_micros(micros).as_secs_f64() * 1_000.0)
}

/// Bytes as millions.
pub fn megabytes(bytes: u64) -> String {
    format!("{}.{:02} MB", bytes / 1_000_000, bytes % 1_000_000 / 10_000)
}

/// Bytes as multiples of 1024.
pub fn kibibytes(bytes: u64) -> String {
    format!("{}.{} KiB", bytes / 1024, bytes % 1024 * 10 / 1024)
}
