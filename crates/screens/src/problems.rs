//! Recordings that the municipality did not take: shown with their text, filed again or thrown away.

use crate::audiences::Usual;
use crate::failure::{CommandError, FailureCode};
use crate::screens::{Deed, Done, Screens};
use crate::shapes::{Audience, Happening, Problem, ProblemRow, Saved, Status, TimelineItem};
use crate::status::Whereabouts;
use crate::street_contacts::code;
use crate::timeline::{first_words, item};
use drempel_domain::id::SpaceId;
use drempel_domain::record::{Common, Link, Named as _, Record as _, Scalar as _};
use drempel_domain::records::contacts::{DoorstepTalk, Participation, StreetContact};
use drempel_domain::records::notes::QuickNote;
use drempel_domain::sync_log::Seq;
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use drempel_store as store;

/// The reason with which a change comes back that was made after a membership ended.
const MEMBERSHIP_ENDED: &str = "membership_ended";

impl Screens<'_> {
    /// Recordings that were not taken, the oldest first. Who took part in a contact that is among them goes with it.
    pub(crate) fn problem_rows(&self) -> Result<Vec<ProblemRow>, CommandError> {
        let problems = self.client.problems()?;
        let contact_of = |problem: &store::Problem| problem.set.get("contact").and_then(Link::read);
        let goes_along = |problem: &&store::Problem| {
            let contact = contact_of(problem).filter(|_| problem.collection == Participation::NAME);
            contact.is_some_and(|contact| problems.iter().any(|other| other.record == contact.record))
        };
        Ok(problems
            .iter()
            .filter(|problem| !goes_along(problem))
            .map(row)
            .collect())
    }

    /// A recording that was not taken.
    ///
    /// # Errors
    /// `not_found` when there is none with that number.
    pub fn problem(&self, space: SpaceId, seq: u64) -> Result<Problem, CommandError> {
        let problems = self.client.problems()?;
        let named = |problem: &&store::Problem| problem.space == space && problem.seq == Seq(seq);
        let problem = problems.iter().find(named).ok_or(FailureCode::NotFound)?;
        let ended = problem.code == MEMBERSHIP_ENDED;
        Ok(Problem {
            row: row(problem),
            space_name: self
                .readers_of(space)?
                .map(|space| space.name)
                .unwrap_or_default(),
            ended_at: ended.then(|| problem.since.into()),
            item: self.refused_item(problem)?,
            choices: self.audiences(Usual::Alone, None)?,
        })
    }

    fn refused_item(&self, problem: &store::Problem) -> Result<TimelineItem, CommandError> {
        let words = self.words()?;
        let where_is = Whereabouts {
            status: Status::Rejected,
            late: false,
        };
        let plain = |happening| item(problem.record, happening, recorded_at(problem), where_is);
        Ok(match problem.collection.as_str() {
            StreetContact::NAME => {
                let contact = StreetContact::from_fields(&problem.set);
                TimelineItem {
                    place: self.place_words(&words, contact.place.as_ref(), contact.place_text.as_deref())?,
                    others: contact
                        .headcount
                        .and_then(|count| u32::try_from(count.0).ok())
                        .unwrap_or(0),
                    approach: code(contact.approach.as_ref()),
                    mood: code(contact.mood.as_ref()),
                    text: first_words(contact.note.as_deref()),
                    ..plain(Happening::StreetContact)
                }
            }
            DoorstepTalk::NAME => {
                let talk = DoorstepTalk::from_fields(&problem.set);
                TimelineItem {
                    place: talk.address,
                    opened_by: code(talk.opened_by.as_ref()),
                    result: code(talk.result.as_ref()),
                    text: first_words(talk.how_are_things.as_deref()),
                    ..plain(Happening::DoorstepTalk)
                }
            }
            QuickNote::NAME => TimelineItem {
                text: first_words(QuickNote::from_fields(&problem.set).text.as_deref()),
                ..plain(Happening::QuickNote)
            },
            "round" => plain(Happening::Round),
            "measurement" => plain(Happening::Measurement),
            "phase_change" => plain(Happening::PhaseChange),
            "message_contact" => plain(Happening::MessageContact),
            _ => TimelineItem {
                text: first_words(problem.set.get("title").and_then(Value::as_text)),
                ..plain(Happening::Action)
            },
        })
    }

    /// Files a refused recording again, as a new one of another space; the refused one is thrown away.
    ///
    /// # Errors
    /// `not_found` when there is none with that number, or it changed a record that exists elsewhere; `forbidden`,
    /// `refused`: the refused text stays where it is.
    pub fn file_again(&self, space: SpaceId, seq: u64, to: Audience) -> Deed<Saved> {
        let saved = self.client.file_again(space, Seq(seq), to.own)?;
        let made = saved.touched.first().ok_or(FailureCode::NotFound)?;
        let answer = Saved {
            token: made.record.to_string(),
            collection: made.collection.to_owned(),
            record: made.record,
            warnings: Vec::new(),
        };
        Ok(Done::new(answer, &["problem", made.collection]))
    }

    /// Throws a refused recording away.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn discard_problem(&self, space: SpaceId, seq: u64) -> Deed<()> {
        self.client.discard_problem(space, Seq(seq))?;
        Ok(Done::new((), &["problem"]))
    }
}

fn row(problem: &store::Problem) -> ProblemRow {
    ProblemRow {
        space: problem.space,
        seq: problem.seq.0,
        collection: problem.collection.clone(),
        at: recorded_at(problem).into(),
        code: problem.code.clone(),
    }
}

fn recorded_at(problem: &store::Problem) -> Moment {
    let happened = problem.set.get("occurred_at").and_then(Value::as_text);
    let made = || Common::from_fields(&problem.set).created_at.map(|at| at.0);
    let happened = happened.and_then(|at| at.parse().ok());
    happened.or_else(made).unwrap_or(problem.since)
}
