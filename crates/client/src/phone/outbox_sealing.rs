//! Each change that the server does not have is also sealed to it, off the save's path.

use super::PhoneError;
use super::machine::Machine;
use super::sealed_work::SealedWork;
use super::session::Entrance;
use super::start::lock;
use crate::{Client, ClientError};
use drempel_domain::id::SpaceId;
use drempel_domain::sync_log::Seq;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long saves are gathered before they are sealed together; well within the second that is promised.
const GATHERING: Duration = Duration::from_millis(300);

/// The sealed work of the present enrolment, shared with the thread that seals.
pub(super) type Shared = Arc<Mutex<Option<SealedWork>>>;

/// Seals what is saved from now on, until the library is closed.
pub(super) fn seal_in_the_background(
    client: &Client,
    entrance: Entrance,
    sealed: Weak<Mutex<Option<SealedWork>>>,
    machine: Machine,
) -> Result<JoinHandle<()>, PhoneError> {
    let (bell, rung) = channel();
    client.ring_when_saved(bell);
    let seals = move || seal_when_rung(&rung, &entrance, &sealed, &machine);
    Ok(thread::Builder::new()
        .name("drempel-outbox".to_owned())
        .spawn(seals)?)
}

fn seal_when_rung(
    rung: &Receiver<()>,
    entrance: &Entrance,
    sealed: &Weak<Mutex<Option<SealedWork>>>,
    machine: &Machine,
) {
    while rung.recv().is_ok() {
        let _ = rung.recv_timeout(GATHERING);
        rung.try_iter().for_each(drop);
        // Whoever closes the library seals what is left.
        let Some((user, sealed)) = entrance.enter().zip(sealed.upgrade()) else {
            return;
        };
        if seal_what_waits(&user, &sealed, machine).is_err() {
            tracing::warn!("what was saved could not be sealed yet");
        }
    }
}

/// Seals every change on which the server has not decided and that is not sealed to its present key, durably.
pub(super) fn seal_what_waits(
    client: &Client,
    sealed: &Mutex<Option<SealedWork>>,
    machine: &Machine,
) -> Result<(), PhoneError> {
    let mut sealed = lock(sealed);
    let Some(sealed) = sealed.as_mut() else {
        return Ok(());
    };
    // Under another identity these numbers name other changes: first there is another outbox.
    if client.device()? != sealed.enrolment().device {
        return Ok(());
    }
    let waiting = client
        .store
        .read(|reader| Ok::<_, ClientError>(reader.pending_numbers()?))?;
    let server = sealed.enrolment().server_key()?;
    let missing = sealed.outbox.missing(waiting, server);
    if missing.is_empty() {
        return Ok(());
    }
    let mut randomness = machine.random()?;
    for (space, seq) in missing {
        if let Some(change) = change_of(client, space, seq)? {
            sealed
                .outbox
                .append(space, seq, &change, server, &mut randomness)?;
        }
    }
    Ok(sealed.outbox.sync()?)
}

/// The change as it travels; nothing when the server decided on it meanwhile.
fn change_of(client: &Client, space: SpaceId, seq: Seq) -> Result<Option<Zeroizing<Vec<u8>>>, ClientError> {
    let change = client
        .store
        .read(|reader| Ok::<_, ClientError>(reader.own_change(space, seq)?))?;
    change
        .map(|change| serde_json::to_vec(&change).map(Zeroizing::new))
        .transpose()
        .map_err(ClientError::Settings)
}
