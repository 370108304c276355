//! Police data (Wpg) is opened, searched, counted and named nowhere outside the space of those who may investigate.

use crate::support::*;
use drempel_client::ClientError;
use drempel_domain::id::Id;
use drempel_domain::record::Link;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::notes::InvestigationNote;
use drempel_screens::shapes::YouthFilter;
use drempel_screens::{Recent, Screens};
use drempel_tests::world::{Device, World};

/// A word that only the police note has.
const WORD: &str = "zilvermeeuw";
/// What the space is called in the municipality file.
const SPACE: &str = "Opsporing";
/// Rows of a list that show everything there is here.
const ALL: usize = 100;

/// Every screen that shows more than one record, as the page gets it.
fn everything_shown(device: &Device) -> String {
    let (app, recent) = (device.app(), Recent::default());
    let screens = Screens::new(&app, &recent);
    let shown = serde_json::json!([
        screens.today().unwrap(),
        screens.youths_head().unwrap(),
        screens.youths(&YouthFilter::default(), 0, ALL).unwrap(),
        screens.groups("").unwrap(),
        screens.sync_page(&ONLINE).unwrap(),
        screens.sync_status(&ONLINE).unwrap(),
        screens.open_street_contact(None, None).unwrap().known,
        screens.open_quick_note(None).unwrap().known,
    ]);
    shown.to_string()
}

/// "Dit wordt opsporing": what Chris, who may investigate, writes about a contact.
fn investigate(world: &World, chris: &Device, about: Id<StreetContact>) -> Id<InvestigationNote> {
    let note = InvestigationNote {
        facts: Some([WORD, " met kenteken gezien bij de loods"].concat()),
        core: Some(Link::to(about)),
        ..InvestigationNote::default()
    };
    let saved = chris.app().record_investigation(world.space("wpg"), note);
    saved.unwrap().first().unwrap()
}

#[test]
fn police_data_is_opened_searched_counted_and_named_nowhere_outside_its_space() {
    let world = World::new();
    let (ana, bo, chris) = (world.device("ana"), world.device("bo"), world.device("chris"));
    youth(&ana, world.space("team"), "Reiger");
    let about = contact(&chris, world.space("joint"), 3);
    world.settle();
    let before = [ana.app(), bo.app()].map(|app| app.store().read(|reader| reader.spaces()).unwrap().len());
    let note = investigate(&world, &chris, about);
    world.settle();
    for (other, spaces) in [&ana, &bo].into_iter().zip(before) {
        let name = other.name();
        let opened = other.app().open_record(note);
        assert!(matches!(opened, Err(ClientError::NotFound)), "{name}");
        assert_eq!(other.app().search(WORD, ALL).unwrap(), [], "{name}");
        assert_eq!(rows::<InvestigationNote>(other), [], "{name}");
        let shown = everything_shown(other);
        assert!(!shown.contains(WORD) && !shown.contains(SPACE), "{name}: {shown}");
        let bytes = other.library().plaintext();
        assert!(!holds(&bytes, WORD) && !holds(&bytes, SPACE), "{name}");
        let kept = other.app().store().read(|reader| reader.spaces()).unwrap();
        assert_eq!(kept.len(), spaces, "{name}");
    }
    assert_eq!(
        chris.app().search(WORD, ALL).unwrap().len(),
        1,
        "its author finds it"
    );
}

#[test]
fn no_form_offers_the_space_of_investigation_and_no_other_space_takes_police_data() {
    let world = World::new();
    let chris = world.device("chris");
    let about = contact(&chris, world.space("joint"), 3);
    investigate(&world, &chris, about);
    let (app, recent) = (chris.app(), Recent::default());
    let screens = Screens::new(&app, &recent);
    let offered = serde_json::json!([
        screens.open_street_contact(None, None).unwrap().known,
        screens.open_quick_note(None).unwrap().known,
        screens.open_doorstep_talk(None, None).unwrap().known,
    ])
    .to_string();
    assert!(offered.contains("Alleen ik"), "{offered}");
    assert!(!offered.contains(SPACE), "{offered}");
    // Another regime has no such record, so that nothing of it can be written, or copied, elsewhere.
    let note = InvestigationNote {
        facts: Some(WORD.to_owned()),
        ..InvestigationNote::default()
    };
    let elsewhere = chris.app().record_investigation(world.space("joint"), note);
    assert!(matches!(elsewhere, Err(ClientError::Refused(_))));
}
