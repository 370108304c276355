//! A printed invitation for one person: what its QR code says.

use super::crockford::{CodeFault, Symbols};
use super::{NotAnAddress, ServerAddress};
use crate::randomness::Randomness;
use zeroize::Zeroizing;

/// What an invitation begins with. Not a web address: a telephone's camera must not open it in a browser.
const PREFIX: &str = "DREMPEL1:";

/// A server's address and a secret of at least 128 bits: `DREMPEL1:<27 characters>:<address>`.
///
/// It enrols nothing before the administrator has confirmed the device's fingerprint.
pub struct Invitation {
    address: ServerAddress,
    secret: Symbols<26>,
}

/// The text is no invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationFault {
    /// It is some other QR code.
    #[error("this is no invitation for Drempel")]
    Foreign,
    /// Its secret is damaged.
    #[error(transparent)]
    Code(#[from] CodeFault),
    /// Its address is none.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
}

impl Invitation {
    /// A new invitation to that server.
    pub fn generate(address: ServerAddress, randomness: &mut Randomness) -> Self {
        Self {
            address,
            secret: Symbols::generate(randomness),
        }
    }

    /// Reads an invitation as it was scanned.
    ///
    /// # Errors
    /// [`InvitationFault`].
    pub fn from_text(text: &str) -> Result<Self, InvitationFault> {
        let rest = text.strip_prefix(PREFIX).ok_or(InvitationFault::Foreign)?;
        let (secret, address) = rest.split_once(':').ok_or(InvitationFault::Foreign)?;
        Ok(Self {
            secret: Symbols::read(secret)?,
            address: address.parse()?,
        })
    }

    /// The invitation as it is printed.
    pub fn expose_text(&self) -> Zeroizing<String> {
        let parts = [PREFIX, &self.secret.text(), ":", self.address.as_str()];
        Zeroizing::new(parts.concat())
    }

    /// Where the server is.
    pub fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// The code to send in the request, in groups of four: an invitation is used as a typed code is.
    pub fn expose_code(&self) -> Zeroizing<String> {
        self.secret.grouped()
    }

    /// What the server keeps until the invitation is used or expires: SHA-256 of the 27 characters.
    pub fn hash(&self) -> [u8; 32] {
        self.secret.hash()
    }

    /// What the code of a request hashes to, when it has the form of an invitation's.
    ///
    /// # Errors
    /// [`CodeFault`].
    pub fn hash_of_code(code: &str) -> Result<[u8; 32], CodeFault> {
        Symbols::<26>::read(code).map(|secret| secret.hash())
    }
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Invitation(…, {})", self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn invitation() -> Invitation {
        let address = "https://drempel.example.nl".parse().unwrap();
        Invitation::generate(address, &mut Randomness::repeatable([3; 32]))
    }

    #[test]
    fn an_invitation_has_this_form_and_comes_back() {
        let text = invitation().expose_text();
        assert_eq!(
            *text,
            "DREMPEL1:RNKA32BMRV2ZP67Z4E4QQEY4436:https://drempel.example.nl"
        );
        let read = Invitation::from_text(&text).unwrap();
        assert_eq!(
            (read.hash(), read.address()),
            (invitation().hash(), invitation().address())
        );
        assert_eq!(Invitation::hash_of_code(&read.expose_code()), Ok(read.hash()));
    }

    #[test]
    fn the_secret_is_not_printed() {
        assert_eq!(
            format!("{:?}", invitation()),
            "Invitation(…, https://drempel.example.nl)"
        );
    }

    #[test]
    fn what_is_no_invitation_is_told_apart() {
        let text = invitation().expose_text();
        for (bad, fault) in [
            ("https://example.nl".to_owned(), InvitationFault::Foreign),
            (text.replace("DREMPEL1", "DREMPEL2"), InvitationFault::Foreign),
            (
                text.replace(":https", ":http"),
                InvitationFault::Address(NotAnAddress),
            ),
            (
                text.replace(".example.nl", ".example.nl/x?y"),
                InvitationFault::Address(NotAnAddress),
            ),
            (
                text.replacen(":", ":0", 1),
                InvitationFault::Code(CodeFault::Length { expected: 27 }),
            ),
        ] {
            assert_eq!(Invitation::from_text(&bad).map(|_| ()), Err(fault), "{bad}");
        }
        for cut in 0.."DREMPEL1:RNKA32BMRV2ZP67Z4E4QQEY4436:https://".len() {
            assert!(Invitation::from_text(&text[..cut]).is_err(), "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,80}") {
            prop_assert!(Invitation::from_text(&text).is_err());
            let _ = Invitation::from_text(&[PREFIX, &text].concat());
        }
    }
}
