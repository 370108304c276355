//! A value that lost unseen, as the record that keeps it.

use crate::storage::{Held, SERVER};
use drempel_domain::id::{RecordId, UserId};
use drempel_domain::record::{EventMoment, Link, Record as _, Scalar as _, computed_id};
use drempel_domain::records::questions::Overwritten;
use drempel_domain::sync_log::{Cell, Eff, FieldName, Overwriting, Seq, Version};
use drempel_domain::time::Moment;

/// A value that lost, and whose it was.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    /// The record in which it lost.
    pub of: Link,
    pub row: Overwriting,
    pub author: Option<UserId>,
    pub winner: Option<UserId>,
}

impl Lost {
    /// Whether it is something that a person wrote about something.
    pub(crate) fn is_kept(&self) -> bool {
        let servers = self.row.lost.device == SERVER || self.row.won.device == SERVER;
        !servers && !matches!(self.row.field.as_str(), "created_at" | "created_by")
    }

    /// One name for one lost value, so that keeping it twice keeps it once.
    pub(crate) fn id(&self) -> RecordId {
        computed_id(
            "overwritten",
            &[
                self.of.record.uuid().as_bytes(),
                self.row.field.as_str().as_bytes(),
                &self.row.lost.eff.bits().to_be_bytes(),
                self.row.lost.device.uuid().as_bytes(),
                &self.row.lost.seq.0.to_be_bytes(),
            ],
        )
    }

    /// The record, made now; it ages and is erased with the one that it is about.
    pub(crate) fn into_record(self, now: Moment) -> Held {
        let mut held = Held::new(self.id(), "overwritten", now);
        held.about = Some(self.of.record);
        let overwritten = Overwritten {
            of: Some(self.of),
            field: Some(self.row.field.to_string()),
            author: self.author,
            written_at: Some(EventMoment(self.row.lost.eff.moment())),
            winner: self.winner,
            won_at: Some(EventMoment(self.row.won.eff.moment())),
            value: Some(self.row.value),
        };
        let mut fields = overwritten.to_fields();
        if let Ok(name) = FieldName::new("created_at") {
            fields.insert(name, EventMoment(now).write());
        }
        let version = Version {
            eff: Eff::at(now),
            device: SERVER,
            seq: Seq::ZERO,
        };
        let cells = fields.into_iter();
        held.cells = cells
            .map(|(name, value)| (name, Cell { value, version }))
            .collect();
        held
    }
}
