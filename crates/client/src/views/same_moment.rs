//! "Zelfde moment?": what to ask, and which contacts stand behind another.

use crate::reference::reference;
use crate::{Client, ClientError, settings};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::Whole;
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::lists::RoundKind;
use drempel_domain::records::questions::SameMoment;
use drempel_domain::records::rounds::{Round, Spot};
use drempel_domain::rules::same_moment::{Nearness, Seen, answer_id, hidden_behind, may_be_same};
use drempel_store::{Query, Reader, Stored};
use std::collections::BTreeMap;

/// Two contacts that may be the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The contact with the lesser identifier.
    pub first: Id<StreetContact>,
    /// The other.
    pub second: Id<StreetContact>,
    /// What was answered.
    pub answer: Answer,
}

/// What was answered to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// They are the same moment.
    Same,
    /// They are not; it is not asked again.
    Different,
}

impl Client {
    /// Every two contacts of a joint round that may be the same moment, answered or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn same_moment_questions(&self) -> Result<Vec<Question>, ClientError> {
        self.store.read(|reader| {
            let nearness = nearness(reader)?;
            let mut questions = Vec::new();
            for round in reader.find(&Query::of::<Round>().whose("kind", RoundKind::Joint.as_str()))? {
                let seen = seen_on(reader, &round)?;
                for (index, one) in seen.iter().enumerate() {
                    for other in seen.iter().skip(index + 1) {
                        if may_be_same(one, other, nearness) {
                            questions.push(question(reader, one.contact, other.contact)?);
                        }
                    }
                }
            }
            Ok(questions)
        })
    }

    /// For each contact that was answered to be the same moment as another: the one that is shown in its place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn hidden_moments(&self) -> Result<BTreeMap<RecordId, RecordId>, ClientError> {
        self.store.read(|reader| {
            let answers = reader.find(&Query::of::<SameMoment>())?;
            let same = answers.iter().filter_map(|stored| {
                let answer: SameMoment = stored.typed();
                let yes = answer.same == Some(true);
                answer.first.zip(answer.second).filter(|_| yes)
            });
            Ok(hidden_behind(
                same.map(|(first, second)| (first.record(), second.record())),
            ))
        })
    }
}

fn nearness(reader: &Reader<'_>) -> Result<Nearness, ClientError> {
    let usual = Nearness::default();
    let set = settings::configuration(reader)?
        .map(|set| set.settings)
        .unwrap_or_default();
    Ok(Nearness {
        minutes: set.get("same_moment_minutes").copied().unwrap_or(usual.minutes),
        headcount: set
            .get("same_moment_headcount")
            .copied()
            .unwrap_or(usual.headcount),
    })
}

/// The contacts of a round, as far as the question needs them, by their identifiers.
fn seen_on(reader: &Reader<'_>, round: &Stored) -> Result<Vec<Seen>, ClientError> {
    let of_round = Query::of::<StreetContact>()
        .in_space(round.space)
        .whose("round", reference(round.id));
    let round: Round = round.typed();
    let mut seen = Vec::new();
    for stored in reader.find(&of_round)? {
        let contact: StreetContact = stored.typed();
        let (Some(at), Some(author)) = (contact.occurred_at, stored.common().created_by) else {
            continue;
        };
        let place = contact.place.unwrap_or_default();
        let district = place.district.clone();
        let district = match (&district, place.spot) {
            (None, Some(spot)) => spot_district(reader, spot)?,
            _ => district.map(|code| code.as_str().to_owned()),
        };
        let of_round = || round.district.as_ref().map(|code| code.as_str().to_owned());
        seen.push(Seen {
            contact: Id::new(stored.id),
            author,
            at: at.0,
            spot: place.spot.map(|spot| spot.to_string()),
            district: district.or_else(of_round),
            headcount: contact.headcount.map_or(0, |Whole(count)| count),
        });
    }
    Ok(seen)
}

fn spot_district(reader: &Reader<'_>, spot: Id<Spot>) -> Result<Option<String>, ClientError> {
    let stored = reader.record("spot", spot.record())?;
    let spot: Option<Spot> = stored.map(|stored| stored.typed());
    Ok(spot
        .and_then(|spot| spot.district)
        .map(|code| code.as_str().to_owned()))
}

fn question(
    reader: &Reader<'_>,
    one: Id<StreetContact>,
    other: Id<StreetContact>,
) -> Result<Question, ClientError> {
    let stored = reader.record("same_moment", answer_id(one, other).record())?;
    let answered = stored
        .map(|stored| stored.typed::<SameMoment>())
        .and_then(|answer| answer.same);
    Ok(Question {
        first: one.min(other),
        second: one.max(other),
        answer: match answered {
            None => Answer::Open,
            Some(true) => Answer::Same,
            Some(false) => Answer::Different,
        },
    })
}
