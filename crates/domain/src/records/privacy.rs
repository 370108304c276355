//! What people may ask about their own data.

use super::youths::Youth;
use crate::id::Id;
use crate::record::{EventMoment, Link, PlanDay, Text, record};

record! {
    /// Somebody asks what is kept about them (*inzageverzoek*, art. 15 AVG).
    AccessRequest in "access_request", search ["asked_by"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// Who asked.
        asked_by: Option<Text>,
        /// Whether their identity was checked.
        identity_checked: Option<bool>,
        /// The day by which an answer is due: one month (art. 12 lid 3 AVG).
        deadline: Option<PlanDay>,
        /// Whether the export was made.
        exported: Option<bool>,
        /// When the export was made.
        exported_at: Option<EventMoment>,
        /// Whether other people were left out of it.
        redact_third_parties: Option<bool>,
        /// The result.
        result: Option<Text>,
    }
}

record! {
    /// Somebody says that something about them is wrong (*rectificatie*, art. 16 AVG).
    Rectification in "rectification", search ["claim"] {
        /// The young person.
        youth: Option<Id<Youth>>,
        /// The record.
        of: Option<Link>,
        /// The field.
        field: Option<Text>,
        /// What they say it should be.
        claim: Option<Text>,
        /// What was decided.
        result: Option<Text>,
        /// Who were told.
        recipients_informed: Option<Text>,
    }
}
