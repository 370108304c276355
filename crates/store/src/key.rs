//! The key of the database.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The 32 random bytes with which every page of the database is encrypted. Wiped from memory when dropped.
///
/// It lies in one place: moving it leaves no copy behind.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key {
    bytes: Box<[u8; 32]>,
    guards_memory: bool,
}

impl Key {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self::copied(&bytes)
    }

    /// The key of bytes that stay where they are.
    pub fn copied(bytes: &[u8; 32]) -> Self {
        let mut key = Self {
            bytes: Box::new([0; 32]),
            guards_memory: false,
        };
        key.bytes.copy_from_slice(bytes);
        key
    }

    /// The same key, for a library whose memory nobody may look into afterwards.
    ///
    /// From the first such library on, SQLite keeps all its memory in this process out of the swap file, and wipes it
    /// when giving it back: the statement with the key, of which it makes copies, and every page that was read. That
    /// costs time, most of all when opening, and cannot be undone.
    #[must_use]
    pub fn guarding_memory(self) -> Self {
        let mut key = self;
        key.guards_memory = true;
        key
    }

    /// Whether SQLite is to wipe its memory.
    pub(crate) fn guards_memory(&self) -> bool {
        self.guards_memory
    }

    /// The statement that gives the key to SQLCipher as it is, without a derivation.
    pub(crate) fn statement(&self) -> Zeroizing<String> {
        // Long enough from the start: growing would leave a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(96));
        text.push_str("pragma key = \"x'");
        for byte in *self.bytes {
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
