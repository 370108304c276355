//! The captures as a file: `start | entry | entry | …`, each on the disk before its save is acknowledged.

use super::entry::FORM;
use super::{Recipients, SealedCapture};
use crate::fields::{Reading, Writing};
use crate::frames::{FileError, Frames, Opened, Place};
use crate::keys::{PrivateKey, SealError};
use crate::name::ChangeName;
use crate::randomness::Randomness;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8] = b"drempel captures 1\n";
const START: u8 = 0;

/// What was recorded while locked and is not yet with the server for good, open for one writer.
#[derive(Debug)]
pub struct Captures {
    frames: Frames,
    owner: Owner,
    held: BTreeMap<Seq, Place>,
    damaged: usize,
}

/// Under which device number and in which space captures are made, and the number of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Owner {
    device: DeviceId,
    space: SpaceId,
    next: Seq,
}

/// A capture, read after unlocking.
#[derive(Debug)]
pub struct Captured {
    /// Its number.
    pub seq: Seq,
    /// The change as it was recorded; an error when only the server can still read it, or nobody.
    pub change: Result<Zeroizing<Vec<u8>>, SealError>,
}

/// Something cannot be recorded or read.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The change cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Captures {
    /// Makes the file, at enrolment: for the lock's device number and the user's personal space.
    ///
    /// # Errors
    /// [`FileError::Exists`] when there is a file already, [`FileError::Disk`].
    pub fn create(path: &Path, device: DeviceId, space: SpaceId) -> Result<Self, FileError> {
        let owner = Owner {
            device,
            space,
            next: Seq::ZERO.next(),
        };
        Self::of(Frames::create(path, MAGIC, &owner.start())?)
    }

    /// Opens the file. What a crash left half-written was never acknowledged, and is cut off.
    ///
    /// # Errors
    /// [`FileError::Foreign`], [`FileError::InUse`], [`FileError::Disk`].
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Self::of(Frames::open(path, MAGIC)?)
    }

    fn of(opened: Opened) -> Result<Self, FileError> {
        let (mut damaged, mut owner, mut held) = (opened.damaged, None, BTreeMap::new());
        for (place, content) in opened.found {
            match (content.first(), SealedCapture::decode(&content)) {
                (Some(&START), _) => owner = Owner::later(owner, Owner::read(&content)),
                (Some(&FORM), Ok(entry)) => {
                    owner = Owner::later(owner, Some(Owner::after(entry.name())));
                    held.insert(entry.name().seq, place);
                }
                _ => damaged = damaged.saturating_add(1),
            }
        }
        Ok(Self {
            frames: opened.frames,
            owner: owner.ok_or(FileError::Foreign)?,
            held,
            damaged,
        })
    }

    /// The lock's device number.
    pub fn device(&self) -> DeviceId {
        self.owner.device
    }

    /// The user's personal space.
    pub fn space(&self) -> SpaceId {
        self.owner.space
    }

    /// The number of the next capture.
    pub fn next_seq(&self) -> Seq {
        self.owner.next
    }

    /// How many captures there are: the one thing that a locked phone may show.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// How many stretches of the file could not be read on opening, for the problem list.
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    /// Records a change: when this returns, it survives a kill, a power cut, a wipe and a lost key.
    ///
    /// `make` is given the change's number and gives the change as it travels, which holds that number.
    ///
    /// # Errors
    /// [`FileError::TooLarge`], [`FileError::Disk`], [`SealError::BadKey`]: then nothing was recorded, and the number
    /// is the next one's.
    pub fn append(
        &mut self,
        make: impl FnOnce(Seq) -> Zeroizing<Vec<u8>>,
        recipients: &Recipients,
        randomness: &mut Randomness,
    ) -> Result<Seq, CaptureError> {
        let Owner { device, space, next } = self.owner;
        let name = ChangeName {
            device,
            space,
            seq: next,
        };
        let entry = SealedCapture::seal(name, &make(next), recipients, randomness)?;
        let place = self.frames.append_durably(&entry.encode())?;
        self.held.insert(next, place);
        self.owner.next = next.next();
        Ok(next)
    }

    /// All captures in order, after unlocking.
    ///
    /// # Errors
    /// [`FileError::Disk`].
    pub fn read(&mut self, capture_key: &PrivateKey) -> Result<Vec<Captured>, FileError> {
        let frames = &mut self.frames;
        self.held
            .iter()
            .map(|(&seq, &place)| {
                let content = frames.read(place)?;
                let change =
                    SealedCapture::decode(&content).and_then(|entry| entry.open_on_device(capture_key));
                Ok(Captured { seq, change })
            })
            .collect()
    }

    /// The next captures to deliver as they are, in order, after a given number: as many as fit in so many bytes, and
    /// at least one when there is one.
    ///
    /// # Errors
    /// [`FileError::Disk`]; [`SealError::Malformed`] when the file was damaged while it was open.
    pub fn sealed(&mut self, after: Seq, most_bytes: usize) -> Result<Vec<SealedCapture>, CaptureError> {
        let range = (Bound::Excluded(after), Bound::Unbounded);
        let places: Vec<Place> = self.held.range(range).map(|(_, &place)| place).collect();
        let (mut entries, mut bytes) = (Vec::new(), 0usize);
        for place in places {
            let content = self.frames.read(place)?;
            bytes = bytes.saturating_add(content.len());
            if bytes > most_bytes && !entries.is_empty() {
                break;
            }
            entries.push(SealedCapture::decode(&content)?);
        }
        Ok(entries)
    }

    /// Removes what the server has for good: all up to this number. Numbers go on where they were.
    ///
    /// # Errors
    /// [`FileError::Disk`]: then all is still there.
    pub fn drop_through(&mut self, durable: Seq) -> Result<usize, FileError> {
        let leaving = self.held.range(..=durable).count();
        if leaving == 0 {
            return Ok(0);
        }
        let mut contents = vec![self.owner.start()];
        let range = (Bound::Excluded(durable), Bound::Unbounded);
        for (_, &place) in self.held.range(range) {
            contents.push(self.frames.read(place)?);
        }
        let path = self.frames.path().to_owned();
        *self = Self::of(Frames::rewrite(&path, MAGIC, contents.iter().map(Vec::as_slice))?)?;
        Ok(leaving)
    }
}

