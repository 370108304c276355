//! A phone in a run: the device, what its user has open on it, and the copies that were made of its files.

use super::story::Written;
use crate::world::{Device, Snapshot};
use drempel_client::{Client, Opened, Saved};
use drempel_domain::id::{SpaceId, UserId};
use drempel_domain::record::Whole;
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::youths::Youth;
use drempel_domain::records::{self};
use drempel_domain::schema::Collection;
use drempel_domain::space::Role;
use drempel_protocol::access::Granted;
use drempel_store::{Query, StoreError, Stored};
use std::rc::Rc;

/// The kinds of record on which people work in a run.
pub(super) const KINDS: [&str; 4] = ["quick_note", "street_contact", "youth", "action"];

/// One phone.
pub(super) struct Phone {
    /// The device.
    pub(super) device: Rc<Device>,
    /// Its user.
    pub(super) user: UserId,
    /// How often its files were put back.
    pub(super) life: u32,
    /// A copy of its files, and how many changes had been written anywhere by then.
    pub(super) copy: Option<(Snapshot, usize)>,
    /// A record that its user left open.
    pub(super) open: Option<Open>,
    /// What its user last saved.
    pub(super) last: Option<Saved>,
}

/// A record that was opened, of whichever kind.
pub(super) enum Open {
    /// A note.
    Note(Opened<QuickNote>),
    /// A contact.
    Contact(Opened<StreetContact>),
    /// A young person.
    Youth(Opened<Youth>),
    /// Something to do.
    Action(Opened<Action>),
}

impl Open {
    /// Opens a record as it is now; nothing when its kind is not one on which people work here.
    pub(super) fn new(app: &Client, stored: &Stored) -> Option<Self> {
        let id = stored.id;
        match stored.collection.as_str() {
            "quick_note" => app
                .open_record(drempel_domain::id::Id::new(id))
                .ok()
                .map(Self::Note),
            "street_contact" => app
                .open_record(drempel_domain::id::Id::new(id))
                .ok()
                .map(Self::Contact),
            "youth" => app
                .open_record(drempel_domain::id::Id::new(id))
                .ok()
                .map(Self::Youth),
            "action" => app
                .open_record(drempel_domain::id::Id::new(id))
                .ok()
                .map(Self::Action),
            _ => None,
        }
    }

    /// Writes a text and a number in it, and saves what changed.
    pub(super) fn write_and_save(
        &mut self,
        app: &Client,
        text: String,
    ) -> Result<Saved, drempel_client::ClientError> {
        match self {
            Self::Note(note) => {
                note.record.text = Some(text);
                app.save(note)
            }
            Self::Contact(contact) => {
                contact.record.headcount = Some(Whole(i64::try_from(text.len()).unwrap_or(1)));
                contact.record.note = Some(text);
                app.save(contact)
            }
            Self::Youth(youth) => {
                youth.record.talents.set("football", true);
                youth.record.nickname = Some(text);
                app.save(youth)
            }
            Self::Action(action) => {
                action.record.title = Some(text);
                app.save(action)
            }
        }
    }
}

impl Phone {
    /// A phone whose user has nothing open.
    pub(super) fn new(device: Rc<Device>, user: UserId) -> Self {
        Self {
            device,
            user,
            life: 0,
            copy: None,
            open: None,
            last: None,
        }
    }

    /// The spaces in which its user may write, as far as the phone knows.
    pub(super) fn writable(&self) -> Vec<Granted> {
        let mut spaces = self.device.app().spaces().expect("the library can be read");
        spaces.retain(|granted| matches!(granted.role, Role::Member | Role::Lead | Role::Casemanager));
        spaces
    }

    /// The records of one kind in the spaces in which its user may write.
    pub(super) fn rows(&self, kind: &str, deleted: bool) -> Vec<Stored> {
        let Some(kind) = records::collection(kind) else {
            return Vec::new();
        };
        let query = Query::kind(kind);
        let query = if deleted { query.only_deleted() } else { query };
        let spaces: Vec<SpaceId> = self.writable().iter().map(|granted| granted.space.id).collect();
        let app = self.device.app();
        let mut found = app
            .store()
            .read(|reader| reader.find(&query))
            .expect("the library can be read");
        found.retain(|stored| spaces.contains(&stored.space));
        found
    }

    /// The records of all kinds on which people work.
    pub(super) fn all_rows(&self, deleted: bool) -> Vec<Stored> {
        KINDS.iter().flat_map(|kind| self.rows(kind, deleted)).collect()
    }

    /// Every record of that kind in the library, wherever it belongs.
    pub(super) fn library(&self, kind: &'static Collection) -> Vec<Stored> {
        let app = self.device.app();
        let read = |reader: &drempel_store::Reader<'_>| reader.find(&Query::kind(kind).with_deleted());
        let found: Result<_, StoreError> = app.store().read(read);
        found.expect("the library can be read")
    }
}

/// Whether a phone still has a change, sent or not.
pub(super) fn is_kept(phone: &Phone, written: &Written) -> bool {
    let app = phone.device.app();
    let kept = app
        .store()
        .read(|reader| reader.own_changes(written.change.record));
    let kept = kept.expect("the library can be read");
    kept.iter()
        .any(|own| own.space == written.space && written.is(&own.change))
}
