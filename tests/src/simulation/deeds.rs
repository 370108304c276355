//! What people do on their phones, through the same client as the app's screens.

use super::broken::Broken;
use super::phone::Open;
use super::run::Run;
use super::step::Deed;
use crate::world::{Random, SPACES};
use drempel_client::actions::{Half, StreetContactForm, YouthForm};
use drempel_client::{Client, ClientError, Saved};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::record::{Code, Link, PlanDay, Whole};
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::{Place, StreetContact};
use drempel_domain::records::lists::{ReferralKind, ReferralState};
use drempel_domain::records::questions::Overwritten;
use drempel_domain::records::referrals::Referral;
use drempel_domain::records::sharing::Share;
use drempel_domain::records::youths::Youth;
use drempel_domain::space::{Regime, SpaceKind};
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::value::Value;
use drempel_store::{Problem, Stored};
use std::rc::Rc;

/// The fields that somebody edits, by kind, with how a value is made up.
const EDITED: &[(&str, &[(&str, Made)])] = &[
    (
        "quick_note",
        &[
            ("text", Made::Words),
            ("basis", Made::Code(&["observed", "hearsay", "judgement"])),
        ],
    ),
    (
        "street_contact",
        &[
            ("note", Made::Words),
            ("result_text", Made::Words),
            ("place_text", Made::Words),
            ("mood", Made::Code(&["calm", "tense"])),
            ("topics/drugs", Made::YesOrNo),
            ("topics/school", Made::YesOrNo),
            ("place", Made::Place),
            ("age_bands/16-17", Made::Number),
        ],
    ),
    (
        "youth",
        &[
            ("nickname", Made::Words),
            ("phone", Made::Words),
            ("address", Made::Words),
            ("school_state", Made::Code(&["enrolled", "attending"])),
            ("talents/football", Made::YesOrNo),
        ],
    ),
    (
        "action",
        &[
            ("title", Made::Words),
            ("outcome", Made::Words),
            ("state", Made::Code(&["open", "done"])),
        ],
    ),
];

/// How a value is made up.
#[derive(Clone, Copy)]
enum Made {
    Words,
    Number,
    YesOrNo,
    Code(&'static [&'static str]),
    Place,
}

/// What came of a deed: something was saved, there was nothing to do it on, or the app said no.
pub(super) type Done = Result<Option<Saved>, ClientError>;

impl Run {
    /// Somebody does something.
    pub(super) fn do_deed(&mut self, phone: usize, deed: Deed, pick: u64) -> Result<(), Broken> {
        let mut random = Random::new(pick);
        match deed {
            Deed::Poison(poison) => return self.poison(phone, poison, &mut random),
            Deed::Newer(newer) => return self.newer(phone, newer, &mut random),
            Deed::Open => {
                self.open(phone, &mut random);
                return Ok(());
            }
            Deed::Dispute => return self.dispute(phone, &mut random),
            _ => {}
        }
        let app = self.phone(phone).device.app();
        let done = self.deed(phone, &app, deed, &mut random);
        self.note_done(phone, deed, done)
    }

    fn note_done(&mut self, phone: usize, deed: Deed, done: Done) -> Result<(), Broken> {
        match done {
            Ok(Some(saved)) => self.note_saved(phone, saved),
            Ok(None) => Ok(()),
            // Somebody lost access since the form was opened: that is told, and nothing is written.
            Err(ClientError::Refused(_) | ClientError::NotFound) if deed == Deed::SaveOpened => Ok(()),
            // What it held before is gone, or could not be saved today.
            Err(ClientError::Refused(_) | ClientError::NotFound) if deed == Deed::Undo => Ok(()),
            Err(error) => Err(Broken::new(
                7,
                format!("{deed:?} on {} fails: {error}", self.phone(phone).device.name()),
            )),
        }
    }