impl Owner {
    fn start(self) -> Vec<u8> {
        Writing::plain()
            .fixed(&[START])
            .id(self.device.uuid())
            .id(self.space.uuid())
            .number(self.next.0)
            .done()
    }

    fn read(content: &[u8]) -> Option<Self> {
        let mut reading = Reading::of(content);
        reading.byte().ok()?;
        let ChangeName { device, space, seq } = ChangeName::read(&mut reading).ok()?;
        reading.end().ok()?;
        Some(Self {
            device,
            space,
            next: seq,
        })
    }

    /// The owner of a file with this entry.
    fn after(name: ChangeName) -> Self {
        Self {
            device: name.device,
            space: name.space,
            next: name.seq.next(),
        }
    }

    /// The one with the higher number, so that no number is ever given twice.
    fn later(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) if one.next >= other.next => Some(one),
            (one, other) => other.or(one),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::PrivateKeys;
    use proptest::prelude::*;
    use std::fs;
    use std::path::PathBuf;
    use tempfile::TempDir;
    use uuid::Uuid;

    struct Phone {
        _folder: TempDir,
        path: PathBuf,
        randomness: Randomness,
        capture: PrivateKey,
        keys: PrivateKeys,
        recipients: Recipients,
    }

    fn phone() -> Phone {
        let folder = TempDir::new().unwrap();
        let mut randomness = Randomness::repeatable([9; 32]);
        let (capture, server) = (
            PrivateKey::generate(&mut randomness),
            PrivateKey::generate(&mut randomness),
        );
        let recipients = Recipients {
            device: capture.public().unwrap(),
            server: server.public().unwrap(),
        };
        let mut keys = PrivateKeys::new();
        keys.add(server).unwrap();
        Phone {
            path: folder.path().join("captures"),
            _folder: folder,
            randomness,
            capture,
            keys,
            recipients,
        }
    }

    fn device() -> DeviceId {
        DeviceId::new(Uuid::from_u128(0xa))
    }

    fn space() -> SpaceId {
        SpaceId::new(Uuid::from_u128(0xb))
    }

    impl Phone {
        fn record(&mut self, captures: &mut Captures) -> Seq {
            let make = |seq| Zeroizing::new(format!("four boys, number {seq}").into_bytes());
            captures
                .append(make, &self.recipients, &mut self.randomness)
                .unwrap()
        }

        fn read(&self, captures: &mut Captures) -> Vec<String> {
            let captured = captures.read(&self.capture).unwrap();
            let text = |captured: Captured| String::from_utf8(captured.change.unwrap().to_vec()).unwrap();
            captured.into_iter().map(text).collect()
        }
    }

    #[test]
    fn what_was_recorded_while_locked_is_read_after_unlocking_and_by_the_server() {
        let mut phone = phone();
        let mut captures = Captures::create(&phone.path, device(), space()).unwrap();
        assert_eq!(
            (phone.record(&mut captures), phone.record(&mut captures)),
            (Seq(1), Seq(2))
        );
        drop(captures);
        let mut captures = Captures::open(&phone.path).unwrap();
        assert_eq!(
            phone.read(&mut captures),
            ["four boys, number 1", "four boys, number 2"]
        );
        let delivered = captures.sealed(Seq(1), usize::MAX).unwrap();
        assert_eq!(delivered.len(), 1);
        assert_eq!(
            delivered[0].name(),
            ChangeName {
                device: device(),
                space: space(),
                seq: Seq(2)
            }
        );
        assert_eq!(*delivered[0].open(&phone.keys).unwrap(), b"four boys, number 2");
    }

