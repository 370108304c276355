//! The bench driver: one device, one JSON request a line on standard input, one JSON answer a line on standard output.

use drempel_tests::bench::driver::Driver;
use std::io::{BufRead as _, Write as _, stdin, stdout};

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut driver = Driver::default();
    for line in stdin().lock().lines() {
        let (answer, goes_on) = runtime.block_on(driver.answer(&line?));
        let mut out = stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
        if !goes_on {
            break;
        }
    }
    Ok(())
}
