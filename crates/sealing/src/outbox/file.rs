//! The outbox as a file: `start | entry | entry | … | closed`, every entry sealed.

use super::SealedChange;
use super::entry::FORM;
use crate::fields::{Reading, Writing};
use crate::frames::{FileError, Frames, Opened, Place};
use crate::keys::{KeyId, PublicKey, SealError};
use crate::name::ChangeName;
use crate::randomness::Randomness;
use drempel_domain::id::{DeviceId, SpaceId};
use drempel_domain::sync_log::Seq;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;

const MAGIC: &[u8] = b"drempel outbox 1\n";
const START: u8 = 0;
const CLOSED: u8 = 0xff;

/// The sealed work of one device number, open for one writer.
#[derive(Debug)]
pub struct Outbox {
    frames: Frames,
    device: DeviceId,
    held: BTreeMap<(SpaceId, Seq), Held>,
    closed: bool,
    damaged: usize,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    place: Place,
    key: KeyId,
}

/// A change cannot be put in the outbox or taken out.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The change cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl Outbox {
    /// Makes an outbox for a device number.
    ///
    /// # Errors
    /// [`FileError::Exists`] when there is a file already, [`FileError::Disk`].
    pub fn create(path: &Path, device: DeviceId) -> Result<Self, FileError> {
        Self::of(Frames::create(path, MAGIC, &start(device))?)
    }

    /// Opens an outbox. What a crash left half-written is cut off; damaged entries count as missing.
    ///
    /// # Errors
    /// [`FileError::Foreign`], [`FileError::InUse`], [`FileError::Disk`].
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Self::of(Frames::open(path, MAGIC)?)
    }

    fn of(opened: Opened) -> Result<Self, FileError> {
        let mut damaged = opened.damaged;
        let (mut device, mut closed, mut held) = (None, false, BTreeMap::new());
        for (place, content) in opened.found {
            match (content.first(), SealedChange::decode(&content)) {
                (Some(&START), _) => device = device.or_else(|| read_start(&content)),
                (Some(&CLOSED), _) => closed = true,
                (Some(&FORM), Ok(entry)) => {
                    let name = entry.name();
                    device = device.or(Some(name.device));
                    held.insert(
                        (name.space, name.seq),
                        Held {
                            place,
                            key: entry.key(),
                        },
                    );
                }
                _ => damaged = damaged.saturating_add(1),
            }
        }
        Ok(Self {
            frames: opened.frames,
            device: device.ok_or(FileError::Foreign)?,
            held,
            closed,
            damaged,
        })
    }

    /// The device number of all its entries.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// How many changes it holds.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// How many stretches of the file could not be read on opening, for the problem list.
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    /// Seals a change and puts it at the end. It survives a kill; [`Outbox::sync`] makes it survive a power cut.
    ///
    /// `change` is the change as it travels. The same number again takes the place of the earlier entry.
    ///
    /// # Errors
    /// [`FileError::Closed`], [`FileError::TooLarge`], [`FileError::Disk`], [`SealError::BadKey`]. The outbox is then
    /// as it was, and [`Outbox::missing`] names the change.
    pub fn append(
        &mut self,
        space: SpaceId,
        seq: Seq,
        change: &[u8],
        server: PublicKey,
        randomness: &mut Randomness,
    ) -> Result<(), OutboxError> {
        if self.closed {
            return Err(FileError::Closed.into());
        }
        let name = ChangeName {
            device: self.device,
            space,
            seq,
        };
        let entry = SealedChange::seal(name, change, server, randomness)?;
        let place = self.frames.append(&entry.encode())?;
        self.held.insert(
            (space, seq),
            Held {
                place,
                key: entry.key(),
            },
        );
        Ok(())
    }

    /// Makes all that was put in survive a power cut.
    ///
    /// # Errors
    /// [`FileError::Disk`].
    pub fn sync(&self) -> Result<(), FileError> {
        self.frames.sync()
    }

    /// Which of these pending changes are not there, or only sealed to another key than the server's present one.
    pub fn missing(
        &self,
        pending: impl IntoIterator<Item = (SpaceId, Seq)>,
        server: PublicKey,
    ) -> Vec<(SpaceId, Seq)> {
        let key = server.id();
        pending
            .into_iter()
            .filter(|name| self.held.get(name).is_none_or(|held| held.key != key))
            .collect()
    }

    /// Removes what the server has for good in a space: all up to this number. Answers how many left.
    ///
    /// # Errors
    /// [`FileError::Disk`]: then all is still there.
    pub fn drop_through(&mut self, space: SpaceId, durable: Seq) -> Result<usize, FileError> {
        let stays = |&(of, seq): &(SpaceId, Seq)| of != space || seq > durable;
        let leaving = self.held.keys().filter(|name| !stays(name)).count();
        if leaving == 0 {
            return Ok(0);
        }
        let mut contents = vec![start(self.device)];
        let staying: Vec<Place> = self
            .held
            .iter()
            .filter(|(name, _)| stays(name))
            .map(|(_, held)| held.place)
            .collect();
        for place in staying {
            contents.push(self.frames.read(place)?);
        }
        if self.closed {
            contents.push(vec![CLOSED]);
        }
        let path = self.frames.path().to_owned();
        *self = Self::of(Frames::rewrite(&path, MAGIC, contents.iter().map(Vec::as_slice))?)?;
        Ok(leaving)
    }

    /// Closes the outbox durably: it takes no more, and what it has waits for delivery. Closing twice is closing once.
    ///
    /// # Errors
    /// [`FileError::Disk`].
    pub fn close(&mut self) -> Result<(), FileError> {
        if !self.closed {
            self.frames.append_durably(&[CLOSED])?;
            self.closed = true;
        }
        Ok(())
    }

    /// The next entries to deliver, in the order of spaces and numbers, after a given one: as many as fit in so many
    /// bytes, and at least one when there is one.
    ///
    /// # Errors
    /// [`FileError::Disk`]; [`SealError::Malformed`] when the file was damaged while it was open.
    pub fn entries(
        &mut self,
        after: Option<(SpaceId, Seq)>,
        most_bytes: usize,
    ) -> Result<Vec<SealedChange>, OutboxError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let places: Vec<Place> = self
            .held
            .range((from, Bound::Unbounded))
            .map(|(_, held)| held.place)
            .collect();
        let (mut entries, mut bytes) = (Vec::new(), 0usize);
        for place in places {
            let content = self.frames.read(place)?;
            bytes = bytes.saturating_add(content.len());
            if bytes > most_bytes && !entries.is_empty() {
                break;
            }
            entries.push(SealedChange::decode(&content)?);
        }
        Ok(entries)
    }

    /// Deletes a closed outbox whose entries were all delivered.
    ///
    /// # Errors
    /// [`FileError::NotEmpty`] when it still holds work, [`FileError::Disk`].
    pub fn remove(self) -> Result<(), FileError> {
        if !self.is_empty() {
            return Err(FileError::NotEmpty);
        }
        Ok(crate::durable::remove(self.frames.path())?)
    }
}

