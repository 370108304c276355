//! Codes that are typed: ten minutes, five tries.

use crate::admin::AdminError;
use crate::app::App;
use crate::municipality::user_id;
use crate::problem::Refusal;
use crate::secrets::{KeysError, SecretKeys};
use crate::storage::{CodeRow, DeviceRow, NewDevice};
use drempel_domain::id::UserId;
use drempel_domain::time::{MINUTE, Moment};
use drempel_sealing::invitation::EnrolmentCode;
use drempel_sealing::randomness::Randomness;
use subtle::ConstantTimeEq as _;

/// How long a code counts, in milliseconds.
const LIFETIME: i64 = 10 * MINUTE;

/// How many wrong tries a code survives.
const TRIES: u32 = 5;

/// Characters of a code's first group, by which wrong tries are counted to it.
const GROUP: usize = 4;

/// What is kept of a code: hashes under a key that is not in the database, so that whoever reads the database can try
/// out neither the group nor the whole.
struct Hashes {
    locator: [u8; 32],
    code: [u8; 32],
}

impl Hashes {
    fn of(code: &EnrolmentCode, keys: &SecretKeys) -> Result<Self, KeysError> {
        let text = code.expose_text();
        let group = text.get(..GROUP).unwrap_or_default();
        Ok(Self {
            locator: keys.hash_of_code("locator", group)?,
            code: keys.hash_of_code("code", &text)?,
        })
    }
}

impl App {
    /// Makes a code with which one device of that person (by short name) can be enrolled within ten minutes.
    ///
    /// Written in groups to be typed: `7K3M-Q9WT-2XBD`.
    pub fn make_code(&self, user: &str) -> Result<String, AdminError> {
        let user = self.person_named(user)?;
        let mut randomness = Randomness::of_the_system()?;
        let now = self.now();
        loop {
            let code = EnrolmentCode::generate(&mut randomness);
            let hashes = Hashes::of(&code, &*self.keys()?)?;
            let row = CodeRow {
                locator: hashes.locator,
                code_hash: hashes.code,
                user,
                expires_at: now.plus_millis(LIFETIME),
                tries_left: TRIES,
                used_by: None,
            };
            if self.storage().put_code(&row, now)? {
                return Ok(code.expose_text().to_string());
            }
        }
    }

    pub(super) fn person_named(&self, user: &str) -> Result<UserId, AdminError> {
        let id = user_id(user);
        let directory = self.storage().directory()?;
        directory.person(id).map(|_| id).ok_or(AdminError::NoSuchUser)
    }

    /// Enrols a device with a typed code, when that holds.
    pub(super) fn enrol_with_code(
        &self,
        code: &EnrolmentCode,
        device: &NewDevice,
        now: Moment,
    ) -> Result<Option<DeviceRow>, Refusal> {
        let typed = Hashes::of(code, &*self.keys()?)?;
        let enrolled = self
            .storage()
            .enrol(&typed.locator, device, self.new_numbers(), now, |row| {
                // Compared also where there is no such code, so that the time tells nothing.
                let kept = row.map_or([0; 32], |row| row.code_hash);
                let matches = bool::from(kept.ct_eq(&typed.code));
                matches && row.is_some_and(|row| now < row.expires_at && row.tries_left > 0)
            })?;
        Ok(enrolled)
    }
}
