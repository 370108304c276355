//! Programs that are killed at any moment, and what must be true after each kill.

mod checks;
pub mod deed;
pub mod life;
pub mod pocket;
pub mod pocket_trial;
pub mod promises;
pub mod small_disk;
pub mod trial;
pub mod victim;
