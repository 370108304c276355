//! Finding by name, nickname or words, also offline.

use crate::{Client, ClientError};
use drempel_store::Hit;

impl Client {
    /// The records that hold all these words, names before texts, then the newest; one typo a word is forgiven.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, ClientError> {
        self.store.read(|reader| Ok(reader.search(words, limit)?))
    }
}
