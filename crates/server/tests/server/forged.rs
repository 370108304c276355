//! Whoever claims another scope, author, device or identifier than the token's gains nothing: role by action by field.

use crate::support::*;
use drempel_domain::space::Role;
use drempel_domain::sync_log::{Change, Eff, Verdict};
use drempel_domain::value::Value;
use drempel_server::{space_id, user_id};

/// What a change claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    /// A youth, as anybody who writes makes one.
    Youth,
    /// A request for access, which a privacy officer writes too.
    AccessRequest,
    /// A youth made by a colleague.
    OtherAuthor,
    /// A value that lost, which only the server keeps.
    Overwritten,
    /// A copy of shared fields, which only the server makes.
    SharedExtract,
    /// A referral that says what it mirrors.
    Mirror,
    /// A record of another regime.
    Investigation,
    /// An edit of a record that is nowhere.
    EditOfNothing,
    /// An edit of a record that is in a space which the author is no member of.
    EditElsewhere,
    /// A colleague's record, as if another had made it.
    OtherMaker,
    /// A colleague's record, as if it had been made at another time.
    OtherTime,
}

const CLAIMS: [Claim; 11] = [
    Claim::Youth,
    Claim::AccessRequest,
    Claim::OtherAuthor,
    Claim::Overwritten,
    Claim::SharedExtract,
    Claim::Mirror,
    Claim::Investigation,
    Claim::EditOfNothing,
    Claim::EditElsewhere,
    Claim::OtherMaker,
    Claim::OtherTime,
];

/// Who claims it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Stranger,
    Left,
    In(Role),
}

const EVERYBODY: [Who; 7] = [
    Who::Stranger,
    Who::Left,
    Who::In(Role::Member),
    Who::In(Role::Reader),
    Who::In(Role::Lead),
    Who::In(Role::Casemanager),
    Who::In(Role::Privacy),
];

/// The reason for which it waits; nothing where it is taken in.
fn expected(who: Who, claim: Claim) -> Option<&'static str> {
    match who {
        Who::Stranger => return Some("not_a_member"),
        Who::Left => return Some("membership_ended"),
        Who::In(Role::Reader) => return Some("reader_cannot_write"),
        Who::In(Role::Privacy) if claim != Claim::AccessRequest => return Some("reader_cannot_write"),
        Who::In(Role::Privacy | Role::Member | Role::Lead | Role::Casemanager) => {}
    }
    match claim {
        Claim::Youth | Claim::AccessRequest => None,
        Claim::OtherAuthor => Some("author_differs"),
        Claim::Overwritten | Claim::SharedExtract => Some("reserved_collection"),
        Claim::Investigation => Some("wrong_regime"),
        Claim::EditOfNothing | Claim::EditElsewhere => Some("unknown_record"),
        Claim::Mirror | Claim::OtherMaker | Claim::OtherTime => Some("immutable_field"),
    }
}

fn person(name: &str) -> Value {
    Value::from(user_id(name).to_string().as_str())
}

/// A town in which a colleague has a record in the team, and another in a space of their own.
async fn town() -> World {
    let world = world();
    let mut ana = world.enrol("ana").await;
    let made = [
        ("nickname", text("Deli")),
        ("created_at", Value::from(START)),
        ("created_by", person("ana")),
    ];
    let youth = ana.make(&world, team(), "youth known", &made);
    world.push(&mut ana, team(), &[youth]).await;
    let own = space_id("eigen-ana");
    let note = ana.make(&world, own, "youth elsewhere", &[("nickname", text("Elders"))]);
    world.push(&mut ana, own, &[note]).await;
    world
}

fn admit(world: &World, who: Who) {
    let start = world.now().plus_millis(-HOUR);
    match who {
        Who::Stranger => {}
        Who::Left => {
            world.app.grant("dee", "team", Role::Member, start).unwrap();
            let ended = world.now().plus_millis(-MINUTE);
            world.app.revoke_membership("dee", "team", ended).unwrap();
        }
        Who::In(role) => world.app.grant("dee", "team", role, start).unwrap(),
    }
}

