//! What is done with a phone: writing, locking, unlocking, enrolling, and what befalls it.

use super::phone::{Copy, failed};
use super::run::Run;
use super::step::Event;
use super::story::{Written, word};
use crate::simulation::story::words_in;
use crate::simulation::{Broken, Network};
use crate::world::{CODE, Fate, Random, code};
use drempel_client::phone::{Enrolling, Stage};
use drempel_client::{Client, ClientError};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::space::SpaceKind;
use drempel_protocol::access::Granted;
use drempel_store::Query;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;

/// The most phones that a town has.
const MOST_PHONES: usize = 5;

/// What came of writing in a library: in which space, in which record, in the place of which words.
type InLibrary = Option<(SpaceId, RecordId, BTreeSet<u64>)>;

impl Run {
    /// Something is done with a phone, or befalls it.
    pub(super) fn happen(&mut self, phone: usize, event: Event, pick: u64) -> Result<(), Broken> {
        let mut random = Random::new(pick);
        let was_open = self.phone(phone).is_library_open();
        match event {
            Event::Write => self.write(phone, &mut random)?,
            Event::Edit => self.edit(phone, &mut random)?,
            Event::Form => self.type_in_form(phone, &mut random)?,
            Event::Lock | Event::PutAway | Event::Tick | Event::Wipe => self.put_down(phone, event)?,
            Event::Unlock => self.unlock(phone)?,
            Event::WrongCode => self.try_wrong_code(phone)?,
            Event::WrongCodes => self.try_wrong_codes(phone)?,
            Event::Kill | Event::Reboot => return self.kill(phone, event),
            Event::SetAhead(millis) => self.set_ahead(phone, millis),
            Event::LoseKey => self.lose_key(phone),
            Event::Copy => self.copy(phone),
            Event::GoBack => self.go_back(phone),
            Event::Replay => self.replay(phone, &mut random),
            Event::Enrol => self.enrol(phone, &mut random)?,
            Event::Another => self.add_another(phone),
        }
        // Whatever closes a library seals first what waits in it.
        if was_open && !self.phone(phone).is_library_open() && event != Event::GoBack {
            self.story.seal(phone);
        }
        Ok(())
    }

    fn write(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        let number = self.story.next_word();
        match self.phone(phone).stage() {
            Stage::Open => {
                let made = self
                    .phone(phone)
                    .with_open(|client| save_somewhere(client, random, number));
                self.note_written(phone, number, made.unwrap_or(Ok(None)))
            }
            Stage::Locked | Stage::ReadLocked => self.set_aside(phone, number),
            Stage::NotEnrolled | Stage::Ended(_) => Ok(()),
        }
    }

    fn set_aside(&mut self, phone: usize, number: u64) -> Result<(), Broken> {
        let note = QuickNote {
            text: Some(word(number)),
            ..QuickNote::default()
        };
        let handset = &self.phone(phone).handset;
        let own = self.world.space(&["own-", handset.user()].concat());
        let set_aside = handset.phone().set_aside(note, None);
        set_aside.map_err(failed("nothing can be recorded on a locked phone"))?;
        self.story.written.push(Written {
            phone,
            word: number,
            instead: BTreeSet::new(),
            at: self.world.time().now(),
            space: own,
            record: None,
            sealed: true,
            excused: None,
        });
        Ok(())
    }

    fn edit(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        let number = self.story.next_word();
        let made = self
            .phone(phone)
            .with_open(|client| write_on(client, random, number));
        self.note_written(phone, number, made.unwrap_or(Ok(None)))
    }

    fn note_written(
        &mut self,
        phone: usize,
        number: u64,
        made: Result<InLibrary, ClientError>,
    ) -> Result<(), Broken> {
        let made = made.map_err(|error| Broken::new(0, format!("nothing can be saved: {error:?}")))?;
        if let Some((space, record, instead)) = made {
            self.story.written.push(Written {
                phone,
                word: number,
                instead,
                at: self.world.time().now(),
                space,
                record: Some(record),
                sealed: false,
                excused: None,
            });
        }
        Ok(())
    }