fn start(device: DeviceId) -> Vec<u8> {
    Writing::plain().fixed(&[START]).id(device.uuid()).done()
}

fn read_start(content: &[u8]) -> Option<DeviceId> {
    let mut reading = Reading::of(content);
    reading.byte().ok()?;
    reading.id().ok().map(DeviceId::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{PrivateKey, PrivateKeys};
    use proptest::prelude::*;
    use std::fs;
    use std::path::PathBuf;
    use tempfile::TempDir;
    use uuid::Uuid;

    struct Phone {
        _folder: TempDir,
        path: PathBuf,
        randomness: Randomness,
        keys: PrivateKeys,
        server: PublicKey,
    }

    fn phone() -> Phone {
        let folder = TempDir::new().unwrap();
        let mut randomness = Randomness::repeatable([9; 32]);
        let key = PrivateKey::generate(&mut randomness);
        let server = key.public().unwrap();
        let mut keys = PrivateKeys::new();
        keys.add(key).unwrap();
        Phone {
            path: folder.path().join("outbox"),
            _folder: folder,
            randomness,
            keys,
            server,
        }
    }

    fn ana() -> DeviceId {
        DeviceId::new(Uuid::from_u128(0xa))
    }

    fn space(number: u128) -> SpaceId {
        SpaceId::new(Uuid::from_u128(number))
    }

    impl Phone {
        fn fill(&mut self, outbox: &mut Outbox, of: u128, numbers: std::ops::RangeInclusive<u64>) {
            for number in numbers {
                let change = format!("change {number} of {of}");
                outbox
                    .append(
                        space(of),
                        Seq(number),
                        change.as_bytes(),
                        self.server,
                        &mut self.randomness,
                    )
                    .unwrap();
            }
        }

        fn delivered(&self, outbox: &mut Outbox) -> Vec<String> {
            let entries = outbox.entries(None, usize::MAX).unwrap();
            let text =
                |entry: &SealedChange| String::from_utf8(entry.open(&self.keys).unwrap().to_vec()).unwrap();
            entries.iter().map(text).collect()
        }
    }

    #[test]
    fn what_was_put_in_is_there_after_opening_again_and_only_the_server_reads_it() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=3);
        outbox.sync().unwrap();
        drop(outbox);
        let bytes = fs::read(&phone.path).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"change"));
        let mut outbox = Outbox::open(&phone.path).unwrap();
        assert_eq!((outbox.device(), outbox.len(), outbox.damaged()), (ana(), 3, 0));
        assert_eq!(
            phone.delivered(&mut outbox),
            ["change 1 of 1", "change 2 of 1", "change 3 of 1"]
        );
    }

    #[test]
    fn numbers_that_are_missing_or_sealed_to_an_old_key_are_named_and_sealed_again() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=2);
        let pending = [
            (space(1), Seq(1)),
            (space(1), Seq(2)),
            (space(1), Seq(3)),
            (space(2), Seq(1)),
        ];
        assert_eq!(outbox.missing(pending, phone.server), pending[2..]);

        let newer = PrivateKey::generate(&mut phone.randomness);
        phone.server = newer.public().unwrap();
        phone.keys.add(newer).unwrap();
        assert_eq!(outbox.missing(pending, phone.server), pending);
        phone.fill(&mut outbox, 1, 2..=3);
        assert_eq!(outbox.missing(pending[..3].to_vec(), phone.server), pending[..1]);
        assert_eq!(
            phone.delivered(&mut outbox).len(),
            3,
            "old and new keys open side by side"
        );
    }

    #[test]
    fn only_what_the_server_has_for_good_leaves() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=3);
        phone.fill(&mut outbox, 2, 1..=2);
        assert_eq!(outbox.drop_through(space(1), Seq(2)).unwrap(), 2);
        assert_eq!(outbox.drop_through(space(1), Seq(2)).unwrap(), 0);
        assert_eq!(
            phone.delivered(&mut outbox),
            ["change 3 of 1", "change 1 of 2", "change 2 of 2"]
        );
        phone.fill(&mut outbox, 1, 4..=4);
        drop(outbox);
        assert_eq!(Outbox::open(&phone.path).unwrap().len(), 4);
    }

    #[test]
    fn a_closed_outbox_takes_no_more_and_keeps_what_it_has_until_it_is_delivered() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=2);
        outbox.close().unwrap();
        outbox.close().unwrap();
        drop(outbox);
        let mut outbox = Outbox::open(&phone.path).unwrap();
        assert!(outbox.is_closed());
        let refused = outbox.append(space(1), Seq(3), b"late", phone.server, &mut phone.randomness);
        assert!(matches!(refused, Err(OutboxError::File(FileError::Closed))));
        outbox.drop_through(space(1), Seq(1)).unwrap();
        assert!(outbox.is_closed());
        assert!(matches!(outbox.remove(), Err(FileError::NotEmpty)));
        let mut outbox = Outbox::open(&phone.path).unwrap();
        assert_eq!(phone.delivered(&mut outbox), ["change 2 of 1"]);
        outbox.drop_through(space(1), Seq(2)).unwrap();
        outbox.remove().unwrap();
        assert!(!phone.path.exists());
    }

    #[test]
    fn a_new_outbox_never_takes_the_place_of_one_that_may_hold_work() {
        let phone = phone();
        drop(Outbox::create(&phone.path, ana()).unwrap());
        assert!(matches!(
            Outbox::create(&phone.path, ana()),
            Err(FileError::Exists)
        ));
    }

    #[test]
    fn delivery_goes_in_batches_that_each_hold_at_least_one() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=3);
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let batch = outbox.entries(after, 1).unwrap();
            let Some(last) = batch.last() else { break };
            assert_eq!(batch.len(), 1);
            after = Some((last.name().space, last.name().seq));
            seen.push(last.name().seq.0);
        }
        assert_eq!(seen, [1, 2, 3]);
    }

    #[test]
    fn damage_costs_one_entry_which_is_then_missing_and_the_rest_is_delivered() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=3);
        drop(outbox);
        let whole = fs::read(&phone.path).unwrap();
        let entry = (whole.len() - MAGIC.len() - 33) / 3;
        let mut spoiled = whole.clone();
        spoiled[MAGIC.len() + 33 + entry + entry / 2] ^= 1;
        fs::write(&phone.path, &spoiled).unwrap();
        let mut outbox = Outbox::open(&phone.path).unwrap();
        assert_eq!((outbox.len(), outbox.damaged()), (2, 1));
        let pending = [1, 2, 3].map(|number| (space(1), Seq(number)));
        assert_eq!(outbox.missing(pending, phone.server), pending[1..2]);
        assert_eq!(phone.delivered(&mut outbox), ["change 1 of 1", "change 3 of 1"]);
    }

    #[test]
    fn an_outbox_has_this_form_and_stays_readable() {
        let phone = phone();
        let golden = crate::text::decode(include_str!("../../tests/golden/outbox.txt").trim_end()).unwrap();
        fs::write(&phone.path, &golden).unwrap();
        let mut outbox = Outbox::open(&phone.path).unwrap();
        assert_eq!((outbox.device(), outbox.len(), outbox.damaged()), (ana(), 2, 0));
        assert!(outbox.is_closed());
        assert_eq!(phone.delivered(&mut outbox), ["change 1 of 1", "change 2 of 1"]);
        assert_eq!(fs::read(&phone.path).unwrap(), golden);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn frames_of_any_content_are_read_without_a_panic(
            contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..100), 0..8),
            kind in prop_oneof![Just(START), Just(FORM), Just(CLOSED)],
        ) {
            let phone = phone();
            let contents = contents.into_iter().map(|mut content| {
                content.insert(0, kind);
                content
            });
            let contents: Vec<Vec<u8>> = contents.collect();
            Frames::rewrite(&phone.path, MAGIC, contents.iter().map(Vec::as_slice)).unwrap();
            if let Ok(mut outbox) = Outbox::open(&phone.path) {
                prop_assert_eq!(outbox.entries(None, usize::MAX).unwrap().len(), outbox.len());
            }
        }
    }

    #[test]
    fn a_damaged_start_costs_nothing_as_each_entry_names_its_device() {
        let mut phone = phone();
        let mut outbox = Outbox::create(&phone.path, ana()).unwrap();
        phone.fill(&mut outbox, 1, 1..=1);
        drop(outbox);
        let mut bytes = fs::read(&phone.path).unwrap();
        bytes[MAGIC.len() + 20] ^= 1;
        fs::write(&phone.path, &bytes).unwrap();
        let outbox = Outbox::open(&phone.path).unwrap();
        assert_eq!((outbox.device(), outbox.len(), outbox.damaged()), (ana(), 1, 1));
    }
}
