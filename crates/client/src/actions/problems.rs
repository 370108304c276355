//! What the municipality did not take: kept here with its text, mended, filed elsewhere or thrown away.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::record::{FieldType, Link, Named as _, Record as _, Scalar as _};
use drempel_domain::records::collection;
use drempel_domain::records::contacts::Participation;
use drempel_domain::sync_log::{Base, FieldName, Fields, Seq};
use drempel_store::Problem;

/// The field in which a participation says in what.
const CONTACT: &str = "contact";

impl Client {
    /// Everything that the municipality did not take.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn problems(&self) -> Result<Vec<Problem>, ClientError> {
        self.store.read(|reader| Ok(reader.problems()?))
    }

    /// Files a refused new record again, as a new record of another space, and who took part in it as well. What was
    /// refused is thrown away.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when there is no such problem, or the refused change did not make a record.
    pub fn file_again(&self, space: SpaceId, seq: Seq, to: SpaceId) -> Result<Saved, ClientError> {
        let problem = self.problem(space, seq)?;
        let kind = collection(&problem.collection)
            .filter(|_| problem.new)
            .ok_or(ClientError::NotFound)?;
        let record = RecordId::new(self.ids.next());
        let mut saving = self.begin();
        saving.create_fields(kind, record, to, unsigned(&problem.set));
        for took_part in self.went_along(&problem)? {
            let mut set = unsigned(&took_part.set);
            let contact = Link {
                collection: kind.name.to_owned(),
                record,
            };
            FieldType::put(&Some(contact), CONTACT, &mut set);
            let person = RecordId::new(self.ids.next());
            saving.create_fields(Participation::collection(), person, to, set);
        }
        let saved = saving.commit()?;
        self.discard_problem(space, seq)?;
        Ok(saved)
    }

    /// Mends a refused change: what it set, with these fields instead, in the same space.
    ///
    /// # Errors
    /// [`ClientError::Refused`] when it still cannot be taken; the refused text stays where it is.
    pub fn mend(&self, space: SpaceId, seq: Seq, instead: Fields) -> Result<Saved, ClientError> {
        let problem = self.problem(space, seq)?;
        let kind = collection(&problem.collection).ok_or(ClientError::NotFound)?;
        let mut set = unsigned(&problem.set);
        set.extend(instead);
        let mut saving = self.begin();
        if problem.new {
            // Its writer has seen what was refused, also when somebody released it meanwhile.
            let device = self.device()?;
            let refused = |name: &FieldName| (name.clone(), Base::Own { device, seq });
            let seen = set.keys().map(refused).collect();
            saving.create_again(kind, problem.record, space, set, seen);
        } else {
            let stored = self
                .store
                .read(|reader| crate::saving::found(reader, kind.name, problem.record))?;
            saving.set(kind, &stored, set);
        }
        saving.instead_of(space, seq);
        saving.commit()
    }

    /// Throws a refused change away, and who took part in what it made; the municipality is told so.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn discard_problem(&self, space: SpaceId, seq: Seq) -> Result<(), ClientError> {
        let along = match self.problem(space, seq) {
            Ok(problem) => self.went_along(&problem)?,
            Err(ClientError::NotFound) => Vec::new(),
            Err(error) => return Err(error),
        };
        self.store.write(|writer| {
            for took_part in &along {
                writer.discard_problem(space, took_part.seq)?;
            }
            Ok(writer.discard_problem(space, seq)?)
        })
    }

    /// Who took part in what a refused change made, as far as that was refused as well: it is nothing by itself.
    fn went_along(&self, made: &Problem) -> Result<Vec<Problem>, ClientError> {
        let took_part = |problem: &Problem| {
            let contact = problem.set.get(CONTACT).and_then(Link::read);
            problem.new
                && (problem.space, problem.collection.as_str()) == (made.space, Participation::NAME)
                && contact.is_some_and(|contact| contact.record == made.record)
        };
        let mut along = self.problems()?;
        along.retain(|problem| made.new && took_part(problem));
        Ok(along)
    }

    fn problem(&self, space: SpaceId, seq: Seq) -> Result<Problem, ClientError> {
        let same = |problem: &Problem| problem.space == space && problem.seq == seq;
        self.problems()?
            .into_iter()
            .find(same)
            .ok_or(ClientError::NotFound)
    }
}

fn unsigned(set: &Fields) -> Fields {
    let said = set.iter().filter(|(name, _)| !is_signature(name));
    said.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// When and by whom a record was made is said anew by whoever files it again.
fn is_signature(name: &FieldName) -> bool {
    matches!(name.as_str(), "created_at" | "created_by")
}
