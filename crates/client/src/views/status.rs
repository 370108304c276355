//! Where a record is: on this phone, under way, at the municipality.

use crate::saving::found;
use crate::{Client, ClientError};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::Named;
use drempel_domain::time::Moment;
use drempel_store::Delivery;

/// Where a record is, in one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its last change is on this device only.
    OnThisDevice,
    /// Its last change is being sent.
    UnderWay,
    /// The municipality has its last change.
    Received {
        /// Since when, on the server's clock; absent where somebody else made it.
        at: Option<Moment>,
    },
    /// The municipality did not take its last change.
    Rejected {
        /// The stable code of the reason.
        code: String,
        /// The field concerned.
        field: Option<String>,
    },
    /// A value of it was overwritten by somebody who had not seen it.
    Overwritten,
}

impl Client {
    /// Where a record is. "Received" is said only when a committed answer covers its last change.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn status<K: Named>(&self, id: Id<K>) -> Result<Status, ClientError> {
        self.status_of(K::NAME, id.record())
    }

    /// Where a record of any kind is.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when it is not on this device.
    pub fn status_of(&self, collection: &str, record: RecordId) -> Result<Status, ClientError> {
        let delivery = self.store.read(|reader| {
            let stored = found(reader, collection, record)?;
            Ok::<_, ClientError>(reader.delivery(&stored)?)
        })?;
        Ok(match delivery {
            Delivery::OnThisDevice if self.is_synchronising() => Status::UnderWay,
            Delivery::OnThisDevice => Status::OnThisDevice,
            Delivery::Rejected { code, field } => Status::Rejected { code, field },
            Delivery::Received { .. } | Delivery::NotOurs if !self.overwritten_of(record)?.is_empty() => {
                Status::Overwritten
            }
            Delivery::Received { at, .. } => Status::Received { at: Some(at) },
            Delivery::NotOurs => Status::Received { at: None },
        })
    }

    /// How many changes are on this device only.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn waiting(&self) -> Result<u64, ClientError> {
        self.store.read(|reader| Ok(reader.pending_count()?))
    }

    /// Whether a synchronisation runs now.
    pub fn is_synchronising(&self) -> bool {
        self.pace.try_lock().is_err()
    }
}
