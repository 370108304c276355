//! A file that only grows at its end, in frames that prove themselves, and that loses nothing whole in a crash.
//!
//! `magic | frame | frame | …`, a frame being `marker (4) | length (4) | checksum (8) | content`, numbers most
//! significant byte first, the checksum the first 64 bits of SHA-256 over length and content. What a kill left
//! half-written at the end is cut off. Damage in the middle costs the frames it hits and no other: reading goes on at
//! the next marker that begins a whole frame, and the damaged bytes stay where they are.

use crate::durable;
use crate::fields::{Malformed, Reading, Writing};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const MARKER: [u8; 4] = [0xd7, 0x4c, 0x9a, 0x1e];
const HEADER: usize = 16;
/// Bytes that a frame holds at most: more than a change with all its sealing.
pub(crate) const LARGEST: usize = 512 * 1024;

/// A file of frames cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It holds something else, or its beginning is damaged.
    #[error("the file is not one of this kind, or its beginning is damaged")]
    Foreign,
    /// There is a file already, which may hold work that is nowhere else.
    #[error("there is a file already")]
    Exists,
    /// The file still holds entries that were not delivered.
    #[error("the file still holds entries")]
    NotEmpty,
    /// Another process, or another part of this one, has it open.
    #[error("the file is in use")]
    InUse,
    /// The entry is larger than a file takes.
    #[error("the entry is too large")]
    TooLarge,
    /// The file was closed: it only waits to be delivered.
    #[error("the file was closed and takes no more entries")]
    Closed,
    /// The operating system cannot read or write it: a full disk, a read-only folder, a broken one.
    #[error("the file cannot be read or written")]
    Disk(#[from] io::Error),
}

/// Where a frame's content lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    at: u64,
    length: usize,
}

/// The file, open for one writer.
#[derive(Debug)]
pub(crate) struct Frames {
    path: PathBuf,
    file: File,
    /// Where the next frame goes; everything before it is whole or was damaged later.
    end: u64,
}

/// What was found on opening.
pub(crate) struct Opened {
    pub(crate) frames: Frames,
    /// The frames in order, with their contents.
    pub(crate) found: Vec<(Place, Vec<u8>)>,
    /// Stretches in the middle that could not be read.
    pub(crate) damaged: usize,
}

impl Frames {
    /// Makes a new file with one frame.
    pub(crate) fn create(path: &Path, magic: &'static [u8], first: &[u8]) -> Result<Opened, FileError> {
        if path.try_exists()? {
            return Err(FileError::Exists);
        }
        Self::rewrite(path, magic, [first])
    }

    /// Writes a whole file with these frames in the place of what was there, and opens it.
    pub(crate) fn rewrite<'a>(
        path: &Path,
        magic: &'static [u8],
        contents: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Opened, FileError> {
        let mut bytes = magic.to_vec();
        for content in contents {
            bytes.extend(frame(content)?);
        }
        durable::replace(path, &bytes)?;
        Self::open(path, magic)
    }

    /// Opens a file, cutting off what a crash left half-written at its end.
    pub(crate) fn open(path: &Path, magic: &'static [u8]) -> Result<Opened, FileError> {
        let mut file = durable::private().read(true).write(true).open(path)?;
        lock(&file)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let scan = scan(&bytes, magic).map_err(|Malformed| FileError::Foreign)?;
        let end = u64::try_from(scan.end).unwrap_or(u64::MAX);
        if scan.end < bytes.len() {
            file.set_len(end)?;
            file.sync_all()?;
        }
        Ok(Opened {
            frames: Self {
                path: path.to_owned(),
                file,
                end,
            },
            found: scan.found,
            damaged: scan.damaged,
        })
    }

