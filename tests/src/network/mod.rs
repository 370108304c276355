//! Real sockets on loopback: a server of a small municipality, devices of its people, and a relay that spoils what passes.

pub mod device;
pub mod dice;
pub mod relay;
pub mod site;
