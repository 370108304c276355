//! Making the device known to a municipality.

use crate::sync::{SyncError, Transport, exchange};
use crate::{Client, ClientError, settings, system};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_protocol::access::Person;
use drempel_protocol::enrolment::{EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::{ENROLMENTS, PROTOCOL};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A token on its way to the server, kept until the enrolment is answered.
const TOKEN_ON_ITS_WAY: &str = "token_on_its_way";

impl Client {
    /// Enrols the device with a code that an administrator made for its person.
    ///
    /// The device makes its own token and keeps it before the server learns its hash, so a reply that is lost costs
    /// nothing: enrolling again with the same code finds the same device.
    ///
    /// # Errors
    /// [`SyncError`]; with a code that is wrong, used or expired, `code_not_valid`.
    pub async fn enrol(
        &self,
        transport: &impl Transport,
        code: &str,
        platform: &str,
    ) -> Result<EnrolmentAnswer, SyncError> {
        let token = self.token_to_enrol_with()?;
        let request = EnrolmentRequest {
            protocol: PROTOCOL,
            code: code.to_owned(),
            token_sha256: sha256_hex(token.as_bytes()),
            platform: platform.to_owned(),
            app: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let answer: EnrolmentAnswer = exchange(transport, ENROLMENTS, None, &request).await?;
        self.become_enrolled(&answer, &token)?;
        Ok(answer)
    }

    /// Whether the device is enrolled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_enrolled(&self) -> Result<bool, ClientError> {
        self.store
            .read(|reader| Ok(reader.setting(settings::TOKEN)?.is_some()))
    }

    fn token_to_enrol_with(&self) -> Result<Zeroizing<String>, ClientError> {
        self.store.write(|writer| {
            if let Some(token) = writer.setting(TOKEN_ON_ITS_WAY)? {
                return Ok(Zeroizing::new(token));
            }
            let bytes = Zeroizing::new(system::random_bytes::<32>().map_err(|_| ClientError::NoRandomness)?);
            let token = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
            writer.set_setting(TOKEN_ON_ITS_WAY, &token)?;
            Ok(token)
        })
    }

    fn become_enrolled(&self, answer: &EnrolmentAnswer, token: &str) -> Result<(), ClientError> {
        let person = Person {
            id: answer.user,
            name: answer.user_name.clone(),
            function: String::new(),
        };
        let person = serde_json::to_string(&person).map_err(ClientError::Settings)?;
        self.store.write(|writer| {
            writer.take_identity(answer.device)?;
            writer.begin_epoch(answer.epoch)?;
            writer.set_setting(settings::PERSON, &person)?;
            writer.set_setting(settings::TOKEN, token)?;
            writer.remove_setting(settings::ACCESS)?;
            Ok(writer.remove_setting(TOKEN_ON_ITS_WAY)?)
        })
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