    /// Where the file lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a frame at the end. It survives a kill at once, a power cut after [`Frames::sync`].
    pub(crate) fn append(&mut self, content: &[u8]) -> Result<Place, FileError> {
        let frame = frame(content)?;
        if let Err(error) = self.write_at_end(&frame) {
            self.take_back();
            return Err(error.into());
        }
        let place = Place {
            at: self.end.saturating_add(u64::try_from(HEADER).unwrap_or(u64::MAX)),
            length: content.len(),
        };
        self.end = self
            .end
            .saturating_add(u64::try_from(frame.len()).unwrap_or(u64::MAX));
        Ok(place)
    }

    /// Adds a frame and makes it durable; when that fails, the frame is not there.
    pub(crate) fn append_durably(&mut self, content: &[u8]) -> Result<Place, FileError> {
        let before = self.end;
        let place = self.append(content)?;
        if let Err(error) = self.sync() {
            self.end = before;
            self.take_back();
            return Err(error);
        }
        Ok(place)
    }

    /// Makes all frames durable.
    pub(crate) fn sync(&self) -> Result<(), FileError> {
        Ok(self.file.sync_data()?)
    }

    /// The content of a frame.
    pub(crate) fn read(&mut self, place: Place) -> Result<Vec<u8>, FileError> {
        self.file.seek(SeekFrom::Start(place.at))?;
        let mut content = vec![0; place.length];
        self.file.read_exact(&mut content)?;
        Ok(content)
    }

    fn write_at_end(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(bytes)
    }

    /// Cuts off what a failed write may have left. Should this fail too, the next opening does it.
    fn take_back(&mut self) {
        let _ = self.file.set_len(self.end);
    }
}

/// Keeps others out while the file is open, on systems that can.
fn lock(file: &File) -> Result<(), FileError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(FileError::InUse),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn frame(content: &[u8]) -> Result<Vec<u8>, FileError> {
    let length = match u32::try_from(content.len()) {
        Ok(length) if content.len() <= LARGEST => length.to_be_bytes(),
        _ => return Err(FileError::TooLarge),
    };
    Ok(Writing::plain()
        .fixed(&MARKER)
        .fixed(&length)
        .fixed(&checksum(length, content))
        .fixed(content)
        .done())
}

fn checksum(length: [u8; 4], content: &[u8]) -> [u8; 8] {
    let hash = Sha256::new_with_prefix(length).chain_update(content).finalize();
    let mut checksum = [0; 8];
    checksum.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    checksum
}

/// What bytes hold.
struct Scan {
    found: Vec<(Place, Vec<u8>)>,
    damaged: usize,
    /// The end of the last whole frame.
    end: usize,
}

fn scan(bytes: &[u8], magic: &[u8]) -> Result<Scan, Malformed> {
    if !bytes.starts_with(magic) {
        return Err(Malformed);
    }
    let mut scan = Scan {
        found: Vec::new(),
        damaged: 0,
        end: magic.len(),
    };
    let mut at = magic.len();
    while let Some((begins, content)) = next_whole(bytes, at) {
        scan.damaged = scan.damaged.saturating_add(usize::from(begins > at));
        let place = Place {
            at: u64::try_from(begins.saturating_add(HEADER)).map_err(|_| Malformed)?,
            length: content.len(),
        };
        at = begins.saturating_add(HEADER).saturating_add(content.len());
        scan.end = at;
        scan.found.push((place, content.to_vec()));
    }
    Ok(scan)
}

/// The first whole frame at or after a place, and where it begins.
fn next_whole(bytes: &[u8], from: usize) -> Option<(usize, &[u8])> {
    let rest = bytes.get(from..)?;
    rest.windows(MARKER.len())
        .enumerate()
        .filter(|(_, window)| **window == MARKER)
        .find_map(|(skipped, _)| {
            let begins = from.saturating_add(skipped);
            whole(bytes.get(begins..)?).map(|content| (begins, content))
        })
}

