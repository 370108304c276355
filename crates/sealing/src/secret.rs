//! Secrets of 32 bytes, which lie in one place, are not printed and are wiped when they go.

use crate::randomness::Randomness;
use secrecy::{ExposeSecret, ExposeSecretMut, SecretBox};

/// 32 secret bytes of this crate's own making. They stay in their box, so that moving one leaves no copy behind.
pub(crate) type Secret = SecretBox<[u8; 32]>;

/// Fills a new secret in its place.
pub(crate) fn filled(fill: impl FnOnce(&mut [u8; 32])) -> Secret {
    // Zeros are put in the box first: a secret that passed over the stack would stay there.
    let mut secret = SecretBox::new(Box::new([0; 32]));
    fill(secret.expose_secret_mut());
    secret
}

/// The key of the encrypted database (the DEK): 32 random bytes that the database takes as they are.
///
/// It lies on the device only wrapped, in a [`slot`](crate::slot). Let it go at lock; it wipes itself.
pub struct DatabaseKey(Secret);

impl DatabaseKey {
    /// A new key, for a new database.
    pub fn generate(randomness: &mut Randomness) -> Self {
        Self(filled(|bytes| randomness.fill(bytes)))
    }

    /// The 32 bytes, for the database alone.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    pub(crate) fn from_secret(secret: Secret) -> Self {
        Self(secret)
    }
}

impl std::fmt::Debug for DatabaseKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("DatabaseKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_key_is_random_and_is_not_printed() {
        let mut randomness = Randomness::repeatable([1; 32]);
        let key = DatabaseKey::generate(&mut randomness);
        assert_ne!(key.expose(), DatabaseKey::generate(&mut randomness).expose());
        assert_eq!(format!("{key:?}"), "DatabaseKey(…)");
    }
}
