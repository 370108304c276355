//! What a taken change makes elsewhere: extracts of shares, corrections of withdrawn ones, mirrors of referrals.

use crate::directory::Directory;
use crate::storage::{Held, SERVER, Standing, Touched};
use drempel_domain::id::{Id, RecordId, SpaceId, UserId};
use drempel_domain::record::{Code, EventMoment, Link, PlanDay, Record, Scalar, computed_id};
use drempel_domain::records::actions::Action;
use drempel_domain::records::lists::WorkState;
use drempel_domain::records::referrals::Referral;
use drempel_domain::records::sharing::{Share, SharedExtract, correction_action_id};
use drempel_domain::space::Space;
use drempel_domain::sync_log::{Change, Eff, FieldName, Fields, Seq, Version, merge};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days in which a recipient should have stopped using what was withdrawn.
const DAYS_TO_CORRECT: u32 = 7;

/// The fields of a referral that its mirror has too. The young person is another record in another space.
const MIRRORED: &[&str] = &[
    "to_kind", "to_user", "fields", "content", "informed", "reason", "answer", "deleted",
];

/// What the server writes in a space by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ServerWrite {
    pub space: SpaceId,
    pub collection: String,
    pub record: RecordId,
    pub fields: Fields,
    /// When it counts; its device is the nil UUID.
    pub eff: Eff,
    pub when: When,
    /// The referral of another space that this one mirrors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirrors: Option<(SpaceId, RecordId)>,
}

impl ServerWrite {
    /// The same write without the fields that somebody else wrote, or that have their value already.
    pub(crate) fn without_edited(&self, held: Option<&Held>) -> Self {
        let cell = |name: &FieldName| held.and_then(|held| held.cells.get(name));
        let mut write = self.clone();
        write.fields.retain(|name, value| {
            cell(name).is_none_or(|cell| cell.version.device == SERVER && cell.value != *value)
        });
        if held.is_some() {
            write.fields.remove("created_at");
        }
        write
    }
}

/// Whether a write needs its record to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum When {
    /// It does not matter.
    Always,
    /// Only when there is no such record yet.
    Absent,
    /// Only when there is one.
    Present,
}

/// A change that was taken in, and what is around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'a> {
    pub change: &'a Change,
    pub eff: Eff,
    pub author: UserId,
    pub space: &'a Space,
    /// The record with the change in it.
    pub record: &'a Held,
    /// The record that a ledger line is about, where it is in the same space.
    pub of: Option<&'a Held>,
    /// What the record mirrors, when it is a mirror.
    pub mirrors: Option<(SpaceId, RecordId)>,
    pub directory: &'a Directory,
}