/// The content of the frame with which these bytes begin, when it is whole.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let mut reading = Reading::of(bytes);
    if reading.array() != Ok(MARKER) {
        return None;
    }
    let length = reading.array::<4>().ok()?;
    let expected = reading.array::<8>().ok()?;
    let content = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let content = reading
        .rest()
        .get(..content)
        .filter(|content| content.len() <= LARGEST)?;
    (checksum(length, content) == expected).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;

    const MAGIC: &[u8] = b"test 1\n";

    fn contents(path: &Path) -> (Vec<Vec<u8>>, usize) {
        let opened = Frames::open(path, MAGIC).unwrap();
        let found = opened.found.into_iter().map(|(_, content)| content).collect();
        (found, opened.damaged)
    }

    fn file_with(path: &Path, entries: &[&[u8]]) -> Vec<u8> {
        let mut frames = Frames::rewrite(path, MAGIC, []).unwrap().frames;
        for entry in entries {
            let place = frames.append_durably(entry).unwrap();
            assert_eq!(frames.read(place).unwrap(), *entry);
        }
        fs::read(path).unwrap()
    }

    #[test]
    fn a_file_cut_anywhere_keeps_every_whole_entry_and_takes_new_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let entries: [&[u8]; 3] = [b"one", b"", b"three"];
        let whole = file_with(&path, &entries);
        for cut in MAGIC.len()..=whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let kept = [7 + 19, 7 + 19 + 16, whole.len()]
                .iter()
                .filter(|&&end| end <= cut)
                .count();
            let mut opened = Frames::open(&path, MAGIC).unwrap();
            assert_eq!((opened.found.len(), opened.damaged), (kept, 0), "cut at {cut}");
            opened.frames.append(b"four").unwrap();
            drop(opened);
            let (found, damaged) = contents(&path);
            assert_eq!(found.last().unwrap(), b"four");
            assert_eq!((found.len(), damaged), (kept + 1, 0), "cut at {cut}");
        }
    }

    #[test]
    fn a_flipped_bit_costs_its_own_entry_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let entries: [&[u8]; 3] = [b"one", b"second", b"three"];
        let whole = file_with(&path, &entries);
        let second = MAGIC.len() + 19..MAGIC.len() + 19 + 22;
        for at in second {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                fs::write(&path, &flipped).unwrap();
                let (found, damaged) = contents(&path);
                assert_eq!((found.len(), damaged), (2, 1), "byte {at}, bit {bit}");
                assert_eq!((&found[0][..], &found[1][..]), (entries[0], entries[2]));
                assert_eq!(
                    fs::read(&path).unwrap(),
                    flipped,
                    "damage in the middle stays as it is"
                );
            }
        }
    }

    #[test]
    fn a_foreign_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for content in [&b""[..], b"test", b"something else altogether"] {
            fs::write(&path, content).unwrap();
            assert!(matches!(Frames::open(&path, MAGIC), Err(FileError::Foreign)));
            assert_eq!(fs::read(&path).unwrap(), content);
        }
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let before = file_with(&path, &[b"one"]);
        assert!(matches!(
            Frames::create(&path, MAGIC, b"first"),
            Err(FileError::Exists)
        ));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn two_writers_never_have_the_file_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let opened = Frames::rewrite(&path, MAGIC, []).unwrap();
        assert!(matches!(Frames::open(&path, MAGIC), Err(FileError::InUse)));
        drop(opened);
        assert!(Frames::open(&path, MAGIC).is_ok());
    }

    #[test]
    fn an_entry_that_is_too_large_is_refused_and_harms_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let mut frames = Frames::create(&path, MAGIC, b"one").unwrap().frames;
        assert!(frames.append(&vec![0; LARGEST]).is_ok());
        assert!(matches!(
            frames.append(&vec![0; LARGEST + 1]),
            Err(FileError::TooLarge)
        ));
        drop(frames);
        assert_eq!(contents(&path).0.len(), 2);
    }

    proptest! {
        #[test]
        fn any_bytes_after_the_magic_are_scanned_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut file = MAGIC.to_vec();
            file.extend(&bytes);
            let scan = scan(&file, MAGIC).unwrap();
            prop_assert!(scan.end <= file.len());
        }
    }
}