    fn deed(&mut self, phone: usize, app: &Rc<Client>, deed: Deed, random: &mut Random) -> Done {
        match deed {
            Deed::Note | Deed::Contact | Deed::Youth | Deed::Action => self.create(phone, app, deed, random),
            Deed::JointContact => self.joint_contact(phone, app, random),
            Deed::Edit => self.edit(phone, app, random, false),
            Deed::TakeOut => self.edit(phone, app, random, true),
            Deed::SaveOpened => self.save_opened(phone, app),
            Deed::Delete => set_deleted(app, random.of(&self.phone(phone).all_rows(false)), true),
            Deed::Restore => set_deleted(app, random.of(&self.phone(phone).all_rows(true)), false),
            Deed::PutBack => self.put_back(phone, app, random),
            Deed::SameMoment => self.same_moment(phone, app, random),
            Deed::Undo => self
                .phone_mut(phone)
                .last
                .take()
                .map(|saved| app.undo(&saved))
                .transpose(),
            Deed::Draft | Deed::DropDraft => self.draft(phone, app, deed, random),
            Deed::FileAgain | Deed::Mend | Deed::Discard => self.problem(phone, app, deed, random),
            Deed::Share => self.share(phone, app, random),
            Deed::Withdraw => self.withdraw(phone, app, random),
            Deed::Refer => self.refer(phone, app, random),
            Deed::Answer => self.answer(phone, app, random),
            Deed::Open | Deed::Dispute | Deed::Poison(_) | Deed::Newer(_) => Ok(None),
        }
    }

    /// A space in which the phone's user may write.
    pub(super) fn some_space(&self, phone: usize, random: &mut Random) -> Option<SpaceId> {
        random
            .of(&self.phone(phone).writable())
            .map(|granted| granted.space.id)
    }

    /// A few words that were never written before.
    pub(super) fn words(&mut self) -> String {
        ["stond ", &self.story.word(), " bij de ", &self.story.word()].concat()
    }

    fn create(&mut self, phone: usize, app: &Client, deed: Deed, random: &mut Random) -> Done {
        let Some(space) = self.some_space(phone, random) else {
            return Ok(None);
        };
        let words = self.words();
        let saved = match deed {
            Deed::Note => app.note(space, &words, None)?,
            Deed::Contact => app.record_street_contact(space, form(words, random))?,
            Deed::Youth => app.create_youth(space, youth(words))?,
            _ => app.create(space, &action(words))?,
        };
        Ok(Some(saved))
    }

    fn joint_contact(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let writable = self.phone(phone).writable();
        let joint = writable
            .iter()
            .find(|granted| granted.space.kind == SpaceKind::Joint);
        let own = writable
            .iter()
            .find(|granted| granted.space.kind != SpaceKind::Joint);
        let Some((joint, own)) = joint.zip(own) else {
            return Ok(None);
        };
        let half = Half {
            joint: joint.space.id,
            own: own.space.id,
        };
        app.record_joint_street_contact(half, form(self.words(), random))
            .map(Some)
    }

    fn edit(&mut self, phone: usize, app: &Client, random: &mut Random, take_out: bool) -> Done {
        let rows = self.phone(phone).all_rows(random.percent(10));
        let Some(stored) = random.of(&rows) else {
            return Ok(None);
        };
        let Some((field, made)) = random.of(edited(&stored.collection)) else {
            return Ok(None);
        };
        let value = match take_out {
            true => Value::Null,
            false => self.make_up(*made, random),
        };
        app.set_field(&stored.collection, stored.id, field, value)
            .map(Some)
    }

    /// One field of one record changes on every phone that holds it, each without having heard of the others.
    fn dispute(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        let rows = self.phone(phone).all_rows(false);
        let others = |stored: &&Stored| self.holders(stored).len() > 1;
        let shared: Vec<&Stored> = rows.iter().filter(others).collect();
        let Some(stored) = random.of(&shared).copied() else {
            return Ok(());
        };
        let Some((field, made)) = random.of(edited(&stored.collection)).copied() else {
            return Ok(());
        };
        for holder in self.holders(stored) {
            let app = self.phone(holder).device.app();
            let value = self.make_up(made, random);
            let done = app.set_field(&stored.collection, stored.id, field, value);
            self.note_done(holder, Deed::Dispute, done.map(Some))?;
        }
        Ok(())
    }

    /// The phones on which a record can be changed.
    fn holders(&self, stored: &Stored) -> Vec<usize> {
        let holds = |phone: &usize| {
            let rows = self.phone(*phone).rows(&stored.collection, false);
            rows.iter().any(|row| row.id == stored.id)
        };
        (0..self.phones.len()).filter(holds).collect()
    }

