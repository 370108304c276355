//! What tries Drempel as a whole: real devices and a real server, killed, cut off, measured.

pub mod bench;
pub mod crash;
pub mod network;
pub mod player;
pub mod sample_week;
pub mod simulation;
pub mod world;
