//! Values that somebody else's later change replaced: put back, put below, or left.

use crate::failure::{CommandError, FailureCode};
use crate::rounds::first_name;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    AlsoChanged, Overwritten, OverwrittenChoice, OverwrittenRow, Saved, ValueMine, ValueNow,
};
use crate::words::Words;
use drempel_client::views::KeptValue;
use drempel_domain::id::{Id, RecordId, UserId};
use drempel_domain::record::Named as _;
use drempel_domain::records::collection;
use drempel_domain::records::contacts::Place;
use drempel_domain::records::course::{PhaseChange, Track};
use drempel_domain::records::lists::Phase;
use drempel_domain::records::questions;
use drempel_domain::records::youths::Youth;
use drempel_domain::schema::{Holds, Kind};
use drempel_domain::sync_log::Base;
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use drempel_store::{Query, StoreError, Stored};

impl Screens<'_> {
    /// The person's own values that others replaced and that nobody settled here, the newest first.
    pub(crate) fn open_overwritten(&self) -> Result<Vec<KeptValue>, CommandError> {
        let me = self.me()?.id;
        let settled = self.client.store().read(|reader| reader.settled())?;
        let mut open = Vec::new();
        for kept in self.client.overwritten()? {
            let mine = kept.kept.author == Some(me) && !settled.contains(&kept.id.record());
            if mine && !self.stands(&kept)? {
                open.push(kept);
            }
        }
        Ok(open)
    }

    /// Whether the value is in the record again: put back, or under another text.
    fn stands(&self, kept: &KeptValue) -> Result<bool, CommandError> {
        let Some((stored, field)) = self.record_of(kept)? else {
            return Ok(false);
        };
        let now = stored.fields.get(field.as_str());
        Ok(match (now, &kept.kept.value) {
            (Some(Value::Text(now)), Some(Value::Text(lost))) => {
                now == lost || now.ends_with(&["\n\n", lost].concat())
            }
            (now, lost) => now == lost.as_ref().filter(|lost| !lost.is_null()),
        })
    }

    fn record_of(&self, kept: &KeptValue) -> Result<Option<(Stored, String)>, CommandError> {
        let (Some(of), Some(field)) = (&kept.kept.of, &kept.kept.field) else {
            return Ok(None);
        };
        let stored = self
            .client
            .store()
            .read(|reader| reader.record(&of.collection, of.record))?;
        Ok(stored.map(|stored| (stored, field.clone())))
    }

    pub(crate) fn overwritten_rows(&self) -> Result<Vec<OverwrittenRow>, CommandError> {
        let words = self.words()?;
        let open = self.open_overwritten()?;
        open.iter()
            .map(|kept| self.overwritten_row(kept, &words))
            .collect()
    }

    fn overwritten_row(&self, kept: &KeptValue, words: &Words) -> Result<OverwrittenRow, CommandError> {
        let youth = match self.record_of(kept)? {
            Some((stored, _)) => about_whom(&stored),
            None => None,
        };
        let about = self.chips(youth, words.names)?.into_iter().next();
        let field = kept.kept.field.as_deref().unwrap_or_default();
        Ok(OverwrittenRow {
            id: kept.id.record(),
            by: self.first_name_of(kept.kept.winner)?,
            at: kept.kept.won_at.map_or(Moment::from_millis(0), |at| at.0).into(),
            collection: kept
                .kept
                .of
                .as_ref()
                .map(|of| of.collection.clone())
                .unwrap_or_default(),
            field: field.split('/').next().unwrap_or(field).to_owned(),
            about: about.map(|chip| chip.shown).unwrap_or_default(),
        })
    }

    fn first_name_of(&self, user: Option<UserId>) -> Result<String, CommandError> {
        let name = user.map(|user| self.name_of(user)).transpose()?.flatten();
        Ok(first_name(&name.unwrap_or_default()).to_owned())
    }

    /// A value that somebody else's later change replaced.
    ///
    /// # Errors
    /// `not_found` when it, or its record, is not on this device.
    pub fn overwritten(&self, id: RecordId) -> Result<Overwritten, CommandError> {
        let kept = self
            .client
            .open_record(Id::<questions::Overwritten>::new(id))?
            .record;
        let kept = KeptValue {
            id: Id::new(id),
            kept,
        };
        let words = self.words()?;
        let (stored, field) = self.record_of(&kept)?.ok_or(FailureCode::NotFound)?;
        let now = stored.fields.get(field.as_str()).cloned().unwrap_or_default();
        let lost = kept.kept.value.clone().unwrap_or_default();
        let row = self.overwritten_row(&kept, &words)?;
        let in_words = |value: &Value| self.value_words(&stored.collection, &field, value, &words);
        Ok(Overwritten {
            now: ValueNow {
                value: in_words(&now)?,
                detail: self.reason_for(&stored, &field, &now)?,
                by: row.by.clone(),
                at: row.at,
            },
            mine: ValueMine {
                value: in_words(&lost)?,
                detail: self.reason_for(&stored, &field, &lost)?,
                at: kept
                    .kept
                    .written_at
                    .map_or(Moment::from_millis(0), |at| at.0)
                    .into(),
            },
            also: self.also_changed(&stored, &field, &words)?,
            can_put_below: is_free_text(&stored.collection, &field)
                && now.as_text().is_some()
                && lost.as_text().is_some(),
            row,
        })
    }

    /// Why that was chosen, where its author had to say so: the reason of the last change to a phase.
    fn reason_for(
        &self,
        stored: &Stored,
        field: &str,
        value: &Value,
    ) -> Result<Option<String>, CommandError> {
        if stored.collection != Track::NAME || field != "phase" {
            return Ok(None);
        }
        let track = Id::<Track>::new(stored.id);
        let changes: Vec<PhaseChange> = self.client.store().read(|reader| {
            let found = reader.find(&Query::of::<PhaseChange>().whose("track", track.to_string()))?;
            Ok::<_, StoreError>(found.iter().map(Stored::typed).collect())
        })?;
        let to_it = changes
            .into_iter()
            .filter(|change| change.phase.as_ref().map(Phase::as_str) == value.as_text());
        Ok(to_it
            .max_by_key(|change| change.changed_at)
            .and_then(|change| change.reason))
    }

    /// What else the change that won set: the fields that count from the same instant and took nothing from anybody.
    fn also_changed(
        &self,
        stored: &Stored,
        field: &str,
        words: &Words,
    ) -> Result<Vec<AlsoChanged>, CommandError> {
        let Some(won @ Base::Seen(_)) = stored.seen.get(field) else {
            return Ok(Vec::new());
        };
        let collided = self.client.overwritten_of(stored.id)?;
        let collided = |name: &str| {
            collided
                .iter()
                .any(|kept| kept.kept.field.as_deref() == Some(name))
        };
        let mut also = Vec::new();
        for (name, _) in stored.seen.iter().filter(|(_, base)| *base == won) {
            let name = name.as_str();
            let (Some(value), false) = (stored.fields.get(name), collided(name)) else {
                continue;
            };
            let of_its_kind = name.split('/').next().unwrap_or(name);
            if collection(&stored.collection).is_some_and(|kind| kind.field(of_its_kind).is_some()) {
                also.push(AlsoChanged {
                    field: of_its_kind.to_owned(),
                    after: self.value_words(&stored.collection, name, value, words)?,
                });
            }
        }
        Ok(also)
    }

    /// A value as a person reads it: labels for codes, names for people and places.
    fn value_words(
        &self,
        kind: &str,
        field: &str,
        value: &Value,
        words: &Words,
    ) -> Result<String, CommandError> {
        let (name, key) = field
            .split_once('/')
            .map_or((field, None), |(name, key)| (name, Some(key)));
        let holds = collection(kind)
            .and_then(|kind| kind.field(name))
            .map(|field| &field.holds);
        let held = match (holds, value) {
            (Some(Holds::One(Kind::Code(list)) | Holds::Keyed(Kind::Code(list))), Value::Text(code)) => {
                words.lists.label(list, code).to_owned()
            }
            (Some(Holds::One(Kind::User)), Value::Text(user)) => self.first_name_of(user.parse().ok())?,
            (Some(Holds::One(Kind::Record(Youth::NAME))), Value::Text(youth)) => {
                let chip = self
                    .chips(youth.parse::<RecordId>().ok(), words.names)?
                    .into_iter()
                    .next();
                chip.map(|chip| chip.shown).unwrap_or_default()
            }
            (Some(Holds::Group(_)), value) => {
                let place = place_of(value);
                self.place_words(words, place.as_ref(), None)?.unwrap_or_default()
            }
            (_, Value::List(texts)) => texts
                .iter()
                .filter_map(Value::as_text)
                .collect::<Vec<_>>()
                .join(", "),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Integer(number)) => number.to_string(),
            (_, Value::Bool(_) | Value::Null | Value::Map(_)) => String::new(),
        };
        Ok(match key {
            Some(key) if held.is_empty() => key.to_owned(),
            _ => held,
        })
    }

    /// Puts the own value back, puts the own text below the other, or leaves it.
    ///
    /// # Errors
    /// `not_found` when it, or its record, is not on this device, or one of both is no text.
    pub fn settle_overwritten(&self, id: RecordId, choice: OverwrittenChoice) -> Deed<Saved> {
        let kept = Id::<questions::Overwritten>::new(id);
        let saved = match choice {
            OverwrittenChoice::PutBack => self.client.put_back(kept)?,
            OverwrittenChoice::PutBelow => self.client.put_below(kept)?,
            OverwrittenChoice::Leave => {
                let space = self.client.open_record(kept)?.space();
                return self.settle::<questions::Overwritten>(space, id);
            }
        };
        let mut done = self.deed_done::<questions::Overwritten>(saved, id)?;
        done.changed.insert(questions::Overwritten::NAME);
        Ok(done)
    }
}

/// The young person whom a record is, or is about.
fn about_whom(stored: &Stored) -> Option<RecordId> {
    match stored.collection.as_str() {
        Youth::NAME => Some(stored.id),
        _ => stored.fields.get("youth").and_then(Value::as_text)?.parse().ok(),
    }
}

fn is_free_text(kind: &str, field: &str) -> bool {
    let holds = collection(kind)
        .and_then(|kind| kind.field(field))
        .map(|field| &field.holds);
    matches!(holds, Some(Holds::One(Kind::Text)))
}

fn place_of(value: &Value) -> Option<Place> {
    let member = |name| value.member(name).and_then(Value::as_text);
    let place = Place {
        district: member("district").map(Into::into),
        spot: member("spot").and_then(|spot| spot.parse().ok()).map(Id::new),
    };
    (place != Place::default()).then_some(place)
}
