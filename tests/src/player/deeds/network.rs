//! The people and organisations around a young person.

use super::deed::Deed;
use crate::player::PlayError;
use drempel_domain::record::EventDay;
use drempel_domain::records::network::KeyPerson;

/// `end_key_person`
pub(super) fn end_key_person(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let person = deed.id::<KeyPerson>("record")?;
    let ended = deed.entered.maybe_day("ended")?;
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.edit(person, |person| {
        person.ended = ended.map(EventDay);
        person.end_reason = reason;
    })?;
    deed.saved(&saved, &[]);
    Ok(())
}
