//! "Zelfde moment?": the answer to it.

use crate::saving::found;
use crate::{Client, ClientError, Saved};
use drempel_domain::id::Id;
use drempel_domain::record::{Named, Record};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::questions::SameMoment;
use drempel_domain::rules::same_moment::answer_id;
use drempel_domain::sync_log::Fields;

impl Client {
    /// Answers whether two contacts are the same moment. Both stay; of those linked by yes one is shown.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when a contact is not on this device.
    pub fn answer_same_moment(
        &self,
        one: Id<StreetContact>,
        other: Id<StreetContact>,
        same: bool,
    ) -> Result<Saved, ClientError> {
        let id = answer_id(one, other);
        let space = self.space_of(one)?;
        self.space_of(other)?;
        let answered = self
            .store
            .read(|reader| Ok::<_, ClientError>(found(reader, SameMoment::NAME, id.record()).ok()))?;
        let answer = SameMoment {
            first: Some(one.min(other)),
            second: Some(one.max(other)),
            same: Some(same),
        };
        let mut saving = self.begin();
        match answered {
            Some(stored) => {
                let mut set: Fields = answer.to_fields();
                set.retain(|name, _| name.as_str() == "same");
                saving.set(SameMoment::collection(), &stored, set);
            }
            None => saving.create_as(id, space, &answer),
        }
        saving.commit()
    }
}
