//! Making the device known to a municipality.

use crate::sync::{SyncError, Transport, exchange};
use crate::{Client, ClientError, settings, system};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_protocol::access::Person;
use drempel_protocol::enrolment::{Enrolled, EnrolmentAnswer, EnrolmentRequest};
use drempel_protocol::{ENROLMENTS, PROTOCOL};
use drempel_sealing::keys::PrivateKey;
use drempel_store::Writer;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A token on its way to the server, kept until the enrolment is answered.
const TOKEN_ON_ITS_WAY: &str = "token_on_its_way";
/// The token with which sealed work is handed in.
const DEPOSIT_TOKEN: &str = "deposit_token";
/// The private half of the key to which a locked phone seals.
const CAPTURE_KEY: &str = "capture_key";

/// What the device makes for itself before it is enrolled, each 32 random bytes in base64url.
struct OwnSecrets {
    token: Zeroizing<String>,
    deposit_token: Zeroizing<String>,
    capture_key: Zeroizing<String>,
}

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

    /// Whether the device is enrolled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_enrolled(&self) -> Result<bool, ClientError> {
        self.store
            .read(|reader| Ok(reader.setting(settings::TOKEN)?.is_some()))
    }

    fn secrets_to_enrol_with(&self) -> Result<OwnSecrets, ClientError> {
        self.store.write(|writer| {
            Ok(OwnSecrets {
                token: kept_or_made(writer, TOKEN_ON_ITS_WAY)?,
                deposit_token: kept_or_made(writer, DEPOSIT_TOKEN)?,
                capture_key: kept_or_made(writer, CAPTURE_KEY)?,
            })
        })
    }

    fn become_enrolled(&self, answer: &Enrolled, token: &str) -> Result<(), ClientError> {
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

impl OwnSecrets {
    fn public_capture_key(&self) -> Result<String, ClientError> {
        let bytes = URL_SAFE_NO_PAD.decode(&*self.capture_key).map(Zeroizing::new);
        let bytes = bytes.map_err(|_| ClientError::NoRandomness)?;
        let bytes = <&[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| ClientError::NoRandomness)?;
        let public = PrivateKey::from_bytes(bytes).public();
        let public = public.map_err(|_| ClientError::NoRandomness)?;
        Ok(URL_SAFE_NO_PAD.encode(public.to_bytes()))
    }
}

/// The secret of that name, made and kept the first time.
fn kept_or_made(writer: &Writer<'_>, name: &str) -> Result<Zeroizing<String>, ClientError> {
    if let Some(secret) = writer.setting(name)? {
        return Ok(Zeroizing::new(secret));
    }
    let bytes = Zeroizing::new(system::random_bytes::<32>().map_err(|_| ClientError::NoRandomness)?);
    let secret = Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes));
    writer.set_setting(name, &secret)?;
    Ok(secret)
}

fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
