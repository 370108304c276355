//! Making the device known to a municipality.

use crate::secrets::{TOKEN_ON_ITS_WAY, sha256_hex};
use crate::sync::{SyncError, Transport, exchange};
use crate::{Client, ClientError, settings};
use drempel_protocol::access::Person;
use drempel_protocol::enrolment::{Enrolled, EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::{ENROLMENTS, PROTOCOL};

/// The server's answer to the enrolment, until the phone has everything from it.
const ENROLLED: &str = "enrolled";

impl Client {
    /// Enrols the device with a code that an administrator made for its person.
    ///
    /// The device makes its own tokens and keeps them before the server learns their hashes, so a reply that is lost
    /// costs nothing: enrolling again with the same code finds the same device.
    ///
    /// # Errors
    /// [`SyncError`]; with a code that is wrong, used or expired, `code_not_valid`.
    pub async fn enrol(
        &self,
        transport: &impl Transport,
        code: &str,
        platform: &str,
    ) -> Result<EnrolmentAnswer, SyncError> {
        let secrets = self.secrets_to_enrol_with()?;
        let request = EnrolmentRequest {
            protocol: PROTOCOL,
            code: code.to_owned(),
            token_sha256: sha256_hex(secrets.token.as_bytes()),
            deposit_token_sha256: sha256_hex(secrets.deposit_token.as_bytes()),
            capture_key: secrets.public_capture_key()?,
            platform: platform.to_owned(),
            app: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let answer: EnrolmentAnswer = exchange(transport, ENROLMENTS, None, &request).await?;
        if let EnrolmentAnswer::Enrolled(enrolled) = &answer {
            self.become_enrolled(enrolled, &secrets.token)?;
        }
        Ok(answer)
    }

    /// What the server answered when it enrolled this device; nothing before that.
    pub(crate) fn enrolled(&self) -> Result<Option<Enrolled>, ClientError> {
        self.store.read(|reader| settings::decoded(reader, ENROLLED))
    }

    /// Whether the device is enrolled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_enrolled(&self) -> Result<bool, ClientError> {
        self.store
            .read(|reader| Ok(reader.setting(settings::TOKEN)?.is_some()))
    }

    fn become_enrolled(&self, answer: &Enrolled, token: &str) -> Result<(), ClientError> {
        let person = Person {
            id: answer.user,
            name: answer.user_name.clone(),
            function: String::new(),
        };
        let text = |value: Result<String, serde_json::Error>| value.map_err(ClientError::Settings);
        let person = text(serde_json::to_string(&person))?;
        let keys = text(serde_json::to_string(&answer.keys))?;
        let enrolled = text(serde_json::to_string(answer))?;
        self.store.write(|writer| {
            writer.take_identity(answer.device)?;
            writer.begin_epoch(answer.epoch)?;
            writer.set_setting(settings::PERSON, &person)?;
            writer.set_setting(settings::TOKEN, token)?;
            writer.set_setting(settings::TOKEN_SINCE, &self.now().millis().to_string())?;
            writer.set_setting(settings::KEYS, &keys)?;
            writer.set_setting(settings::LOCK, &answer.lock.to_string())?;
            writer.set_setting(ENROLLED, &enrolled)?;
            writer.remove_setting(settings::LEASE_AT)?;
            writer.remove_setting(settings::NEXT_TOKEN)?;
            writer.remove_setting(settings::FORMER_TOKENS)?;
            writer.remove_setting(settings::ACCESS)?;
            Ok(writer.remove_setting(TOKEN_ON_ITS_WAY)?)
        })
    }
}
