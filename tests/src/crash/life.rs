//! The life of a device that may be killed at any moment: it records, edits, drafts and synchronises without end.

use super::deed::{Deed, text_of, version_of};
use crate::network::device;
use crate::network::dice::Dice;
use drempel_client::Client;
use drempel_client::actions::{Person, StreetContactForm};
use drempel_client::sync::Http;
use drempel_domain::id::{DeviceId, Id, RecordId, SpaceId};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::sync_log::Seq;
use drempel_domain::value::Value;
use drempel_store::Query;
use serde_json::json;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// Where a device lives and what decides its days.
#[derive(Clone, Debug)]
pub struct Birth {
    /// Its folder.
    pub folder: PathBuf,
    /// The file that holds the server's address of the moment.
    pub address: PathBuf,
    /// Whose it is.
    pub user: String,
    /// What its days look like.
    pub seed: u64,
}

/// Lives until it is killed, or nobody listens any more.
///
/// # Errors
/// What the device itself could not do; a server that is away is no error.
pub async fn live(birth: &Birth, out: &mut impl Write) -> Done {
    let client = device::open(&birth.folder)?;
    let mut dice = Dice::new(birth.seed);
    let team = loop {
        // The server may be away, or killed while it answers.
        let _ = enrol(&client, birth).await;
        match device::team(&client) {
            Ok(team) => break team,
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    let mut said = BTreeMap::new();
    loop {
        match dice.below(10) {
            0..=3 => record(&client, team, &mut dice, out)?,
            4..=6 => edit(&client, &mut dice, out)?,
            7 => draft(&client, &birth.user, out)?,
            _ => synchronise(&client, birth, &mut said, out).await?,
        }
    }
}

async fn enrol(client: &Client, birth: &Birth) -> Done {
    let server = fs::read_to_string(&birth.address)?;
    device::enrol(client, &server, &birth.user, &birth.folder.join("enrolment.code")).await
}

fn record(client: &Client, team: SpaceId, dice: &mut Dice, out: &mut impl Write) -> Done {
    let people = usize::try_from(dice.below(5))? + 1;
    let form = StreetContactForm {
        contact: StreetContact {
            note: Some(text_of(0)),
            place_text: Some(text_of(0)),
            result_text: Some(text_of(0)),
            ..StreetContact::default()
        },
        people: (0..people)
            .map(|_| Person::Unknown("rode jas".to_owned()))
            .collect(),
        ..StreetContactForm::default()
    };
    let saved = client.record_street_contact(team, form)?;
    let contact = saved.first::<StreetContact>().ok_or("a contact was recorded")?;
    let contact = contact.record();
    Ok(Deed::Recorded { contact, people }.say(out)?)
}

/// Edits one of the contacts that this person recorded most recently, three fields in one save.
fn edit(client: &Client, dice: &mut Dice, out: &mut impl Write) -> Done {
    let mine = own_contacts(client, 20)?;
    let Some(contact) = dice.one_of(&mine).copied() else {
        return Ok(());
    };
    let mut opened = client.open_record(contact)?;
    let before = opened.record.note.as_deref().and_then(version_of).unwrap_or(0);
    let version = before + 1;
    opened.record.note = Some(text_of(version));
    opened.record.place_text = Some(text_of(version));
    opened.record.result_text = Some(text_of(version));
    let _ = client.save(&opened)?;
    let contact = contact.record();
    Ok(Deed::Edited { contact, version }.say(out)?)
}

/// The contacts that this person recorded, the most recent ones first.
///
/// # Errors
/// When the library cannot be read.
pub fn own_contacts(client: &Client, most: usize) -> Done<Vec<Id<StreetContact>>> {
    let me = Value::Text(client.person()?.id.to_string());
    let query = Query::of::<StreetContact>()
        .whose("created_by", me)
        .newest_first("occurred_at")
        .limit(most);
    let found = client.store().read(|reader| reader.find(&query))?;
    Ok(found.iter().map(|stored| Id::new(stored.id)).collect())
}

fn draft(client: &Client, user: &str, out: &mut impl Write) -> Done {
    let id = draft_of(user);
    let before = draft_version(client, id)?.unwrap_or(0);
    let version = before + 1;
    client.keep_draft(id, "quick_note", json!({"text": text_of(version)}))?;
    Ok(Deed::Drafted { draft: id, version }.say(out)?)
}

/// The one draft that this person goes on with.
pub fn draft_of(user: &str) -> RecordId {
    RecordId::new(Uuid::new_v5(&Uuid::NAMESPACE_OID, user.as_bytes()))
}

/// The version of a draft that is kept.
///
/// # Errors
/// When the library cannot be read.
pub fn draft_version(client: &Client, id: RecordId) -> Done<Option<u64>> {
    let draft = client.store().read(|reader| reader.draft(id))?;
    let text = draft.and_then(|draft| draft.content.get("text")?.as_str().map(str::to_owned));
    Ok(text.as_deref().and_then(version_of))
}

async fn synchronise(
    client: &Client,
    birth: &Birth,
    said: &mut BTreeMap<(DeviceId, SpaceId), Seq>,
    out: &mut impl Write,
) -> Done {
    if let Ok(server) = fs::read_to_string(&birth.address) {
        // Whatever becomes of it: what the device was told before it broke off counts.
        let _ = client.synchronise(&Http::to(&server, &[])?).await;
    }
    let device = client.device()?;
    for state in client.store().read(|reader| reader.spaces())? {
        let (space, through) = (state.id, state.received_through);
        if said.insert((device, space), through) != Some(through) {
            Deed::Received {
                device,
                space,
                through,
            }
            .say(out)?;
        }
    }
    Ok(())
}
