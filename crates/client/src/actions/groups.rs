//! Groups of young people, described without names in step 2A of the model.

use crate::{Client, ClientError, Saved};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::records::groups::YouthGroup;
use drempel_domain::schema::{Fault, FieldFault};

/// The step of the seven-step model in which a group is described without names.
const WITHOUT_NAMES: &str = "2A";

impl Client {
    /// Makes a group known, finishing its draft when it had one.
    ///
    /// # Errors
    /// [`Fault::NamesNotAllowedInStep2A`] in `members` when it is in step 2A and holds names.
    pub fn create_youth_group(
        &self,
        space: SpaceId,
        group: &YouthGroup,
        draft: Option<RecordId>,
    ) -> Result<Saved, ClientError> {
        refuse_names_in_step_2a(group)?;
        let mut saving = self.begin();
        saving.finish(draft);
        saving.create(space, group);
        saving.commit()
    }

    /// Changes a group.
    ///
    /// # Errors
    /// As [`Client::create_youth_group`].
    pub fn edit_youth_group(
        &self,
        group: Id<YouthGroup>,
        change: impl FnOnce(&mut YouthGroup),
    ) -> Result<Saved, ClientError> {
        let mut opened = self.open_record(group)?;
        change(&mut opened.record);
        refuse_names_in_step_2a(&opened.record)?;
        self.save(&opened)
    }
}

fn refuse_names_in_step_2a(group: &YouthGroup) -> Result<(), ClientError> {
    let nameless = group
        .step
        .as_ref()
        .is_some_and(|step| step.as_str() == WITHOUT_NAMES);
    match nameless && !group.members.is_empty() {
        true => Err(FieldFault::new("members", Fault::NamesNotAllowedInStep2A).into()),
        false => Ok(()),
    }
}
