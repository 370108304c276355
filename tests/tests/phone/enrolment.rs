//! From a phone that nobody knows to one that is open.

use drempel_client::phone::{PhoneError, Stage, Unlocking};
use drempel_client::sync::SyncError;
use drempel_protocol::problem::Code;
use drempel_tests::world::{CODE, Fate, World, code};

#[test]
fn nothing_is_sent_and_no_library_is_made_before_a_code_is_chosen() {
    let world = World::new();
    let ana = world.new_handset("ana");
    let refused = ana.wait(ana.phone().enrol(ana.line(), "7K3M-Q9WT-2XBD", "test"));
    assert!(matches!(refused, Err(PhoneError::NoCodeChosen)));
    assert!(ana.line().arrived().is_empty(), "nothing was sent");
    assert!(ana.files().is_empty(), "nothing was written");
    for weak in ["1234567", "11111111", "12345678", "kort"] {
        let refused = ana.wait(ana.phone().choose_code(&code(weak)));
        assert!(matches!(refused, Err(PhoneError::WeakCode(_))), "{weak}");
    }
    assert!(ana.files().is_empty());
}

#[test]
fn asking_whether_a_municipality_answers_uses_nothing_up_and_tells_others_apart() {
    let world = World::new();
    let ana = world.new_handset("ana");
    ana.wait(ana.phone().find_municipality(ana.line())).unwrap();
    ana.line().next([Fate::SignInPage]);
    let told = ana.wait(ana.phone().find_municipality(ana.line()));
    assert!(matches!(told, Err(SyncError::SignInPage)));
    ana.line().next([Fate::Lost]);
    let told = ana.wait(ana.phone().find_municipality(ana.line()));
    assert!(matches!(told, Err(SyncError::Transport(_))));
}

#[test]
fn an_enrolment_goes_on_after_a_kill_at_each_step_with_the_same_invitation() {
    let world = World::new();
    let ana = world.new_handset("ana");
    let invitation = world.town().app().make_code("ana").unwrap();
    // Killed once the door is made.
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::NotEnrolled);
    assert!(!ana.phone().is_code_chosen());
    // Killed when the server has enrolled it and the answer was lost.
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    ana.line().next([Fate::ReplyLost]);
    let lost = ana.wait(ana.phone().enrol(ana.line(), &invitation, "test"));
    assert!(matches!(lost, Err(PhoneError::Sync(_))));
    assert!(
        ana.phone().is_code_chosen(),
        "it can go on without choosing again"
    );
    ana.kill();
    ana.enrol(&invitation);
    assert_eq!(ana.phone().stage(), Stage::Open);
    ana.sync();
    // Killed when it was open.
    ana.kill();
    assert_eq!(ana.phone().stage(), Stage::Locked);
    assert_eq!(ana.unlock(CODE), Unlocking::Open);
    assert_eq!(world.town().app().devices().unwrap().len(), 1);
}

#[test]
fn an_invitation_that_is_not_valid_leaves_the_code_chosen_and_another_one_enrols() {
    let world = World::new();
    let ana = world.new_handset("ana");
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    let refused = ana.wait(ana.phone().enrol(ana.line(), "0000-0000-0000", "test"));
    let is_not_valid = |error: &PhoneError| {
        matches!(
            error,
            PhoneError::Sync(SyncError::Refused {
                code: Code::CodeNotValid,
                ..
            })
        )
    };
    assert!(is_not_valid(&refused.unwrap_err()));
    let invitation = world.town().app().make_code("ana").unwrap();
    ana.wait(ana.phone().enrol(ana.line(), &invitation, "test"))
        .unwrap();
    assert_eq!(ana.phone().stage(), Stage::Open);
}

#[test]
fn another_code_after_a_kill_begins_anew_because_nothing_was_fetched() {
    let world = World::new();
    let ana = world.new_handset("ana");
    ana.wait(ana.phone().choose_code(&code(CODE))).unwrap();
    ana.kill();
    ana.wait(ana.phone().choose_code(&code("drie bankjes op een rij")))
        .unwrap();
    let invitation = world.town().app().make_code("ana").unwrap();
    ana.wait(ana.phone().enrol(ana.line(), &invitation, "test"))
        .unwrap();
    ana.kill();
    assert_eq!(ana.unlock(CODE), Unlocking::Wrong);
    assert_eq!(ana.unlock("drie bankjes op een rij"), Unlocking::Open);
}