fn change(world: &World, dee: &mut Device, claim: Claim) -> Change {
    let name = ("nickname", text("Verzonnen"));
    let made = |dee: &mut Device, record: &str, set: &[(&str, Value)]| dee.make(world, team(), record, set);
    match claim {
        Claim::Youth => made(dee, "youth new", &[name]),
        Claim::AccessRequest => made(dee, "access_request asked", &[("asked_by", text("moeder"))]),
        Claim::OtherAuthor => made(dee, "youth forged", &[name, ("created_by", person("ana"))]),
        Claim::Overwritten => made(dee, "overwritten forged", &[("field", text("note"))]),
        Claim::SharedExtract => made(dee, "shared_extract forged", &[("purpose", text("zorg"))]),
        Claim::Mirror => {
            let of = serde_json::json!({"collection": "referral", "id": id("known")});
            let of = serde_json::from_value(of).unwrap();
            made(dee, "referral forged", &[("mirror_of", of)])
        }
        Claim::Investigation => made(dee, "investigation_note forged", &[("facts", text("x"))]),
        Claim::EditOfNothing => dee.change(world, team(), "youth nowhere", &[name]),
        Claim::EditElsewhere => dee.change(world, team(), "youth elsewhere", &[name]),
        Claim::OtherMaker => dee.change(world, team(), "youth known", &[("created_by", person("bo"))]),
        Claim::OtherTime => {
            let other = ("created_at", text("2020-01-01T00:00:00.000Z"));
            dee.change(world, team(), "youth known", &[other])
        }
    }
}

#[tokio::test]
async fn no_role_gains_anything_by_a_forged_scope_author_or_field() {
    for who in EVERYBODY {
        let world = town().await;
        admit(&world, who);
        let mut dee = world.enrol("dee").await;
        for claim in CLAIMS {
            let before = world.app.space_digests().unwrap();
            let change = change(&world, &mut dee, claim);
            let outcome = world.outcome(&mut dee, team(), change).await;
            let reason = outcome.reason.map(|reason| reason.code);
            let expected = expected(who, claim);
            assert_eq!(reason.as_deref(), expected, "{who:?} {claim:?}");
            let is_taken = outcome.verdict == Verdict::Taken;
            assert_eq!(is_taken, expected.is_none(), "{who:?} {claim:?}");
            if !is_taken {
                let after = world.app.space_digests().unwrap();
                assert_eq!(after, before, "{who:?} {claim:?}");
            }
        }
        assert_reads(&world, who, dee).await;
    }
}

/// That a person reads what the role allows, and nothing of anybody's own space.
async fn assert_reads(world: &World, who: Who, mut dee: Device) {
    dee.progress(team()).cursor = None;
    let answer = world.pull(&mut dee, team()).await;
    let kinds = answer.records.iter().map(|record| record.collection.as_str());
    let kinds: Vec<&str> = kinds.collect();
    match who {
        Who::Stranger | Who::Left => assert!(kinds.is_empty() && answer.cursor.is_none(), "{who:?}"),
        Who::In(Role::Privacy) => assert_eq!(kinds, ["access_request"]),
        Who::In(_) => assert!(kinds.contains(&"youth"), "{who:?}"),
    }
    let text = serde_json::to_string(&answer).unwrap();
    assert!(!text.contains("Elders"), "{who:?}");
}

#[tokio::test]
async fn what_is_missing_and_what_is_forbidden_are_answered_with_the_same_words() {
    let world = town().await;
    let mut answers = Vec::new();
    for space in [space_id("eigen-ana"), space_id("police"), space_id("nowhere")] {
        let mut dee = world.enrol("dee").await;
        let edit = dee.change(&world, space, "youth elsewhere", &[("nickname", text("x"))]);
        let make = dee.make(&world, space, "youth new", &[("nickname", text("x"))]);
        let mut request = dee.request(&world, space, &[edit, make]);
        request.spaces[0].want = vec![id("elsewhere"), id("nowhere")];
        let answer = world.ask(&dee, &request).await;
        let text = serde_json::to_string(&answer.spaces).unwrap();
        // The instant has the tick of the device that asks.
        let text = text.replace(&Eff::of(world.now(), dee.id).to_string(), "NOW");
        answers.push(text.replace(&space.to_string(), "SPACE"));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    // In a space of one's own, a record of another space is not there, in the words for one that is nowhere.
    let mut bo = world.enrol("bo").await;
    let elsewhere = bo.change(&world, team(), "youth elsewhere", &[("nickname", text("x"))]);
    let nowhere = bo.change(&world, team(), "youth nowhere", &[("nickname", text("x"))]);
    let answer = world.push(&mut bo, team(), &[elsewhere, nowhere]).await;
    let said = |index: usize| {
        let outcome = &answer.outcomes[index];
        (outcome.verdict, outcome.reason.clone())
    };
    assert_eq!(said(0), said(1));
}
