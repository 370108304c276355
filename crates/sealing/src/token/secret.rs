//! A sync token on the device, and the hash of it that the server keeps.

use crate::randomness::Randomness;
use crate::secret::{Secret, filled};
use crate::text;
use secrecy::ExposeSecret;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A sync token. Whoever has it is the device.
pub struct Token(Secret);

impl Token {
    /// A new token.
    pub fn generate(randomness: &mut Randomness) -> Self {
        Self(filled(|bytes| randomness.fill(bytes)))
    }

    /// Reads a token: 43 characters of base64url. Nothing else is one.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(text::decode_array(text)?);
        Some(Self(filled(|to| *to = *bytes)))
    }

    /// The token as it is kept in the encrypted database and sent.
    pub fn expose_text(&self) -> Zeroizing<String> {
        Zeroizing::new(text::encode(self.0.expose_secret()))
    }

    /// What the server keeps: SHA-256 of the token's text.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.expose_text().as_bytes()).into())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

/// SHA-256 of a token, as 64 lower-case hexadecimal digits. Nobody can make the token of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenHash([u8; 32]);

/// The text is no hash of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the hash of a token: expected 64 lower-case hexadecimal digits")]
pub struct NotATokenHash;

impl TokenHash {
    /// The hash with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for storing.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// Whether it is the other one, in a time that tells nothing.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::write_hex(&self.0, out)
    }
}

impl FromStr for TokenHash {
    type Err = NotATokenHash;

    fn from_str(text: &str) -> Result<Self, NotATokenHash> {
        text::read_hex(text).map(Self).ok_or(NotATokenHash)
    }
}

impl Serialize for TokenHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TokenHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_has_this_form_and_is_not_printed() {
        let token = Token::from_text("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE").unwrap();
        assert_eq!(
            token.hash().to_string(),
            "56d5fa7333f6d747db42c239407e5da4c32f4c79f35d092b134fd35a402d9c5c"
        );
        assert_eq!(token.expose_text().len(), 43);
        assert_eq!(format!("{token:?}"), "Token(…)");
        for bad in ["", "AQEB", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQF", "é"] {
            assert!(Token::from_text(bad).is_none(), "{bad}");
        }
        let generated = Token::generate(&mut Randomness::repeatable([1; 32]));
        assert_eq!(
            Token::from_text(&generated.expose_text()).unwrap().hash(),
            generated.hash()
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_a_hash_or_a_token_without_a_panic(text in "\\PC{0,70}") {
            prop_assert!(text.parse::<TokenHash>().is_err());
            prop_assert!(Token::from_text(&text).is_none_or(|token| *token.expose_text() == text));
        }
    }
}
