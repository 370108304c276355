//! What one change alone shows to be invalid or forbidden.
//!
//! A rule over several records never refuses here: both stay, and somebody is asked.

use crate::storage::{Held, Part};
use drempel_domain::id::UserId;
use drempel_domain::records;
use drempel_domain::rules::bsn;
use drempel_domain::schema::{Fault, FieldFault};
use drempel_domain::space::{Membership, Space, SpaceKind, holds_kind, may_write};
use drempel_domain::sync_log::{Change, Eff, Reason};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use drempel_protocol::limits::{CHANGE_BYTES, FIELD_BYTES};

/// A change and everything that decides whether it can be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    pub change: &'a Change,
    /// Bytes of the change as it travelled.
    pub size: usize,
    /// When it counts.
    pub eff: Eff,
    pub now: Moment,
    pub author: UserId,
    /// Under the number of which part of the device it was made.
    pub part: Part,
    /// The space; none where it does not exist, which is answered as a space that the author does not belong to.
    pub space: Option<&'a Space>,
    /// The author's memberships of it.
    pub memberships: &'a [Membership],
    /// The record as it is in that space.
    pub held: Option<&'a Held>,
}

/// Kinds of record that only the server writes.
const SERVERS_OWN: &[&str] = &["overwritten", "shared_extract"];

/// Fields that are set once, when a record is made.
const FIXED: &[&str] = &["created_at", "created_by"];

/// Why a change goes to quarantine; nothing when it can be taken in.
pub(crate) fn judge(case: &Case<'_>) -> Option<Reason> {
    let checks: [fn(&Case<'_>) -> Option<Reason>; 8] = [
        forbidden, unlocked, reserved, oversized, faulty, unreadable, unknown, forged,
    ];
    checks.iter().find_map(|check| check(case))
}

fn reason(code: &str, field: Option<&str>) -> Reason {
    Reason {
        code: code.to_owned(),
        field: field.map(str::to_owned),
    }
}

fn of_fault(fault: &FieldFault) -> Reason {
    reason(fault.fault.code(), Some(&fault.field))
}

fn forbidden(case: &Case<'_>) -> Option<Reason> {
    let memberships = if case.space.is_some() {
        case.memberships
    } else {
        &[]
    };
    let refusal = may_write(memberships, &case.change.collection, case.eff).err()?;
    Some(reason(refusal.code(), Some("space")))
}

/// Without unlocking one records new things in one's own space, marked as such, and does nothing else.
fn unlocked(case: &Case<'_>) -> Option<Reason> {
    let change = case.change;
    let is_marked = change.set.get("recorded_locked").and_then(Value::as_bool) == Some(true);
    let is_own = case.space.is_some_and(|space| space.kind == SpaceKind::Personal);
    let may = match case.part {
        Part::Database => true,
        Part::Lock => change.new && is_marked && is_own,
    };
    (!may).then(|| reason("not_for_the_lock", None))
}

fn reserved(case: &Case<'_>) -> Option<Reason> {
    let change = case.change;
    if SERVERS_OWN.contains(&change.collection.as_str()) {
        return Some(reason("reserved_collection", None));
    }
    let fits = case
        .space
        .is_some_and(|space| holds_kind(space.regime, &change.collection));
    (!fits).then(|| reason(Fault::WrongRegime.code(), Some("space")))
}

fn oversized(case: &Case<'_>) -> Option<Reason> {
    if case.size > CHANGE_BYTES {
        return Some(reason("too_large", None));
    }
    let mut fields = case.change.set.iter();
    let (field, _) = fields.find(|(_, value)| value.to_json().len() > FIELD_BYTES)?;
    Some(reason("too_large", Some(field.as_str())))
}

fn faulty(case: &Case<'_>) -> Option<Reason> {
    let Change {
        set, new, collection, ..
    } = case.change;
    let known = records::collection(collection);
    // A device whose clock is ahead dates what it records ahead: no clock keeps a recording out.
    let latest = case.now.max(case.change.made.moment());
    let faults = known.map(|kind| kind.check(set, *new, latest));
    if let Some(fault) = faults.iter().flatten().next() {
        return Some(of_fault(fault));
    }
    let told = case.held.and_then(|held| held.cells.get("not_bsn"));
    let told = told.and_then(|cell| cell.value.as_bool()) == Some(true);
    let faults = bsn::check(set, case.space?.regime, told);
    faults.first().map(of_fault)
}

fn unreadable(case: &Case<'_>) -> Option<Reason> {
    let fault = case.change.check_form().err();
    fault.map(|_| reason("unreadable", None))
}

fn unknown(case: &Case<'_>) -> Option<Reason> {
    let known = match case.held {
        Some(held) => held.collection == case.change.collection,
        None => case.change.new,
    };
    (!known).then(|| reason("unknown_record", None))
}

/// What only the author's token, the first change or the server decides.
fn forged(case: &Case<'_>) -> Option<Reason> {
    let Change { set, record, new, .. } = case.change;
    if set.contains_key("mirror_of") && case.change.collection == "referral" {
        return Some(reason("immutable_field", Some("mirror_of")));
    }
    // Records with a computed identifier are made by several devices apart, each with its own time and author.
    // So is one that was refused at first, and that somebody released while its author mended it.
    let made_apart = *new && (record.uuid().get_version_num() == 5 || case.change.instead_of.is_some());
    let Some(held) = case.held.filter(|_| !made_apart) else {
        let by = set.get("created_by").filter(|by| !by.is_null())?;
        let differs = by.as_text() != Some(&case.author.to_string());
        return differs.then(|| reason("author_differs", Some("created_by")));
    };
    let differs = |name: &&&str| match (set.get(**name), held.cells.get(**name)) {
        (Some(value), Some(cell)) => cell.value != *value,
        (Some(value), None) => *value != Value::Null,
        (None, _) => false,
    };
    let fixed = FIXED.iter().find(differs)?;
    Some(reason("immutable_field", Some(fixed)))
}