    fn make_up(&mut self, made: Made, random: &mut Random) -> Value {
        match made {
            Made::Words => Value::Text(self.words()),
            Made::Number => Value::Integer(i64::try_from(random.below(20)).unwrap_or(0)),
            Made::YesOrNo => Value::Bool(random.percent(50)),
            Made::Code(codes) => random.of(codes).map_or(Value::Null, |code| Value::from(*code)),
            Made::Place => {
                let district = if random.percent(50) {
                    "havenkwartier"
                } else {
                    "lindehof"
                };
                Value::Map([("district".to_owned(), Value::from(district))].into())
            }
        }
    }

    fn open(&mut self, phone: usize, random: &mut Random) {
        let rows = self.phone(phone).all_rows(false);
        let app = self.phone(phone).device.app();
        let opened = random.of(&rows).and_then(|stored| Open::new(&app, stored));
        self.phone_mut(phone).open = opened;
    }

    fn save_opened(&mut self, phone: usize, app: &Client) -> Done {
        let words = self.words();
        let open = self.phone_mut(phone).open.take();
        open.map(|mut open| open.write_and_save(app, words)).transpose()
    }

    fn put_back(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let rows = self.phone(phone).rows("overwritten", false);
        let Some(row) = random.of(&rows) else {
            return Ok(None);
        };
        match app.put_back(Id::<Overwritten>::new(row.id)) {
            // Its record was erased, or waits in quarantine: there is nothing to put it back in.
            Err(ClientError::NotFound) => Ok(None),
            other => other.map(Some),
        }
    }

    fn same_moment(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let rows = self.phone(phone).rows("street_contact", false);
        let Some(one) = random.of(&rows).cloned() else {
            return Ok(None);
        };
        let others: Vec<&Stored> = rows
            .iter()
            .filter(|other| other.space == one.space && other.id != one.id)
            .collect();
        let Some(other) = others.first() else {
            return Ok(None);
        };
        app.answer_same_moment(Id::new(one.id), Id::new(other.id), random.percent(60))
            .map(Some)
    }

    fn draft(&mut self, phone: usize, app: &Client, deed: Deed, random: &mut Random) -> Done {
        if deed == Deed::DropDraft {
            let drafts = app.drafts()?;
            random
                .of(&drafts)
                .map(|draft| app.drop_draft(draft.id))
                .transpose()?;
            return Ok(None);
        }
        let Some(space) = self.some_space(phone, random) else {
            return Ok(None);
        };
        let content = serde_json::json!({ "space": space.to_string(), "note": "half opgeschr" });
        app.keep_draft(app.new_draft(), "street_contact", content)?;
        Ok(None)
    }

    fn problem(&mut self, phone: usize, app: &Client, deed: Deed, random: &mut Random) -> Done {
        let problems = app.problems()?;
        let Some(problem) = random.of(&problems) else {
            return Ok(None);
        };
        let saved = match deed {
            Deed::Discard => {
                app.discard_problem(problem.space, problem.seq)?;
                self.story.throw_away(problem.space, problem.record, &problem.set);
                return Ok(None);
            }
            Deed::Mend => app.mend(problem.space, problem.seq, self.instead(problem)),
            _ => match self.some_space(phone, random) {
                Some(space) => app.file_again(problem.space, problem.seq, space),
                None => return Ok(None),
            },
        };
        match saved {
            // What cannot be mended or filed that way is told to its author, and stays where it is.
            Err(ClientError::Refused(_) | ClientError::NotFound) => Ok(None),
            Ok(saved) if deed == Deed::FileAgain => {
                self.story.throw_away(problem.space, problem.record, &problem.set);
                Ok(Some(saved))
            }
            other => other.map(Some),
        }
    }

    /// What somebody writes instead in the field that was refused.
    fn instead(&mut self, problem: &Problem) -> Fields {
        let field = problem.field.as_deref().and_then(|field| field.split('.').next());
        let field = field
            .and_then(|field| FieldName::new(field).ok())
            .filter(|field| field.as_str() != "space");
        field
            .map(|field| (field, Value::Text(self.words())))
            .into_iter()
            .collect()
    }

