//! Crossing from one space to another: shares, disclosures and their copies.

use super::actions::Action;
use super::lists::Informed;
use crate::id::{Id, SpaceId};
use crate::record::{Code, EventMoment, Link, PlanDay, Text, Texts, computed_id, record};
use crate::schema::{FieldFault, required};
use crate::sync_log::Fields;
use crate::value::Value;

record! {
    /// The ledger line of a copy that went to another space (*delen*), kept in the space it came from.
    Share in "share", search ["purpose"], rule share_is_complete {
        /// What was shared.
        of: Option<Link>,
        /// Which of its fields.
        fields: Option<Texts>,
        /// Whereto.
        to_space: Option<SpaceId>,
        /// The ground (art. 6 AVG).
        ground: Option<Text>,
        /// The purpose.
        purpose: Option<Text>,
        /// Who receives it.
        recipient: Option<Text>,
        /// Whether the person concerned knows: yes, no, not yet.
        informed: Option<Code<Informed>>,
        /// Until when the recipient may use it.
        expires: Option<PlanDay>,
        /// Whether it was withdrawn.
        withdrawn: Option<bool>,
        /// Why it was withdrawn.
        withdrawn_reason: Option<Text>,
    }
}

fn share_is_complete(set: &Fields, new: bool) -> Vec<FieldFault> {
    if new {
        required(set, &["ground", "purpose", "recipient", "expires"])
    } else {
        Vec::new()
    }
}

/// The name of the action that asks a recipient to stop using a share that was withdrawn: the same whoever makes it.
pub fn correction_action_id(share: Id<Share>) -> Id<Action> {
    Id::new(computed_id("correction", &[share.record().uuid().as_bytes()]))
}

record! {
    /// The ledger line of a copy out of a space under the Wet politiegegevens (*verstrekken*).
    Disclosure in "disclosure", search ["purpose"], rule disclosure_is_lawful {
        /// What was disclosed.
        of: Option<Link>,
        /// Which of its fields.
        fields: Option<Texts>,
        /// Whereto.
        to_space: Option<SpaceId>,
        /// The ground.
        ground: Option<Text>,
        /// The purpose.
        purpose: Option<Text>,
        /// Who receives it.
        recipient: Option<Text>,
        /// The article of the Wpg: 16, 18, 19 or 20.
        article: Option<Text>,
        /// The decision's reference, for articles 19 and 20.
        decision_reference: Option<Text>,
    }
}

fn disclosure_is_lawful(set: &Fields, new: bool) -> Vec<FieldFault> {
    if !new {
        return Vec::new();
    }
    let by_decision = matches!(set.get("article").and_then(Value::as_text), Some("19" | "20"));
    let mut faults = required(set, &["ground", "purpose", "recipient", "article"]);
    if by_decision {
        faults.extend(required(set, &["decision_reference"]));
    }
    faults
}

record! {
    /// The copy at the recipient's: made by the server from a share or a disclosure.
    SharedExtract in "shared_extract", search ["content"] {
        /// What it was copied from.
        of: Option<Link>,
        /// The ledger line.
        ledger: Option<Link>,
        /// The space it came from, by name.
        source: Option<Text>,
        /// The fields as they were, each by its name.
        values: Option<Value>,
        /// The fields as they were, in one text to be searched.
        content: Option<Text>,
        /// On what ground.
        ground: Option<Text>,
        /// For what purpose.
        purpose: Option<Text>,
        /// The article, where it came from a space under the Wpg.
        article: Option<Text>,
        /// Until when it may be used.
        expires: Option<PlanDay>,
        /// When the share was withdrawn.
        withdrawn_at: Option<EventMoment>,
    }
}
