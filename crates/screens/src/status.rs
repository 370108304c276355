//! Where a record is, in one word for a screen.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::Status;
use drempel_client::views;
use drempel_domain::id::RecordId;
use drempel_domain::time::DAY;
use drempel_store::Decision;

/// Where a record is, and whether it has been on this device only for longer than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whereabouts {
    pub(crate) status: Status,
    pub(crate) late: bool,
}

impl Screens<'_> {
    /// Where a record is.
    pub(crate) fn whereabouts(
        &self,
        collection: &str,
        record: RecordId,
    ) -> Result<Whereabouts, CommandError> {
        let status = match self.client.status_of(collection, record)? {
            views::Status::OnThisDevice => Status::OnDevice,
            views::Status::UnderWay => Status::UnderWay,
            views::Status::Received { .. } => Status::Received,
            views::Status::Rejected { .. } => Status::Rejected,
            views::Status::Overwritten if self.is_settled(record)? => Status::Received,
            views::Status::Overwritten => Status::Overwritten,
        };
        let late = status == Status::OnDevice && self.waits_for_long(record)?;
        Ok(Whereabouts { status, late })
    }

    /// Whether nothing of the person's own that was overwritten in a record is still to be settled here.
    fn is_settled(&self, record: RecordId) -> Result<bool, CommandError> {
        let open = self.open_overwritten()?;
        let of = |kept: &views::KeptValue| kept.kept.of.as_ref().map(|of| of.record);
        Ok(open.iter().all(|kept| of(kept) != Some(record)))
    }

    fn waits_for_long(&self, record: RecordId) -> Result<bool, CommandError> {
        let yesterday = self.client.now().millis() - DAY;
        let changes = self.client.store().read(|reader| reader.own_changes(record))?;
        let waits = |decision: Decision| decision == Decision::Pending;
        Ok(changes
            .iter()
            .any(|own| waits(own.decision) && own.change.made.wall < yesterday))
    }
}