    fn type_in_form(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        if !matches!(self.phone(phone).stage(), Stage::Locked) {
            return Ok(());
        }
        let number = self.story.next_word();
        let content = json!({ "text": word(number) });
        let form = RecordId::new(random.uuid());
        let sealed = self
            .phone(phone)
            .handset
            .phone()
            .seal_draft(form, "quick_note", content);
        sealed.map_err(failed("a form cannot be kept on a locked phone"))?;
        let phone = self.phone_mut(phone);
        phone.forms.insert(number);
        phone.typed.insert(number);
        Ok(())
    }

    fn put_down(&mut self, phone: usize, event: Event) -> Result<(), Broken> {
        let handset = &self.phone(phone).handset;
        let app = handset.phone();
        match event {
            Event::PutAway => app.went_to_background(),
            Event::Tick => handset.wait(app.tick()).map(drop),
            Event::Wipe if matches!(app.stage(), Stage::Locked | Stage::ReadLocked | Stage::Open) => {
                handset.wait(app.wipe())
            }
            Event::Wipe => Ok(()),
            _ => handset.wait(app.lock()),
        }
        .map_err(failed("it cannot be put down"))?;
        drop(app);
        if event == Event::PutAway && self.phone(phone).is_library_open() {
            self.story.seal(phone);
        }
        match event {
            // An app that runs hears of the time that passes; one that was only put away has not heard yet.
            Event::Tick => self.check_lease(phone),
            _ => Ok(()),
        }
    }

    fn kill(&mut self, phone: usize, event: Event) -> Result<(), Broken> {
        let handset = &self.phone(phone).handset;
        if event == Event::Reboot {
            handset.clock().reboot();
        }
        handset.kill();
        Ok(())
    }

    pub(super) fn set_ahead(&mut self, phone: usize, millis: i64) {
        let phone = self.phone_mut(phone);
        phone.handset.clock().set_ahead(millis);
        phone.honest &= phone.ahead == millis;
        phone.ahead = millis;
    }

    fn lose_key(&mut self, phone: usize) {
        let phone = self.phone_mut(phone);
        if !matches!(phone.stage(), Stage::NotEnrolled | Stage::Ended(_)) {
            // One that is gone cannot be lost again.
            let _ = fs::remove_file(phone.handset.folder().join("hardware"));
            phone.key_lost = true;
        }
    }

    fn copy(&mut self, phone: usize) {
        let (written, steps) = (self.story.written.len(), self.summary.steps);
        let of = self.phone_mut(phone);
        if !of.key_lost && !matches!(of.stage(), Stage::NotEnrolled | Stage::Ended(_)) {
            let name = format!("copy-{phone}-{steps}");
            of.copy = Some(Copy {
                files: of.handset.copy(&name),
                written,
                wrong: of.wrong,
            });
        }
    }

    /// Its files are as they were when they were copied: what was written since and did not arrive is gone.
    fn go_back(&mut self, phone: usize) {
        let Some(copy) = self.phone_mut(phone).copy.take() else {
            return;
        };
        self.phone(phone).handset.go_back_to(&copy.files);
        let books = self.books();
        for written in self.story.written.iter_mut().skip(copy.written) {
            if written.phone == phone && !written.arrived(&books) {
                written
                    .excused
                    .get_or_insert("it was only in files that were put back");
            }
        }
        self.story.of(phone).for_each(|written| written.sealed = false);
        self.story.disturbed = true;
        self.story.backup_is_behind = true;
        let phone = self.phone_mut(phone);
        phone.wrong = copy.wrong;
        phone.suspect = true;
        phone.put_back = true;
        phone.honest = false;
        phone.key_lost = false;
        phone.forms.clear();
    }

    fn replay(&mut self, phone: usize, random: &mut Random) {
        let of = self.phone_mut(phone);
        let (handset, line) = (&of.handset, of.handset.line());
        if random.percent(50) && line.late() > 0 {
            handset.wait(line.deliver_late(random.below(line.late())));
        } else if let Some(sent) = random.of(&line.arrived()) {
            drop(handset.wait(line.send_again(sent)));
        }
        of.suspect = true;
    }

