//! Invariant 16: nothing that a phone hears names anything outside its user's spaces.

use crate::simulation::broken::{Broken, must};
use crate::simulation::run::Run;
use crate::simulation::story::words_in;
use crate::world::Heard;
use drempel_domain::id::SpaceId;
use drempel_domain::time::Moment;
use drempel_protocol::synchronisation::{SpaceAnswer, SyncAnswer};

impl Run {
    /// Looks at everything that a phone heard since the last time.
    pub(in crate::simulation) fn check_heard(&self, phone: usize) -> Result<(), Broken> {
        for heard in self.phone(phone).device.line().take_heard() {
            if let Ok(answer) = serde_json::from_str::<SyncAnswer>(&heard.text) {
                self.check_answer(phone, &heard, &answer)?;
            }
        }
        Ok(())
    }

    fn check_answer(&self, phone: usize, heard: &Heard, answer: &SyncAnswer) -> Result<(), Broken> {
        let at = Moment::from_millis(answer.server_time);
        for granted in answer.access.iter().flat_map(|access| &access.spaces) {
            self.check_belongs(phone, granted.space.id, at)?;
        }
        for space in &answer.spaces {
            let tells = space.cursor.is_some() || space.digest.is_some() || space.more;
            if tells || !space.records.is_empty() || !space.removals.is_empty() {
                self.check_belongs(phone, space.space, at)?;
            }
            self.check_words(phone, space)?;
        }
        must(heard.status == 200, 0, || {
            format!("an answer with status {}", heard.status)
        })
    }

    fn check_belongs(&self, phone: usize, space: SpaceId, at: Moment) -> Result<(), Broken> {
        let phone = self.phone(phone);
        let belongs = self.story.role(phone.user, space, at).is_some();
        must(belongs, 16, || {
            format!("{} was told about {space}", phone.device.name())
        })
    }

    fn check_words(&self, phone: usize, answer: &SpaceAnswer) -> Result<(), Broken> {
        if answer.records.is_empty() {
            return Ok(());
        }
        let places = self.story.places_of_words();
        let text = serde_json::to_string(&answer.records).unwrap_or_default();
        for word in words_in(text.as_bytes()) {
            let belongs = places
                .get(&word)
                .is_some_and(|places| places.contains(&answer.space));
            must(belongs, 16, || {
                let name = self.phone(phone).device.name();
                format!(
                    "{name} was sent word {word} in {}, which was never written there",
                    answer.space
                )
            })?;
        }
        Ok(())
    }
}
