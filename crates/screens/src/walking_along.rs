//! Walking along on a round that a colleague started: by its code, or said afterwards.

use crate::failure::{CommandError, FailureCode};
use crate::rounds::{LONGEST, first_name, users};
use crate::screens::{Deed, Screens};
use crate::shapes::{RoundCode, Saved, WasThere};
use crate::words::Words;
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::Named as _;
use drempel_domain::records::lists::RoundKind;
use drempel_domain::records::rounds::{Round, RoundParticipant};
use drempel_store::{Query, StoreError, Stored};
use qrcode::{Color, EcLevel, QrCode};

/// What the picture of a round's code begins with; the space and the round follow.
const PICTURE: &str = "drempel:ronde:";
/// Letters of a code that is typed: without those that look alike (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters a typed code has.
const LETTERS_TYPED: u32 = 6;

impl Screens<'_> {
    /// The code with which a colleague's phone walks along. The picture works without any connection; the letters once
    /// the round is on the other phone too.
    ///
    /// # Errors
    /// `not_found` when the round is not on this device.
    pub fn round_code(&self, round: RecordId) -> Result<RoundCode, CommandError> {
        let space = self.client.open_record(Id::<Round>::new(round))?.space();
        let content = [PICTURE, &space.to_string(), ":", &round.to_string()].concat();
        let picture = QrCode::with_error_correction_level(content.as_bytes(), EcLevel::M);
        let picture = picture.map_err(|_| CommandError::from(FailureCode::NotAvailable))?;
        let dark = |color: &Color| match color {
            Color::Dark => '1',
            Color::Light => '0',
        };
        let rows = picture.to_colors();
        let rows = rows
            .chunks(picture.width())
            .map(|row| row.iter().map(dark).collect());
        Ok(RoundCode {
            text: letters(round),
            rows: rows.collect(),
        })
    }

    /// Walks along on the round of that code, scanned or typed.
    ///
    /// # Errors
    /// `code_not_valid` when it is no code of a round that can be joined from this device.
    pub fn join_round(&self, code: &str) -> Deed<Saved> {
        let (space, round) = match scanned(code) {
            Some(found) => found,
            None => self.typed(code)?.ok_or(FailureCode::CodeNotValid)?,
        };
        self.walk_along(space, round)
    }

    fn typed(&self, code: &str) -> Result<Option<(SpaceId, RecordId)>, CommandError> {
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let typed = typed.to_ascii_uppercase();
        let open = self.rounds_of_now()?;
        let named = |stored: &&Stored| letters(stored.id).replace(' ', "") == typed;
        Ok(open.iter().find(named).map(|stored| (stored.space, stored.id)))
    }

    /// Answers "Was je erbij?". A no is kept on this device only.
    ///
    /// # Errors
    /// `not_found` when the round is not on this device; `forbidden` when the person may not write there.
    pub fn was_there(&self, round: RecordId, yes: bool) -> Deed<Saved> {
        let space = self.client.open_record(Id::<Round>::new(round))?.space();
        match yes {
            true => self.walk_along(space, round),
            false => self.settle::<Round>(space, round),
        }
    }

    fn walk_along(&self, space: SpaceId, round: RecordId) -> Deed<Saved> {
        let saved = self.client.join_round(space, Id::new(round), None, None)?;
        let made = saved.first::<RoundParticipant>().map_or(round, Id::record);
        let mut done = self.deed_done::<RoundParticipant>(saved, made)?;
        done.changed.insert(Round::NAME);
        Ok(done)
    }

    /// Joint rounds of now that a colleague began and on which the person is not known to walk.
    pub(crate) fn was_there_questions(&self, words: &Words) -> Result<Vec<WasThere>, CommandError> {
        let me = self.me()?.id;
        let mut questions = Vec::new();
        for stored in self.rounds_of_now()? {
            let round: Round = stored.typed();
            let (takes_part, settled) = self.client.store().read(|reader| {
                let settled = reader.settled()?.contains(&stored.id);
                Ok::<_, StoreError>((users(reader, Id::new(stored.id))?, settled))
            })?;
            let Some(by) = stored.common().created_by.filter(|by| *by != me) else {
                continue;
            };
            if settled || takes_part.contains(&me) || round.kind != Some(RoundKind::Joint) {
                continue;
            }
            let district = round
                .district
                .as_ref()
                .map(|code| words.lists.label("districts", code.as_str()));
            let by = self.name_of(by)?.unwrap_or_default();
            questions.push(WasThere {
                round: stored.id,
                district: district.unwrap_or_default().to_owned(),
                started: round.started.map_or_else(|| self.client.now(), |at| at.0).into(),
                by: first_name(&by).to_owned(),
            });
        }
        Ok(questions)
    }

    fn rounds_of_now(&self) -> Result<Vec<Stored>, CommandError> {
        let since = self.client.now().plus_millis(-LONGEST).to_string();
        let query = Query::of::<Round>().from("started", since);
        Ok(self.client.store().read(|reader| reader.find(&query))?)
    }
}

/// The space and the round in the picture of a code.
fn scanned(code: &str) -> Option<(SpaceId, RecordId)> {
    let (space, round) = code.strip_prefix(PICTURE)?.split_once(':')?;
    Some((space.parse().ok()?, round.parse().ok()?))
}

/// Six letters that name a round among those of one evening: "K7Q M2F".
fn letters(round: RecordId) -> String {
    let number = round.uuid().as_u128();
    let letter = |place: u32| {
        let bits = usize::try_from((number >> (5 * place)) & 31).unwrap_or(0);
        LETTERS.get(bits).map_or('0', |letter| char::from(*letter))
    };
    let all: Vec<char> = (0..LETTERS_TYPED).rev().map(letter).collect();
    let (first, last) = all.split_at(all.len() / 2);
    [String::from_iter(first), String::from_iter(last)].join(" ")
}
