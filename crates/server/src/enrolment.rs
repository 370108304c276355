//! Codes that an administrator makes, and the devices that are enrolled with them.

use crate::admin::AdminError;
use crate::app::App;
use crate::digests::{from_hex, sha256};
use crate::municipality::user_id;
use crate::problem::Refusal;
use crate::storage::{CodeRow, NewDevice};
use drempel_domain::id::{DeviceId, IdSource};
use drempel_domain::time::MINUTE;
use drempel_protocol::enrolment::{EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::problem::Code;
use subtle::ConstantTimeEq as _;

/// How long a code counts, in milliseconds.
const LIFETIME: i64 = 10 * MINUTE;

/// How many wrong tries a code survives.
const TRIES: u32 = 5;

/// Crockford's alphabet: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of the part that says which code it is; not secret.
const LOCATOR: usize = 4;

/// Characters of the secret part: 50 bits.
const SECRET: usize = 10;

/// Longest words that a device may say about itself.
const LONGEST_WORD: usize = 64;

impl App {
    /// Makes a code with which one device of that person (by short name) can be enrolled within ten minutes.
    ///
    /// Written in groups to be typed: `K7QM-2P9X4-TDW3A`.
    pub fn make_code(&self, user: &str) -> Result<String, AdminError> {
        let id = user_id(user);
        let directory = self.storage().directory()?;
        directory.person(id).ok_or(AdminError::NoSuchUser)?;
        let now = self.now();
        loop {
            let characters = random_characters(&*self.inner.ids);
            let (locator, secret) = characters.split_at(LOCATOR);
            let row = CodeRow {
                secret_sha256: sha256(&[secret.as_bytes()]),
                user: id,
                expires_at: now.plus_millis(LIFETIME),
                tries_left: TRIES,
                used_by: None,
            };
            if self.storage().put_code(locator, &row, now)? {
                let (first, second) = secret.split_at(SECRET / 2);
                return Ok([locator, first, second].join("-"));
            }
        }
    }

    /// Enrols a device. A wrong, used, expired and unknown code answer alike.
    pub(crate) fn enrol(&self, request: &EnrolmentRequest) -> Result<EnrolmentAnswer, Refusal> {
        let token_sha256 = check(request)?;
        let code = plain(&request.code);
        let (locator, secret) = code.split_at_checked(LOCATOR).unwrap_or_default();
        let now = self.now();
        let device = NewDevice {
            id: DeviceId::new(self.inner.ids.next()),
            token_sha256,
            platform: request.platform.clone(),
            app: request.app.clone(),
            enrolled_at: now,
        };
        let typed = sha256(&[secret.as_bytes()]);
        let enrolled = self.storage().enrol(locator, &device, |row| {
            // Compared also where there is no such code, so that the time tells nothing.
            let kept = row.map_or([0; 32], |row| row.secret_sha256);
            let matches = bool::from(kept.ct_eq(&typed));
            matches && row.is_some_and(|row| now < row.expires_at && row.tries_left > 0)
        })?;
        let enrolled = enrolled.ok_or_else(|| {
            Refusal::new(
                Code::CodeNotValid,
                "Ask the administrator for a new code; it counts for ten minutes.",
            )
        })?;
        let person = self.storage().directory()?.person(enrolled.user).cloned();
        Ok(EnrolmentAnswer {
            device: enrolled.device,
            user: enrolled.user,
            user_name: person.map(|person| person.name).unwrap_or_default(),
            municipality: self.configuration()?.municipality.name.clone(),
            epoch: self.epoch()?,
            server_time: now.millis(),
        })
    }
}

/// The hash of the device's token, when the request says what it must.
fn check(request: &EnrolmentRequest) -> Result<[u8; 32], Refusal> {
    let malformed = |detail| Refusal::new(Code::Malformed, detail);
    let words = [&request.platform, &request.app];
    if words
        .iter()
        .any(|word| word.is_empty() || word.len() > LONGEST_WORD)
    {
        return Err(malformed("platform and app are words of 1 to 64 characters"));
    }
    from_hex(&request.token_sha256)
        .ok_or_else(|| malformed("token_sha256 is not 64 lower-case hexadecimal digits"))
}

/// A code without what people type between and instead of its characters.
fn plain(code: &str) -> String {
    let characters = code.chars().filter(|character| !matches!(character, '-' | ' '));
    let plain = |character: char| match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    characters.map(plain).filter(char::is_ascii).collect()
}

/// Characters with five random bits each.
fn random_characters(ids: &dyn IdSource) -> String {
    // Two identifiers hold far more random bits than the characters take.
    let bytes = sha256(&[ids.next().as_bytes(), ids.next().as_bytes()]);
    let character = |byte: &u8| ALPHABET.get(usize::from(byte % 32)).copied().map(char::from);
    bytes
        .iter()
        .filter_map(character)
        .take(LOCATOR + SECRET)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::RandomIds;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["K7QM-2P9X4-1DW30", "k7qm 2p9x4 ldw3o", "K7QM2P9X4iDW3O"] {
            assert_eq!(plain(typed), "K7QM2P9X41DW30", "{typed}");
        }
    }

    #[test]
    fn codes_have_fourteen_characters_that_cannot_be_confused() {
        let code = random_characters(&RandomIds);
        assert_eq!(code.len(), LOCATOR + SECRET);
        assert_eq!(plain(&code), code);
        assert_ne!(code, random_characters(&RandomIds));
    }
}
