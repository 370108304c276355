//! What to ask next, decided from what the device knows. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use drempel_domain::id::{DeviceId, EpochId, RecordId};
use drempel_domain::sync_log::{Change, Seq};
use drempel_domain::time::Clocks;
use drempel_protocol::PROTOCOL;
use drempel_protocol::limits;
use drempel_protocol::synchronisation::{
    LostChange, OpaqueChange, Opened, Report, SpaceRequest, SyncRequest,
};
use drempel_store::SpaceState;
use serde_json::value::RawValue;

/// Everything that a request is made from.
pub(crate) struct Known {
    pub(crate) device: DeviceId,
    pub(crate) epoch: Option<EpochId>,
    pub(crate) access: Option<String>,
    pub(crate) configuration: Option<String>,
    pub(crate) keys: Option<String>,
    pub(crate) lease: Option<i64>,
    pub(crate) next_token: Option<String>,
    pub(crate) opened: Vec<Opened>,
    pub(crate) clocks: Clocks,
    pub(crate) spaces: Vec<KnownSpace>,
}

/// What the device knows of one space, and what it has to say about it.
pub(crate) struct KnownSpace {
    pub(crate) state: SpaceState,
    pub(crate) changes: Vec<Change>,
    /// Numbers that the server asks for and the device cannot produce, from this one up to its first change.
    pub(crate) lost_from: Option<Seq>,
    /// Whether its first change goes as bytes, because it made whole requests fail.
    pub(crate) opaque: bool,
    pub(crate) open: Vec<Seq>,
    pub(crate) discard: Vec<Seq>,
    pub(crate) want: Vec<RecordId>,
    pub(crate) differs: bool,
}

impl KnownSpace {
    /// Whether there is a reason to ask about it: the person belongs to it, or something of it waits.
    pub(crate) fn matters(&self) -> bool {
        let belongs = self.state.granted.is_some() && !self.state.removed;
        belongs || self.state.pending > 0 || !self.open.is_empty() || !self.discard.is_empty()
    }
}

/// The request for what is known.
pub(crate) fn request(known: Known) -> Result<SyncRequest, serde_json::Error> {
    let removed = known
        .spaces
        .iter()
        .filter(|space| space.state.removed)
        .map(|space| space.state.id);
    let removed = removed.collect();
    let asked = known
        .spaces
        .into_iter()
        .filter(KnownSpace::matters)
        .take(limits::SPACES);
    Ok(SyncRequest {
        protocol: PROTOCOL,
        app: env!("CARGO_PKG_VERSION").to_owned(),
        device: known.device,
        clocks: known.clocks,
        epoch: known.epoch,
        access: known.access,
        configuration: known.configuration,
        keys: known.keys,
        lease: known.lease,
        next_token_sha256: known.next_token,
        opened: known.opened,
        removed,
        // What was recorded while locked is handed in sealed.
        locked: Vec::new(),
        spaces: asked.map(space_request).collect::<Result<_, _>>()?,
    })
}

fn space_request(mut space: KnownSpace) -> Result<SpaceRequest, serde_json::Error> {
    space.open.truncate(limits::LISTED);
    space.discard.truncate(limits::LISTED);
    space.want.truncate(limits::LISTED);
    let report = Report {
        differs: space.differs,
        unread: space.state.unread,
    };
    Ok(SpaceRequest {
        space: space.state.id,
        changes: sent_changes(&space)?,
        cursor: space.state.cursor,
        received_through: space.state.received_through,
        open: space.open,
        discard: space.discard,
        want: space.want,
        report: (report != Report::default()).then_some(report),
    })
}

fn sent_changes(space: &KnownSpace) -> Result<Vec<Box<RawValue>>, serde_json::Error> {
    let mut sent = Vec::with_capacity(space.changes.len());
    for seq in lost_numbers(space) {
        sent.push(serde_json::value::to_raw_value(&LostChange { seq, lost: true })?);
    }
    for (index, change) in space.changes.iter().enumerate() {
        let raw = serde_json::value::to_raw_value(change)?;
        sent.push(match space.opaque && index == 0 {
            true => serde_json::value::to_raw_value(&OpaqueChange {
                seq: change.seq,
                opaque: STANDARD.encode(raw.get()),
            })?,
            false => raw,
        });
    }
    Ok(sent)
}

/// The numbers from the one that the server expects up to the first that the device has.
fn lost_numbers(space: &KnownSpace) -> impl Iterator<Item = Seq> {
    let first = space
        .changes
        .first()
        .map_or(space.state.last_seq.next(), |change| change.seq);
    let from = space.lost_from.unwrap_or(first);
    (from.0..first.0).take(limits::CHANGES / 2).map(Seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use drempel_domain::id::SpaceId;
    use drempel_domain::sync_log::{Cursor, FieldName, Fields};
    use uuid::Uuid;

    fn change(seq: u64) -> Change {
        Change {
            seq: Seq(seq),
            collection: "quick_note".to_owned(),
            record: RecordId::new(Uuid::from_u128(9)),
            new: true,
            set: Fields::from([(FieldName::new("text").unwrap(), "x".into())]),
            base: Default::default(),
            made: clocks(),
            instead_of: None,
            given: None,
        }
    }

    fn clocks() -> Clocks {
        Clocks {
            wall: 1,
            boot: None,
            mono: None,
        }
    }

    fn space(changes: Vec<Change>) -> KnownSpace {
        KnownSpace {
            state: SpaceState {
                id: SpaceId::new(Uuid::from_u128(1)),
                granted: Some("{}".to_owned()),
                removed: false,
                cursor: Some(Cursor { since: 3, at: 3 }),
                last_seq: Seq(9),
                received_through: Seq(4),
                durable_through: Seq(0),
                unread: 0,
                pending: 1,
                rereading: false,
            },
            changes,
            lost_from: None,
            opaque: false,
            open: Vec::new(),
            discard: Vec::new(),
            want: Vec::new(),
            differs: false,
        }
    }

    fn sent(space: KnownSpace) -> Vec<String> {
        let request = space_request(space).unwrap();
        request.changes.iter().map(|raw| raw.get().to_owned()).collect()
    }

    #[test]
    fn numbers_that_are_gone_are_said_to_be_lost() {
        let mut known = space(vec![change(8)]);
        known.lost_from = Some(Seq(6));
        let sent = sent(known);
        assert_eq!(
            sent[..2],
            [r#"{"seq":6,"lost":true}"#, r#"{"seq":7,"lost":true}"#]
        );
        assert!(sent[2].starts_with(r#"{"seq":8,"#));
        let mut nothing_left = space(Vec::new());
        nothing_left.lost_from = Some(Seq(9));
        assert_eq!(self::sent(nothing_left), [r#"{"seq":9,"lost":true}"#]);
    }

    #[test]
    fn a_change_that_makes_requests_fail_goes_as_bytes() {
        let mut known = space(vec![change(5), change(6)]);
        known.opaque = true;
        let sent = sent(known);
        assert!(sent[0].starts_with(r#"{"seq":5,"opaque":""#));
        assert!(sent[1].starts_with(r#"{"seq":6,"collection""#));
    }

    #[test]
    fn a_space_that_was_left_is_asked_about_only_while_something_waits() {
        let mut left = space(Vec::new());
        left.state.granted = None;
        left.state.pending = 0;
        assert!(!left.matters());
        left.open.push(Seq(3));
        assert!(left.matters());
    }
}
