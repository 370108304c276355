//! Invariant 6: whatever arrived before changes nothing when it arrives again.

use crate::simulation::books::Books;
use crate::simulation::broken::{Broken, must};
use crate::simulation::run::Run;
use crate::world::Random;
use sha2::{Digest as _, Sha256};

/// How many requests of each phone arrive again.
const AGAIN: usize = 6;

impl Run {
    /// Lets requests of long ago arrive again, and checks that nothing changes, neither there nor here.
    pub(super) fn check_replay(&mut self) -> Result<(), Broken> {
        let before = content(&self.books());
        let mut random = Random::new(self.story.last_word());
        for phone in &self.phones {
            let arrived = phone.device.line().arrived();
            for _ in 0..AGAIN {
                if let Some(request) = random.of(&arrived) {
                    phone.device.send_again(request);
                }
            }
        }
        let after = content(&self.books());
        must(before == after, 6, || {
            let same = before
                .bytes()
                .zip(after.bytes())
                .take_while(|(one, other)| one == other)
                .count();
            let from = |text: &str| {
                text.chars()
                    .skip(same.saturating_sub(200))
                    .take(400)
                    .collect::<String>()
            };
            format!(
                "requests that arrived before changed the server: {} became {}",
                from(&before),
                from(&after)
            )
        })?;
        for phone in 0..self.phones.len() {
            self.sync_well(phone)?;
        }
        let books = self.books();
        must(content(&books) == before, 6, || {
            "synchronising once more changed the server".to_owned()
        })?;
        self.check_replicas(&books)
    }

    /// A number that two runs of one plan share, and hardly any others.
    pub(in crate::simulation) fn fingerprint(&self) -> u64 {
        let hash = Sha256::digest(content(&self.books()).as_bytes());
        hash.iter()
            .take(8)
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// Everything that the server holds, as a text.
fn content(books: &Books) -> String {
    let Books { entries, records } = books;
    format!("{records:?}{entries:?}")
}
