//! What a device makes for itself before it is enrolled, each 32 random bytes: two tokens and a key.

use crate::{Client, ClientError, system};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use drempel_sealing::fingerprint::Fingerprint;
use drempel_sealing::keys::PrivateKey;
use drempel_store::Writer;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A sync token on its way to the server, kept until the enrolment is answered.
pub(crate) const TOKEN_ON_ITS_WAY: &str = "token_on_its_way";
/// The token with which sealed work is handed in.
const DEPOSIT_TOKEN: &str = "deposit_token";
/// The private half of the key to which a locked phone seals.
const CAPTURE_KEY: &str = "capture_key";

/// The secrets of one enrolment, in base64url.
pub(crate) struct OwnSecrets {
    pub(crate) token: Zeroizing<String>,
    pub(crate) deposit_token: Zeroizing<String>,
    capture_key: Zeroizing<String>,
}

impl OwnSecrets {
    /// The public half of the capture key, as it travels.
    pub(crate) fn public_capture_key(&self) -> Result<String, ClientError> {
        Ok(URL_SAFE_NO_PAD.encode(public(&private(&self.capture_key)?)?))
    }
}

impl Client {
    /// The secrets to enrol with; made and kept the first time, so that a lost answer costs nothing.
    pub(crate) fn secrets_to_enrol_with(&self) -> Result<OwnSecrets, ClientError> {
        self.store.write(|writer| {
            Ok(OwnSecrets {
                token: kept_or_made(writer, TOKEN_ON_ITS_WAY)?,
                deposit_token: kept_or_made(writer, DEPOSIT_TOKEN)?,
                capture_key: kept_or_made(writer, CAPTURE_KEY)?,
            })
        })
    }

    /// The fingerprint that the administrator compares before a printed invitation enrols: of the capture key and of
    /// the hashes of the two tokens.
    pub(crate) fn fingerprint(&self) -> Result<String, ClientError> {
        let secrets = self.secrets_to_enrol_with()?;
        let key = public(&private(&secrets.capture_key)?)?;
        let hash = |token: &str| Sha256::digest(token.as_bytes());
        let (token, deposit) = (hash(&secrets.token), hash(&secrets.deposit_token));
        Ok(Fingerprint::of([&key[..], &token, &deposit]).to_string())
    }

    /// The private half of the key to which a locked phone seals.
    pub(crate) fn capture_key(&self) -> Result<PrivateKey, ClientError> {
        private(&self.kept_secret(CAPTURE_KEY)?)
    }

    /// The token that hands in sealed work.
    pub(crate) fn deposit_token(&self) -> Result<Zeroizing<String>, ClientError> {
        self.kept_secret(DEPOSIT_TOKEN)
    }

    fn kept_secret(&self, name: &str) -> Result<Zeroizing<String>, ClientError> {
        let kept = self
            .store
            .read(|reader| Ok::<_, ClientError>(reader.setting(name)?))?;
        kept.map(Zeroizing::new).ok_or(ClientError::NotEnrolled)
    }
}

/// A new secret of 32 random bytes, in base64url.
pub(crate) fn made() -> Result<Zeroizing<String>, ClientError> {
    let bytes = Zeroizing::new(system::random_bytes::<32>().map_err(|_| ClientError::NoRandomness)?);
    Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

/// The secret of that name, made and kept the first time.
fn kept_or_made(writer: &Writer<'_>, name: &str) -> Result<Zeroizing<String>, ClientError> {
    if let Some(secret) = writer.setting(name)? {
        return Ok(Zeroizing::new(secret));
    }
    let secret = made()?;
    writer.set_setting(name, &secret)?;
    Ok(secret)
}

fn private(text: &str) -> Result<PrivateKey, ClientError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| ClientError::NotEnrolled)?;
    let bytes = <&[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| ClientError::NotEnrolled)?;
    Ok(PrivateKey::from_bytes(bytes))
}

fn public(key: &PrivateKey) -> Result<[u8; 32], ClientError> {
    let public = key.public().map_err(|_| ClientError::NotEnrolled)?;
    Ok(public.to_bytes())
}

/// SHA-256 of a token, as the server is told of it.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