/// What follows from a change that was taken in.
pub(crate) fn copies(taken: &Taken<'_>) -> Vec<ServerWrite> {
    match taken.change.collection.as_str() {
        "share" | "disclosure" => of_ledger(taken),
        "referral" => of_referral(taken).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The name of the copy that a ledger line makes.
pub(crate) fn extract_id(ledger: RecordId) -> RecordId {
    computed_id("shared_extract", &[ledger.uuid().as_bytes()])
}

/// The name of the mirror of a referral.
pub(crate) fn mirror_id(referral: RecordId) -> RecordId {
    computed_id("mirrored_referral", &[referral.uuid().as_bytes()])
}

fn values_of(held: &Held) -> Fields {
    let cells = held.cells.iter();
    cells
        .map(|(name, cell)| (name.clone(), cell.value.clone()))
        .collect()
}

fn of_ledger(taken: &Taken<'_>) -> Vec<ServerWrite> {
    let ledger = Share::from_fields(&values_of(taken.record));
    let Some(to) = ledger.to_space.filter(|to| taken.directory.space(*to).is_some()) else {
        return Vec::new();
    };
    let write = |fields: Fields, when| ServerWrite {
        space: to,
        collection: "shared_extract".to_owned(),
        record: extract_id(taken.record.id),
        fields,
        eff: taken.eff,
        when,
        mirrors: None,
    };
    if taken.change.new {
        return vec![write(extract(taken, &ledger), When::Always)];
    }
    let mut writes = Vec::new();
    let changed = changed_terms(taken, &ledger);
    if !changed.is_empty() {
        writes.push(write(changed, When::Present));
    }
    if taken.change.set.contains_key("withdrawn") && ledger.withdrawn == Some(true) {
        writes.push(correction(taken, to));
    }
    writes
}

/// The chosen fields with their values at this moment, and under what terms they may be used.
fn extract(taken: &Taken<'_>, ledger: &Share) -> Fields {
    let chosen = ledger.fields.as_deref().unwrap_or_default();
    let of = taken.of.filter(|of| of.standing != Standing::Erased);
    let values: BTreeMap<String, Value> = of
        .into_iter()
        .flat_map(|of| &of.cells)
        .filter(|(name, cell)| {
            let named = |chosen: &String| chosen == name.as_str() || chosen == name.name();
            chosen.iter().any(named) && !cell.value.is_null()
        })
        .map(|(name, cell)| (name.to_string(), cell.value.clone()))
        .collect();
    let mut content = Vec::new();
    for value in values.values() {
        value.each_text(&mut |text| content.push(text));
    }
    let extract = SharedExtract {
        of: ledger.of.clone(),
        ledger: Some(Link {
            collection: taken.change.collection.clone(),
            record: taken.record.id,
        }),
        source: Some(taken.space.name.clone()),
        content: (!content.is_empty()).then(|| content.join("\n")),
        values: Some(Value::Map(values)),
        ground: ledger.ground.clone(),
        purpose: ledger.purpose.clone(),
        article: text(taken.record, "article"),
        expires: ledger.expires,
        withdrawn_at: None,
    };
    made_by(taken, extract.to_fields())
}

fn text(held: &Held, field: &str) -> Option<String> {
    let cell = held.cells.get(field)?;
    cell.value.as_text().map(str::to_owned)
}

/// Adds when and by whom.
fn made_by(taken: &Taken<'_>, mut fields: Fields) -> Fields {
    let made = [
        ("created_at", EventMoment(taken.eff.moment()).write()),
        ("created_by", taken.author.write()),
    ];
    for (name, value) in made {
        set(&mut fields, name, value);
    }
    fields
}

fn set(fields: &mut Fields, name: &str, value: Value) {
    if let Ok(name) = FieldName::new(name) {
        fields.insert(name, value);
    }
}

/// The terms of an extract that a later change of its ledger line altered.
fn changed_terms(taken: &Taken<'_>, ledger: &Share) -> Fields {
    let mut fields = Fields::new();
    for name in ["ground", "purpose", "expires", "article"] {
        if let Some(value) = taken.change.set.get(name) {
            set(&mut fields, name, value.clone());
        }
    }
    if taken.change.set.contains_key("withdrawn") {
        let at = (ledger.withdrawn == Some(true)).then(|| EventMoment(taken.eff.moment()).write());
        set(&mut fields, "withdrawn_at", at.unwrap_or_default());
    }
    fields
}

/// Something to do for the recipient's lead; the same record as the one that the withdrawer's device may make.
fn correction(taken: &Taken<'_>, to: SpaceId) -> ServerWrite {
    let at = taken.eff.moment();
    let share = Id::new(taken.record.id);
    let action = Action {
        kind: Some(Code::from("correction")),
        title: Some("Gedeelde gegevens zijn ingetrokken: niet meer gebruiken".to_owned()),
        due: Some(PlanDay(at.local_day().plus_days(DAYS_TO_CORRECT))),
        assignee: taken.directory.lead(to, at),
        from_record: Some(Link {
            collection: "shared_extract".to_owned(),
            record: extract_id(taken.record.id),
        }),
        state: Some(WorkState::Open),
        ..Action::default()
    };
    ServerWrite {
        space: to,
        collection: "action".to_owned(),
        record: correction_action_id(share).record(),
        fields: made_by(taken, action.to_fields()),
        eff: taken.eff,
        when: When::Absent,
        mirrors: None,
    }
}

fn of_referral(taken: &Taken<'_>) -> Option<ServerWrite> {
    let referral = taken.record.id;
    if let Some((space, record)) = taken.mirrors {
        return answered(taken, space, record);
    }
    let fields = values_of(taken.record);
    let to_user = Referral::from_fields(&fields).to_user?;
    let to = taken.directory.casemanagement(to_user, taken.eff.moment())?;
    if to == taken.space.id || fields.get("to_kind").and_then(Value::as_text) != Some("internal") {
        return None;
    }
    let changed = |name: &FieldName| taken.change.new || taken.change.set.contains_key(name.as_str());
    let mirrored = |name: &FieldName| MIRRORED.contains(&name.name()) && changed(name);
    let mut mirror: Fields = fields.into_iter().filter(|(name, _)| mirrored(name)).collect();
    if taken.change.new {
        let of = Link {
            collection: "referral".to_owned(),
            record: referral,
        };
        set(&mut mirror, "mirror_of", of.write());
        mirror = made_by(taken, mirror);
    }
    (!mirror.is_empty()).then(|| ServerWrite {
        space: to,
        collection: "referral".to_owned(),
        record: mirror_id(referral),
        fields: mirror,
        eff: taken.eff.after(SERVER),
        when: if taken.change.new {
            When::Always
        } else {
            When::Present
        },
        mirrors: Some((taken.space.id, referral)),
    })
}

/// The casemanager's answer, on its way back to the coach.
fn answered(taken: &Taken<'_>, space: SpaceId, record: RecordId) -> Option<ServerWrite> {
    let (name, answer) = taken.change.set.get_key_value("answer")?;
    Some(ServerWrite {
        space,
        collection: "referral".to_owned(),
        record,
        fields: Fields::from([(name.clone(), answer.clone())]),
        eff: taken.eff.after(SERVER),
        when: When::Present,
        mirrors: None,
    })
}

/// Carries a write out on the record as it is; nothing when that changes nothing. Doing it twice changes nothing.
pub(crate) fn carry_out(write: &ServerWrite, held: Option<Held>, now: Moment) -> Option<Touched> {
    let wanted = match write.when {
        When::Always => true,
        When::Absent => held.is_none(),
        When::Present => held.is_some(),
    };
    let fits = held
        .as_ref()
        .is_none_or(|held| held.standing != Standing::Erased && held.collection == write.collection);
    if !wanted || !fits {
        return None;
    }
    let mut held = held.unwrap_or_else(|| Held::new(write.record, &write.collection, now));
    let before = held.cells.clone();
    let version = Version {
        eff: write.eff,
        device: SERVER,
        seq: Seq::ZERO,
    };
    let merged = merge(&mut held.cells, write.fields.clone(), version, |_| None);
    for field in &merged.won {
        held.written.remove(field);
    }
    (held.cells != before).then_some(Touched { held, whole: false })
}