    /// It is enrolled, when it is new or nothing is left on it to be read; sometimes the first answer is lost, and the app killed.
    fn enrol(&mut self, phone: usize, random: &mut Random) -> Result<(), Broken> {
        if !matches!(self.phone(phone).stage(), Stage::NotEnrolled | Stage::Ended(_)) {
            return Ok(());
        }
        let loses_an_answer = random.percent(30);
        let handset = &self.phone(phone).handset;
        handset.line().mend();
        let invitation = self
            .world
            .town()
            .app()
            .make_code(handset.user())
            .expect("a code for somebody known");
        if loses_an_answer {
            handset.line().next([Fate::ReplyLost]);
            let app = handset.phone();
            let chosen = handset.wait(app.choose_code(&code(CODE)));
            chosen.map_err(failed("no code can be chosen"))?;
            // Nobody hears the answer.
            let _ = handset.wait(app.enrol(handset.line(), &invitation, "test"));
            drop(app);
            handset.kill();
        }
        self.enrol_with(phone, &invitation)
    }

    /// It is enrolled and synchronises once.
    pub(super) fn enrol_over_a_good_network(&mut self, phone: usize) -> Result<(), Broken> {
        let user = self.phone(phone).handset.user().to_owned();
        let invitation = self.world.town().app().make_code(&user);
        self.enrol_with(phone, &invitation.expect("a code for somebody known"))?;
        self.sync_over(phone, Network::Works)
    }

    fn enrol_with(&mut self, phone: usize, invitation: &str) -> Result<(), Broken> {
        let handset = &self.phone(phone).handset;
        let app = handset.phone();
        let chosen = handset.wait(app.choose_code(&code(CODE)));
        chosen.map_err(failed("no code can be chosen"))?;
        let enrolling = handset.wait(app.enrol(handset.line(), invitation, "test"));
        drop(app);
        match enrolling.map_err(failed("it cannot be enrolled"))? {
            Enrolling::Done(enrolled) => {
                let now = self.world.time().now();
                self.phone_mut(phone).begin_anew(enrolled.device, now);
                self.story.backup_is_behind = true;
                Ok(())
            }
            Enrolling::AwaitsConfirmation { .. } => Err(Broken::new(0, "a typed code awaits nobody")),
        }
    }

    fn add_another(&mut self, phone: usize) {
        if self.phones.len() < MOST_PHONES {
            let user = self.phone(phone).handset.user();
            let name = format!("{user}-{}", self.phones.len());
            self.add_phone(&name);
        }
    }
}

/// Saves a note in one of the spaces of an open phone.
fn save_somewhere(client: &Client, random: &mut Random, number: u64) -> Result<InLibrary, ClientError> {
    let spaces = client.spaces()?;
    let may_write: Vec<&Granted> = spaces
        .iter()
        .filter(|granted| granted.space.kind != SpaceKind::Joint)
        .collect();
    let Some(granted) = random.of(&may_write) else {
        return Ok(None);
    };
    let saved = client.note(granted.space.id, &word(number), None)?;
    let note = saved.first::<QuickNote>().expect("a note was saved");
    Ok(Some((granted.space.id, note.record(), BTreeSet::new())))
}

/// Writes another word in the place of those in a note on an open phone.
fn write_on(client: &Client, random: &mut Random, number: u64) -> Result<InLibrary, ClientError> {
    let notes = client
        .store()
        .read(|reader| reader.find(&Query::of::<QuickNote>()))?;
    let Some(note) = random.of(&notes) else {
        return Ok(None);
    };
    let text = note.typed::<QuickNote>().text.unwrap_or_default();
    let edited = client.edit::<QuickNote>(Id::new(note.id), |note| note.text = Some(word(number)));
    edited.map(drop)?;
    Ok(Some((note.space, note.id, words_in(text.as_bytes()))))
}