    #[test]
    fn without_a_key_only_their_count_can_be_seen() {
        let mut phone = phone();
        let mut captures = Captures::create(&phone.path, device(), space()).unwrap();
        phone.record(&mut captures);
        let short = fs::metadata(&phone.path).unwrap().len();
        let long = |_| Zeroizing::new(b"four boys, and what they said is 200 characters long ".repeat(4));
        captures
            .append(long, &phone.recipients, &mut phone.randomness)
            .unwrap();
        let both = fs::metadata(&phone.path).unwrap().len();
        assert_eq!(
            both - short,
            short - u64::try_from(MAGIC.len() + 16 + 41).unwrap(),
            "as long as the short one"
        );
        assert_eq!(captures.len(), 2);
        let bytes = fs::read(&phone.path).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"boys"));
        let thief = PrivateKey::from_bytes(&[1; 32]);
        let read = captures.read(&thief).unwrap();
        assert!(
            read.iter()
                .all(|captured| captured.change == Err(SealError::OtherKey))
        );
    }

    #[test]
    fn numbers_go_on_after_all_captures_have_left() {
        let mut phone = phone();
        let mut captures = Captures::create(&phone.path, device(), space()).unwrap();
        for _ in 0..3 {
            phone.record(&mut captures);
        }
        assert_eq!(captures.drop_through(Seq(2)).unwrap(), 2);
        assert_eq!(phone.read(&mut captures), ["four boys, number 3"]);
        assert_eq!(captures.drop_through(Seq(9)).unwrap(), 1);
        drop(captures);
        let mut captures = Captures::open(&phone.path).unwrap();
        assert!(captures.is_empty());
        assert_eq!(phone.record(&mut captures), Seq(4));
    }

    #[test]
    fn a_file_cut_anywhere_keeps_every_earlier_capture_and_goes_on_with_the_next_number() {
        let mut phone = phone();
        let mut captures = Captures::create(&phone.path, device(), space()).unwrap();
        phone.record(&mut captures);
        let first = fs::metadata(&phone.path).unwrap().len();
        phone.record(&mut captures);
        drop(captures);
        let whole = fs::read(&phone.path).unwrap();
        for cut in (usize::try_from(first).unwrap()..whole.len()).step_by(7) {
            fs::write(&phone.path, &whole[..cut]).unwrap();
            let mut captures = Captures::open(&phone.path).unwrap();
            assert_eq!((captures.len(), captures.damaged()), (1, 0), "cut at {cut}");
            assert_eq!(phone.record(&mut captures), Seq(2));
            assert_eq!(
                phone.read(&mut captures),
                ["four boys, number 1", "four boys, number 2"]
            );
        }
    }

    #[test]
    fn captures_have_this_form_and_stay_readable() {
        let phone = phone();
        let golden = crate::text::decode(include_str!("../../tests/golden/captures.txt").trim_end()).unwrap();
        fs::write(&phone.path, &golden).unwrap();
        let mut captures = Captures::open(&phone.path).unwrap();
        assert_eq!(
            (captures.device(), captures.space(), captures.damaged()),
            (device(), space(), 0)
        );
        assert_eq!(
            phone.read(&mut captures),
            ["four boys, number 1", "four boys, number 2"]
        );
        assert_eq!(fs::read(&phone.path).unwrap(), golden);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn frames_of_any_content_are_read_without_a_panic(
            contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..400), 0..8),
            kind in prop_oneof![Just(START), Just(FORM)],
        ) {
            let phone = phone();
            let contents = contents.into_iter().map(|mut content| {
                content.insert(0, kind);
                content
            });
            let contents: Vec<Vec<u8>> = contents.collect();
            Frames::rewrite(&phone.path, MAGIC, contents.iter().map(Vec::as_slice)).unwrap();
            if let Ok(mut captures) = Captures::open(&phone.path) {
                prop_assert!(captures.read(&phone.capture).unwrap().iter().all(|captured| captured.change.is_err()));
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_says_so_and_gives_the_number_to_the_next() {
        let mut phone = phone();
        let mut captures = Captures::create(&phone.path, device(), space()).unwrap();
        let huge = |_| Zeroizing::new(vec![b'x'; 600 * 1024]);
        let refused = captures.append(huge, &phone.recipients, &mut phone.randomness);
        assert!(matches!(refused, Err(CaptureError::File(FileError::TooLarge))));
        assert_eq!(phone.record(&mut captures), Seq(1));
    }
}
