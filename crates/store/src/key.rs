//! The key of the database.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes with which every page of the database is encrypted. Wiped from memory when dropped.
///
/// It lies in one place: moving it leaves no copy behind.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key(Box<[u8; 32]>);

impl Key {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self::copied(&bytes)
    }

    /// The key of bytes that stay where they are.
    pub fn copied(bytes: &[u8; 32]) -> Self {
        let mut key = Self(Box::new([0; 32]));
        key.0.copy_from_slice(bytes);
        key
    }

    /// The statement that gives the key to SQLCipher as it is, without a derivation.
    pub(crate) fn statement(&self) -> Zeroizing<String> {
        // Long enough from the start: growing would leave a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(96));
        text.push_str("pragma key = \"x'");
        for byte in *self.0 {
            for half in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
            }
        }
        text.push_str("'\"");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_given_as_64_hexadecimal_digits() {
        let mut bytes = [0u8; 32];
        bytes[0] = 0xa1;
        let statement = Key::new(bytes).statement();
        let digits = ["a1", &"0".repeat(62)].concat();
        assert_eq!(*statement, ["pragma key = \"x'", &digits, "'\""].concat());
        assert_eq!(statement.capacity(), 96);
    }
}
