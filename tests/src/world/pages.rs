//! The plaintext of a library's files, page by page, whatever the pages are used for: also the free ones.
//!
//! SQLCipher 4: pages of 4 096 bytes, AES-256-CBC with the initialisation vector and an HMAC-SHA-512 at the end of
//! each; the first 16 bytes of the file are a salt. The write-ahead log has the same pages, each behind a header.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _, block_padding::NoPadding};
use std::fs;
use std::io;
use std::path::Path;

const PAGE: usize = 4096;
/// Bytes at the end of a page that are no content: 16 of initialisation vector and 64 of authentication.
const RESERVED: usize = 80;
const VECTOR: usize = 16;
const SALT: usize = 16;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Every page of every file in a directory, readable; not those below it.
///
/// # Errors
/// What the operating system says of a file that cannot be read.
pub(crate) fn plaintext(directory: &Path, key: &[u8; 32]) -> io::Result<Vec<Vec<u8>>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path)?;
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("db-wal") => pages.extend(of_log(&bytes, key)),
            // The index of the log holds no content.
            Some("db-shm") => {}
            _ => pages.extend(of_database(&bytes, key)),
        }
    }
    Ok(pages)
}

fn of_database(bytes: &[u8], key: &[u8; 32]) -> Vec<Vec<u8>> {
    let pages = bytes.chunks_exact(PAGE).enumerate();
    pages
        .filter_map(|(index, page)| decrypt(page, if index == 0 { SALT } else { 0 }, key))
        .collect()
}

fn of_log(bytes: &[u8], key: &[u8; 32]) -> Vec<Vec<u8>> {
    let frames = bytes
        .get(LOG_HEADER..)
        .unwrap_or_default()
        .chunks_exact(FRAME_HEADER + PAGE);
    let decrypted = frames.filter_map(|frame| {
        let (header, page) = frame.split_at_checked(FRAME_HEADER)?;
        let first = header.get(..4) == Some(&[0, 0, 0, 1]);
        decrypt(page, if first { SALT } else { 0 }, key)
    });
    decrypted.collect()
}

fn decrypt(page: &[u8], skipped: usize, key: &[u8; 32]) -> Option<Vec<u8>> {
    let (content, end) = page.split_at_checked(PAGE - RESERVED)?;
    let mut plain = content.get(skipped..)?.to_vec();
    let decryptor = Decryptor::<Aes256>::new_from_slices(key, end.get(..VECTOR)?).ok()?;
    decryptor.decrypt_padded::<NoPadding>(&mut plain).ok()?;
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_and_what_was_deleted_can_be_read_with_the_key_only() {
        let directory = tempfile::tempdir().unwrap();
        let key = [7; 32];
        let hex = "07".repeat(32);
        let open = rusqlite::Connection::open(directory.path().join("library.db")).unwrap();
        open.pragma_update(None, "key", format!("x'{hex}'")).unwrap();
        open.pragma_update(None, "journal_mode", "wal").unwrap();
        open.execute_batch(
            "create table kept (word text); insert into kept values ('blauwe fiets'), ('rode jas'); \
             pragma secure_delete = off; delete from kept where word = 'rode jas';",
        )
        .unwrap();
        let holds = |key: &[u8; 32], word: &str| {
            let pages = plaintext(directory.path(), key).unwrap();
            pages
                .iter()
                .any(|page| page.windows(word.len()).any(|part| part == word.as_bytes()))
        };
        for word in ["blauwe fiets", "rode jas"] {
            assert!(holds(&key, word), "{word}");
            assert!(!holds(&[8; 32], word), "{word}");
        }
        assert!(!holds(&key, "groene tas"));
    }
}
