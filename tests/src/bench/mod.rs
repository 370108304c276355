//! The same workload that other systems were measured with, run against ours, beside a floor.

pub mod budgets;
pub mod children;
pub mod clock;
pub mod driver;
pub mod floor;
pub mod mapping;
pub mod process;
pub mod report;
pub mod workload;
