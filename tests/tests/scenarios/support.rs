//! What the scenarios do and look at, in a word each.

use drempel_client::actions::{StreetContactForm, YouthForm};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Record, Whole};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::sync_log::FieldName;
use drempel_domain::time::Clock as _;
use drempel_domain::value::Value;
use drempel_screens::Way;
use drempel_screens::shapes::{Connection, Lease};
use drempel_store::{LocalChange, Problem, Query, Stored};
use drempel_tests::world::Device;

/// The municipality can be reached, and was of late.
pub(crate) const ONLINE: Way = Way {
    connection: Connection::Online,
    running: None,
    lease: Lease {
        days_without_contact: 0,
        reading_ends_in_days: None,
        last_contact: None,
    },
};

pub(crate) fn field(name: &str) -> FieldName {
    FieldName::new(name).unwrap()
}

/// Writes a note with these words.
pub(crate) fn note(device: &Device, space: SpaceId, words: &str) -> Id<QuickNote> {
    device.app().note(space, words, None).unwrap().first().unwrap()
}

/// Makes a young person known by a nickname.
pub(crate) fn youth(device: &Device, space: SpaceId, nickname: &str) -> Id<Youth> {
    let youth = Youth {
        nickname: Some(nickname.to_owned()),
        ..Youth::default()
    };
    let form = YouthForm {
        youth,
        ..YouthForm::default()
    };
    device.app().create_youth(space, form).unwrap().first().unwrap()
}

/// A contact with so many young people.
pub(crate) fn contact(device: &Device, space: SpaceId, headcount: i64) -> Id<StreetContact> {
    let contact = StreetContact {
        headcount: Some(Whole(headcount)),
        ..StreetContact::default()
    };
    let form = StreetContactForm {
        contact,
        ..StreetContactForm::default()
    };
    device
        .app()
        .record_street_contact(space, form)
        .unwrap()
        .first()
        .unwrap()
}

pub(crate) fn rename(device: &Device, youth: Id<Youth>, nickname: &str) {
    let name = |youth: &mut Youth| youth.nickname = Some(nickname.to_owned());
    let _ = device.app().edit(youth, name).unwrap();
}

pub(crate) fn nickname(device: &Device, youth: Id<Youth>) -> Option<String> {
    device.app().open_record(youth).unwrap().record.nickname
}

/// The words of every note that a phone shows.
pub(crate) fn notes(device: &Device) -> Vec<String> {
    all::<QuickNote>(device)
        .into_iter()
        .filter_map(|note| note.text)
        .collect()
}

pub(crate) fn all<K: Record + drempel_domain::record::Named>(device: &Device) -> Vec<K> {
    rows::<K>(device).iter().map(Stored::typed).collect()
}

pub(crate) fn rows<K: Record + drempel_domain::record::Named>(device: &Device) -> Vec<Stored> {
    device
        .app()
        .store()
        .read(|reader| reader.find(&Query::of::<K>()))
        .unwrap()
}

/// Puts a change into a library that the app itself would not make.
pub(crate) fn force(device: &Device, space: SpaceId, kind: &str, set: &[(&str, Value)]) -> RecordId {
    let record = device.app().new_draft();
    let common = [
        ("created_at", device.clock().now().to_string().into()),
        ("created_by", device.app().person().unwrap().id.to_string().into()),
    ];
    let set = common
        .iter()
        .chain(set)
        .map(|(name, value)| (field(name), value.clone()));
    let change = LocalChange {
        space,
        collection: kind.to_owned(),
        record,
        new: true,
        set: set.collect(),
        base: Default::default(),
        made: device.clock().clocks(),
        instead_of: None,
    };
    device
        .app()
        .store()
        .write(|writer| writer.apply_local(&change))
        .unwrap();
    record
}

pub(crate) fn too_long() -> Value {
    Value::Text("lang ".repeat(5_000))
}

pub(crate) fn only_problem(device: &Device) -> Problem {
    let mut problems = device.app().problems().unwrap();
    assert_eq!(problems.len(), 1);
    problems.remove(0)
}

pub(crate) fn holds(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|window| window == words.as_bytes())
}
