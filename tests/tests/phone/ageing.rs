//! What is past its term leaves a phone by itself, when it is unlocked.

use drempel_client::actions::{Person, StreetContactForm, YouthForm};
use drempel_domain::id::Id;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::DAY;
use drempel_tests::world::{CODE, Handset, World};

/// Days after which a contact with nobody known leaves a phone, when the municipality set nothing else.
const TERM: i64 = 30;

/// Records a contact in the team with that person.
fn contact(world: &World, ana: &Handset, note: &str, person: Person) -> Id<StreetContact> {
    let form = StreetContactForm {
        contact: StreetContact {
            note: Some(note.to_owned()),
            ..StreetContact::default()
        },
        people: vec![person],
        ..StreetContactForm::default()
    };
    let saved = ana
        .phone()
        .with_open(|client| client.record_street_contact(world.space("team"), form).unwrap());
    saved.unwrap().first().unwrap()
}

fn youth(world: &World, ana: &Handset) -> Id<Youth> {
    let youth = Youth {
        nickname: Some("Reiger".to_owned()),
        ..Youth::default()
    };
    let form = YouthForm {
        youth,
        ..YouthForm::default()
    };
    let saved = ana
        .phone()
        .with_open(|client| client.create_youth(world.space("team"), form).unwrap());
    saved.unwrap().first().unwrap()
}

fn is_there(ana: &Handset, contact: Id<StreetContact>) -> bool {
    ana.phone()
        .with_open(|client| client.open_record(contact).is_ok())
        .unwrap()
}

/// Days pass on which its user opens the app and synchronises, but for the last one.
fn pass_days(world: &World, ana: &Handset, days: i64) {
    for _ in 1..days {
        world.pass(DAY);
        ana.unlock_after_idling();
        ana.sync();
    }
    world.pass(DAY);
}

#[test]
fn a_contact_with_nobody_known_leaves_the_phone_after_its_term_and_nothing_else_does() {
    let world = World::new();
    let ana = world.handset("ana");
    let reiger = youth(&world, &ana);
    let unknown = || Person::Unknown("rode jas".to_owned());
    let nobody = contact(&world, &ana, "bankje bij de brug", unknown());
    let somebody = contact(&world, &ana, "trap bij de sluis", Person::Known(reiger));
    ana.sync();
    world.town().back_up("night");
    ana.sync();
    pass_days(&world, &ana, TERM - 1);
    ana.unlock_after_idling();
    ana.sync();
    let later = contact(&world, &ana, "steiger", unknown());
    ana.sync();
    assert!(is_there(&ana, nobody), "a day before its term");
    // Unlocked once more on the same day, and then on the day after it.
    ana.lock();
    ana.unlock(CODE);
    pass_days(&world, &ana, 2);
    ana.unlock_after_idling();
    assert!(!is_there(&ana, nobody));
    assert!(is_there(&ana, somebody) && is_there(&ana, later));
}
