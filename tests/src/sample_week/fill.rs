//! Fills a server with the week before an instant, through real phones that synchronise with it.

use super::people::meet;
use super::work::{Week, evenings, loose_ends, tonight};
use crate::world::World;
use drempel_client::ClientError;
use drempel_domain::time::{DAY, Moment};
use std::path::Path;

/// The municipality's file.
pub const MUNICIPALITY: &str = include_str!("../../data/sample-municipality.json");

/// The short name of the person whose app is opened.
pub const PERSON: &str = "ana";

/// Makes a server's data in `directory/data`, with the municipality and its last seven days.
///
/// # Errors
/// [`ClientError`] when a phone cannot record what the week holds: a rule has changed, and the week has not.
///
/// # Panics
/// When there is a server's data already, or a phone cannot synchronise.
pub fn fill(directory: &Path, now: Moment) -> Result<(), ClientError> {
    let world = World::of(directory, MUNICIPALITY, now.plus_millis(-8 * DAY));
    let team = drempel_server::space_id("coachteam");
    let youths = meet(&world, &world.device(PERSON), team)?;
    world.settle();
    let week = Week {
        world: &world,
        team,
        joint: drempel_server::space_id("samen"),
        now,
        youths,
    };
    evenings(&week)?;
    loose_ends(&week)?;
    tonight(&week)?;
    world.settle();
    Ok(())
}
