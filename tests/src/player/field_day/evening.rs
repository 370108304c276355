//! On the street, without a network: recording, a killed app, two people who change the same dossier.

use super::story::Story;
use crate::player::PlayError;
use drempel_client::Client;
use drempel_client::actions::{Person, StreetContactForm, YouthForm};
use drempel_client::views::Status;
use drempel_domain::record::{Code, Whole};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::youths::Youth;
use serde_json::json;

/// What Ana has typed when her app is killed.
const TYPED: &str = "Noor op de trap met een vriendin. Ze zegt dat ze maandag wél is gegaan, al was het éé";

/// Tells it.
pub(super) async fn tell(story: &mut Story<'_>) -> Result<(), PlayError> {
    before_the_round(story).await?;
    bo_records(story)?;
    ana_is_killed(story).await?;
    both_change_noor(story)
}

async fn before_the_round(story: &mut Story<'_>) -> Result<(), PlayError> {
    story.at(
        "18:25",
        "Ana maakt op kantoor een dossier voor Noor. Bo haalt het op.",
    )?;
    let youth = Youth {
        nickname: Some("Noortje".to_owned()),
        given_name: Some("Noor".to_owned()),
        school_state: Some(Code::from("absent")),
        ..Youth::default()
    };
    let form = YouthForm {
        youth,
        ..YouthForm::default()
    };
    let saved = story.ana.with(|client| client.create_youth(story.team, form))?;
    story.noor = saved.first::<Youth>();
    story.ana.synchronise().await?;
    story.bo.synchronise().await?;
    let noor = story.noor()?;
    let opened = story.bo.with(|client| client.open_record(noor))?;
    let there = opened.record.given_name.as_deref() == Some("Noor");
    story.see(there, "het dossier staat ook op de telefoon van Bo")?;
    story.at(
        "18:36",
        "Ze gaan de wijk in. Allebei de telefoons hebben geen bereik meer.",
    )
}

fn bo_records(story: &mut Story<'_>) -> Result<(), PlayError> {
    story.at(
        "19:02",
        "Bo: vijf jongeren bij de oude loods, één met een oranje helm. Bewaard.",
    )?;
    let form = StreetContactForm {
        contact: StreetContact {
            headcount: Some(Whole(5)),
            place_text: Some("oude loods".to_owned()),
            mood: Some(Code::from("friendly")),
            note: Some("Brommer half uit elkaar. Ze vragen of er een werkplaats kan komen.".to_owned()),
            ..StreetContact::default()
        },
        people: vec![Person::Unknown("oranje helm".to_owned())],
        ..StreetContactForm::default()
    };
    let saved = story
        .bo
        .with(|client| client.record_street_contact(story.team, form))?;
    let contact = saved
        .first::<StreetContact>()
        .ok_or_else(|| PlayError::line("nothing was recorded"))?;
    let here = story.bo.with(|client| client.status(contact))? == Status::OnThisDevice;
    story.see(
        here,
        "het contact staat op deze telefoon; de gemeente heeft het nog niet",
    )
}

async fn ana_is_killed(story: &mut Story<'_>) -> Result<(), PlayError> {
    story.at(
        "19:25",
        "Ana typt een contact. Midden in een woord valt haar app weg.",
    )?;
    let typed = json!({ "headcount": 2, "note": TYPED });
    let back = story.kill_while_typing("record_street_contact", &typed).await?;
    story.also("De app is weer open, op wat er op dat moment op de telefoon stond.")?;
    let (draft, content) = back.map_or((None, None), |(id, content)| (Some(id), Some(content)));
    let letters = TYPED.chars().count();
    story.see(
        content == Some(typed),
        &format!("het concept is terug, letter voor letter ({letters} tekens):"),
    )?;
    let note = content_note(story)?;
    story.also(&format!("  “{note}”"))?;
    story.at("19:27", "Ana maakt de zin af en bewaart.")?;
    let contact = StreetContact {
        headcount: Some(Whole(2)),
        note: Some([TYPED, "n uur. Trots."].concat()),
        ..StreetContact::default()
    };
    let form = StreetContactForm {
        contact,
        people: vec![Person::Known(story.noor()?)],
        draft,
        ..StreetContactForm::default()
    };
    let saved = story
        .ana
        .with(|client| client.record_street_contact(story.team, form))?;
    let gone = story.ana.with(Client::drafts)?.is_empty();
    story.see(
        saved.first::<StreetContact>().is_some() && gone,
        "het contact is bewaard en het concept is weg",
    )
}

/// The note in the draft as the app shows it, not as it was typed.
fn content_note(story: &Story<'_>) -> Result<String, PlayError> {
    let drafts = story.ana.with(Client::drafts)?;
    let note = drafts
        .first()
        .and_then(|draft| draft.content.get("note"))
        .and_then(serde_json::Value::as_str);
    Ok(note.unwrap_or_default().to_owned())
}

fn both_change_noor(story: &mut Story<'_>) -> Result<(), PlayError> {
    let noor = story.noor()?;
    story.at(
        "19:40",
        "Bo zet bij Noor: school ‘ingeschreven’, en haar telefoonnummer.",
    )?;
    let _ = story.bo.with(|client| {
        client.edit(noor, |noor| {
            noor.school_state = Some(Code::from("enrolled"));
            noor.phone = Some("06 0000 09 21".to_owned());
        })
    })?;
    let here = story.bo.with(|client| client.status(noor))? == Status::OnThisDevice;
    story.see(here, "bewaard op zijn telefoon, zonder bereik")?;
    story.at(
        "19:46",
        "Ana, die dat niet ziet, zet: school ‘gaat naar school’, wijk Molenveld.",
    )?;
    let _ = story.ana.with(|client| {
        client.edit(noor, |noor| {
            noor.school_state = Some(Code::from("attending"));
            noor.district = Some(Code::from("molenveld"));
        })
    })?;
    let here = story.ana.with(|client| client.status(noor))? == Status::OnThisDevice;
    story.see(here, "bewaard op haar telefoon, zonder bereik")
}
