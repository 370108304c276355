//! No byte of a device's files holds what the person never could see, whatever the byte is used for.

use super::judge::{Judge, Reading};
use super::search::is_given_copy;
use crate::player::PlayError;
use crate::world::plaintext;

/// Looks for words where they must not be, and first for one where it must be, which shows that the files can be read.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for phone in judge.phones.values() {
        let Some(user) = judge.expected.users.get(&phone.named.user) else {
            continue;
        };
        let directory = phone.directory();
        let pages = plaintext(&directory, phone.key().expose())
            .map_err(|error| PlayError::file(&directory, error))?;
        let pages: Vec<String> = pages
            .iter()
            .map(|page| String::from_utf8_lossy(page).to_lowercase())
            .collect();
        let holds = |word: &str| pages.iter().any(|page| page.contains(word));
        let device = &phone.named.id;
        judge
            .comparison
            .check(holds("sqlite_master") || holds("create table"), || {
                format!("the files of {device} cannot be read with its key")
            });
        let replica = judge.replicas.iter().find(|replica| replica.device == *device);
        for word in &user.never_in_any_byte_on_this_users_devices {
            let what = format!("{word} on {device}");
            let in_a_copy = replica.is_some_and(|replica| {
                let holders = replica.records.iter().filter(|(_, kept)| kept.holds(word));
                holders
                    .map(|(id, _)| is_given_copy(judge, replica, user, *id))
                    .reduce(|all, one| all && one)
                    == Some(true)
            });
            match (holds(word), in_a_copy) {
                (true, true) => judge.comparison.read_otherwise(Reading::WordInACopy, what),
                (found, _) => judge.comparison.check(!found, || format!("{what}: is in a byte")),
            }
        }
    }
    Ok(())
}