    fn share(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let mut rows = self.phone(phone).rows("youth", false);
        let wpg = |space: SpaceId| {
            let writable = self.phone(phone).writable();
            writable
                .iter()
                .any(|granted| granted.space.id == space && granted.space.regime == Regime::InvestigationWpg)
        };
        rows.retain(|row| !wpg(row.space));
        let targets = self.shared_spaces();
        let Some((youth, to)) = random.of(&rows).zip(random.of(&targets)) else {
            return Ok(None);
        };
        let words = self.words();
        let share = Share {
            of: Some(Link {
                collection: "youth".to_owned(),
                record: youth.id,
            }),
            fields: Some(vec!["nickname".to_owned(), "talents".to_owned()]),
            to_space: Some(*to),
            ground: Some("toestemming".to_owned()),
            purpose: Some(words),
            recipient: Some("casemanager".to_owned()),
            expires: Some(PlanDay(app.now().local_day().plus_days(30))),
            ..Share::default()
        };
        let saved = app.share(youth.space, &share)?;
        self.story.shared.insert((youth.id, *to));
        let ledger = saved.touched.iter().map(|touched| (touched.record, *to));
        self.story.shared.extend(ledger);
        Ok(Some(saved))
    }

    /// The spaces that are nobody's own.
    fn shared_spaces(&self) -> Vec<SpaceId> {
        let shared = SPACES.iter().filter(|name| !name.starts_with("own-"));
        shared.map(|name| self.world.space(name)).collect()
    }

    fn withdraw(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let rows = self.phone(phone).rows("share", false);
        let share = random.of(&rows);
        share
            .map(|share| app.withdraw_share(Id::new(share.id), Some("op verzoek".to_owned())))
            .transpose()
    }

    fn refer(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let rows = self.phone(phone).rows("youth", false);
        let Some(youth) = random.of(&rows) else {
            return Ok(None);
        };
        let words = self.words();
        let referral = Referral {
            youth: Some(Id::new(youth.id)),
            to_kind: Some(ReferralKind::Internal),
            to_user: Some(self.world.user("chris")),
            reason: Some(words),
            ..Referral::default()
        };
        let saved = app.refer(youth.space, referral)?;
        let casemanagement = self.world.space("casemanagement");
        let mirrored = saved
            .touched
            .iter()
            .map(|touched| (touched.record, casemanagement));
        self.story.shared.extend(mirrored);
        Ok(Some(saved))
    }

    fn answer(&mut self, phone: usize, app: &Client, random: &mut Random) -> Done {
        let rows = self.phone(phone).rows("referral", false);
        let Some(referral) = random.of(&rows).cloned() else {
            return Ok(None);
        };
        let words = self.words();
        let saved = app.answer_referral(Id::new(referral.id), ReferralState::Refused, Some(words))?;
        // The answer goes to the other side of the mirror, whichever that is.
        let sides = self
            .world
            .all_spaces()
            .into_iter()
            .map(|space| (referral.id, space));
        self.story.shared.extend(sides);
        Ok(Some(saved))
    }
}

/// The fields that somebody edits in a record of that kind.
fn edited(kind: &str) -> &'static [(&'static str, Made)] {
    let of_kind = EDITED.iter().find(|(name, _)| *name == kind);
    of_kind.map_or(&[][..], |(_, fields)| fields)
}

fn set_deleted(app: &Client, stored: Option<&Stored>, yes: bool) -> Done {
    let Some(stored) = stored else {
        return Ok(None);
    };
    let kind = drempel_domain::records::collection(&stored.collection).ok_or(ClientError::NotFound)?;
    app.set_deleted(kind, stored.id, yes).map(Some)
}

fn form(words: String, random: &mut Random) -> StreetContactForm {
    let mut contact = StreetContact {
        headcount: Some(Whole(i64::try_from(random.below(9)).unwrap_or(1))),
        place: Some(Place {
            district: Some(Code::from("lindehof")),
            spot: None,
        }),
        note: Some(words),
        ..StreetContact::default()
    };
    contact.topics.set("school", true);
    StreetContactForm {
        contact,
        ..StreetContactForm::default()
    }
}

fn youth(words: String) -> YouthForm {
    YouthForm {
        youth: Youth {
            nickname: Some(words),
            ..Youth::default()
        },
        ..YouthForm::default()
    }
}

fn action(words: String) -> Action {
    Action {
        title: Some(words),
        ..Action::default()
    }
}
