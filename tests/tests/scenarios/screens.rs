//! What coaches see on their screens while their phones and the municipality reconcile.

use crate::support::*;
use drempel_domain::id::Id;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::time::MINUTE;
use drempel_screens::shapes::{
    Audience, OverwrittenChoice, RoundStart, Status, StreetContactForm, SyncStatus,
};
use drempel_screens::{Recent, Screens};
use drempel_tests::world::{Device, World};

/// Asks a phone's screens; nothing that was just saved is remembered.
fn ask<T>(device: &Device, question: impl FnOnce(Screens<'_>) -> T) -> T {
    let (app, recent) = (device.app(), Recent::default());
    question(Screens::new(&app, &recent))
}

fn status(device: &Device) -> SyncStatus {
    ask(device, |screens| screens.sync_status(&ONLINE).unwrap())
}

fn record(device: &Device, note: &str) -> drempel_domain::id::RecordId {
    ask(device, |screens| {
        let opened = screens.open_street_contact(None, None).unwrap();
        let form = StreetContactForm {
            note: Some(note.to_owned()),
            headcount: Some(3),
            ..opened.form
        };
        screens
            .record_street_contact(opened.draft, &form)
            .unwrap()
            .answer
            .record
    })
}

#[test]
fn what_is_saved_on_a_joint_round_is_received_and_its_other_half_never_leaves_the_team() {
    let world = World::new();
    let (ana, bo, chris) = (world.device("ana"), world.device("bo"), world.device("chris"));
    let start = RoundStart {
        district: Some("lindehof".to_owned()),
        partners: vec!["case_manager".to_owned()],
    };
    let round = ask(&ana, |screens| screens.start_round(&start).unwrap().answer.record);
    world.pass(MINUTE);
    let contact = record(&ana, "Reiger vraagt naar werk");
    assert_eq!(status(&ana).waiting, 2, "the round and the contact");
    let shown = |device: &Device| ask(device, |screens| screens.today().unwrap());
    assert_eq!(shown(&ana).timeline[0].status, Status::OnDevice);
    world.settle();
    assert_eq!(
        (status(&ana).waiting, shown(&ana).timeline[0].status),
        (0, Status::Received)
    );

    let asked = shown(&chris).was_there;
    assert_eq!(
        (asked.len(), asked[0].round, asked[0].by.as_str()),
        (1, round, "Ana")
    );
    let _ = ask(&chris, |screens| screens.was_there(round, true).unwrap());
    assert_eq!(shown(&chris).round.unwrap().with, ["Ana"]);
    let seen = chris
        .app()
        .open_record(Id::<StreetContact>::new(contact))
        .unwrap()
        .record;
    assert_eq!((seen.headcount.map(|count| count.0), seen.note), (Some(3), None));
    assert!(!holds(&chris.library().plaintext(), "Reiger"));

    let whole = bo.app().whole(Id::<StreetContact>::new(contact)).unwrap().record;
    assert_eq!(
        whole.note.as_deref(),
        Some("Reiger vraagt naar werk"),
        "the team reads both halves"
    );
    let again = ask(&bo, |screens| {
        screens.add_to("street_contact", contact).unwrap().answer
    });
    let added = ask(&bo, |screens| {
        screens.open_street_contact(Some(again.draft), None).unwrap()
    });
    assert_eq!(
        (added.form.headcount, added.form.note),
        (Some(3), None),
        "what Ana knows of it is hers to change"
    );
    world.settle();
    world.assert_alike();
}

#[test]
fn a_value_that_a_colleague_replaced_is_shown_to_its_author_and_put_back() {
    let world = World::new();
    let (ana, bo) = (world.device("ana"), world.device("bo"));
    let young = youth(&ana, world.space("team"), "Deli");
    world.settle();
    rename(&ana, young, "Dali");
    world.pass(MINUTE);
    rename(&bo, young, "Dela");
    world.settle();
    assert_eq!(nickname(&ana, young).as_deref(), Some("Dela"));
    let page = ask(&ana, |screens| screens.sync_page(&ONLINE).unwrap());
    let row = &page.overwritten[0];
    assert_eq!(
        (
            page.overwritten.len(),
            row.by.as_str(),
            row.field.as_str(),
            row.about.as_str()
        ),
        (1, "Bo", "nickname", "Dela")
    );
    assert_eq!(status(&bo).overwritten, 0, "only its author is asked");
    let both = ask(&ana, |screens| screens.overwritten(row.id).unwrap());
    assert_eq!(
        (both.now.value.as_str(), both.mine.value.as_str()),
        ("Dela", "Dali")
    );
    let _ = ask(&ana, |screens| {
        screens
            .settle_overwritten(row.id, OverwrittenChoice::PutBack)
            .unwrap()
    });
    world.settle();
    assert_eq!(nickname(&bo, young).as_deref(), Some("Dali"));
    assert_eq!((status(&ana).overwritten, status(&bo).overwritten), (0, 0));
    world.assert_alike();
}

#[test]
fn what_was_written_after_a_membership_ended_is_filed_again_from_its_screen() {
    let world = World::new();
    let bo = world.device("bo");
    let _ = record(&bo, "Bij de steiger");
    world
        .town()
        .app()
        .revoke_membership("bo", "team", world.time().now().plus_millis(-MINUTE))
        .unwrap();
    bo.sync();
    let page = ask(&bo, |screens| screens.sync_page(&ONLINE).unwrap());
    let row = &page.problems[0];
    assert_eq!((page.problems.len(), row.code.as_str()), (1, "membership_ended"));
    let problem = ask(&bo, |screens| screens.problem(row.space, row.seq).unwrap());
    assert_eq!(problem.item.text.as_deref(), Some("Bij de steiger"));
    assert!(
        problem
            .choices
            .iter()
            .all(|choice| choice.audience.own != row.space)
    );
    let to = Audience {
        own: bo.own_space(),
        joint: None,
    };
    let _ = ask(&bo, |screens| screens.file_again(row.space, row.seq, to).unwrap());
    world.settle();
    assert_eq!((status(&bo).problems, status(&bo).waiting), (0, 0));
    let kept: Vec<StreetContact> = all(&bo);
    assert_eq!(kept[0].note.as_deref(), Some("Bij de steiger"));
}
