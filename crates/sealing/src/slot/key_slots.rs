//! All doors to the database's key: always one with a code, perhaps one with biometrics.

use super::code_slot::CodeSlot;
use super::wrapped::{Door, VERSION, Wrapped, wrapping_key};
use super::{BiometricError, BiometricKey, Code, CodeKind, Cost, Holder, SlotError};
use crate::hardware::HardwareKey;
use crate::randomness::Randomness;
use crate::secret::DatabaseKey;
use crate::tries::{Attempt, Passed};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The wrapped key of one database. There is always a slot with a code, so biometrics are never the only door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySlots {
    version: u8,
    code: CodeSlot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    biometric: Option<Wrapped>,
}

impl KeySlots {
    /// Makes a slot for a code, before anything is put in the database.
    ///
    /// # Errors
    /// [`SlotError::Weak`] when the code is too easily guessed on this device, [`SlotError::BelowFloor`] and
    /// [`SlotError::AboveCeiling`] for a cost that is not allowed, [`SlotError::Hardware`],
    /// [`SlotError::OutOfMemory`].
    pub fn create(
        key: &DatabaseKey,
        code: &Code,
        hardware: &dyn HardwareKey,
        holder: Holder,
        cost: Cost,
        randomness: &mut Randomness,
    ) -> Result<Self, SlotError> {
        Ok(Self {
            version: VERSION,
            code: CodeSlot::wrap(key, code, hardware, holder, cost, randomness)?,
            biometric: None,
        })
    }

    /// Opens the slot with a code, in a try that was counted.
    ///
    /// # Errors
    /// [`SlotError::NotOpened`] for a wrong code, other hardware, another holder or a damaged slot;
    /// [`SlotError::Hardware`] and [`SlotError::OutOfMemory`] when the code could not be checked. The try counts in
    /// each case.
    pub fn open(
        &self,
        code: &Code,
        hardware: &dyn HardwareKey,
        holder: Holder,
        attempt: Attempt,
    ) -> Result<(DatabaseKey, Passed), SlotError> {
        let key = self.code.unwrap(code, hardware, holder)?;
        Ok((key, attempt.passed()))
    }

    /// Puts another code in the place of the old one. Biometrics go on opening.
    ///
    /// # Errors
    /// As [`KeySlots::create`]; the old code then still opens.
    pub fn change_code(
        &mut self,
        key: &DatabaseKey,
        code: &Code,
        hardware: &dyn HardwareKey,
        holder: Holder,
        cost: Cost,
        randomness: &mut Randomness,
    ) -> Result<(), SlotError> {
        self.code = CodeSlot::wrap(key, code, hardware, holder, cost, randomness)?;
        Ok(())
    }

    /// Makes, or makes anew, the slot that biometrics open, with a key for the fingers or faces that are enrolled now.
    ///
    /// # Errors
    /// [`SlotError::Biometric`].
    pub fn add_biometrics(
        &mut self,
        key: &DatabaseKey,
        biometrics: &dyn BiometricKey,
        holder: Holder,
        randomness: &mut Randomness,
    ) -> Result<(), SlotError> {
        biometrics.renew()?;
        let released = biometrics.release()?;
        let secret = |salt: &[u8; 16]| wrapping_key(&released, salt, BIOMETRIC);
        self.biometric = Some(Wrapped::wrap(key, &biometric_door(holder), secret, randomness)?);
        Ok(())
    }

    /// Opens the slot with biometrics. When the enrolled fingers changed, the slot is gone: keep these slots again.
    ///
    /// # Errors
    /// [`SlotError::NoBiometrics`], [`SlotError::Biometric`], [`SlotError::NotOpened`].
    pub fn open_with_biometrics(
        &mut self,
        biometrics: &dyn BiometricKey,
        holder: Holder,
    ) -> Result<DatabaseKey, SlotError> {
        let wrapped = self.biometric.as_ref().ok_or(SlotError::NoBiometrics)?;
        let released = match biometrics.release() {
            Ok(released) => released,
            Err(error) => {
                if error == BiometricError::Changed {
                    self.biometric = None;
                }
                return Err(error.into());
            }
        };
        wrapped.unwrap(&biometric_door(holder), |salt| {
            wrapping_key(&released, salt, BIOMETRIC)
        })
    }

    /// Takes the biometric door away.
    pub fn remove_biometrics(&mut self) {
        self.biometric = None;
    }

    /// Whether there is a biometric door.
    pub fn has_biometrics(&self) -> bool {
        self.biometric.is_some()
    }

    /// Whether the code is a PIN or a passphrase, so that the right keyboard is shown.
    pub fn code_kind(&self) -> CodeKind {
        self.code.kind()
    }

    /// The slots as they are kept: JSON, of no use without the code and the hardware.
    ///
    /// # Errors
    /// [`SlotError::Unreadable`], never in practice.
    pub fn to_json(&self) -> Result<String, SlotError> {
        serde_json::to_string(self).map_err(|_| SlotError::Unreadable)
    }

    /// Reads slots that were kept.
    ///
    /// # Errors
    /// [`SlotError::Newer`] for a later version, [`SlotError::Unreadable`] for any other form,
    /// [`SlotError::BelowFloor`] and [`SlotError::AboveCeiling`] for a cost that is not allowed.
    pub fn from_json(json: &[u8]) -> Result<Self, SlotError> {
        let slots: Self = serde_json::from_slice(json).map_err(|_| SlotError::Unreadable)?;
        match slots.version.cmp(&VERSION) {
            Ordering::Less => return Err(SlotError::Unreadable),
            Ordering::Greater => return Err(SlotError::Newer),
            Ordering::Equal => {}
        }
        slots.code.cost().check()?;
        Ok(slots)
    }
}

const BIOMETRIC: &str = "biometric";

fn biometric_door(holder: Holder) -> Door<'static> {
    Door {
        version: VERSION,
        holder,
        kind: BIOMETRIC,
        cost: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hardware::{DeviceKey, FileKey, HardwareError};
    use crate::slot::CodeFault;
    use drempel_domain::id::{DeviceId, UserId};
    use hkdf::Hkdf;
    use proptest::prelude::*;
    use sha2::Sha256;
    use std::cell::Cell;
    use tempfile::TempDir;
    use uuid::Uuid;
    use zeroize::Zeroizing;

    /// Hardware that exists only in a test.
    struct Chip([u8; 32]);

    impl HardwareKey for Chip {
        fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
            let mut answer = Zeroizing::new([0; 32]);
            Hkdf::<Sha256>::new(None, &self.0)
                .expand(input, answer.as_mut_slice())
                .unwrap();
            Ok(answer)
        }

        fn is_hardware(&self) -> bool {
            true
        }
    }

    /// A finger that exists only in a test.
    struct Finger(Result<[u8; 32], BiometricError>);

    impl BiometricKey for Finger {
        fn is_available(&self) -> bool {
            self.0.is_ok()
        }

        fn renew(&self) -> Result<(), BiometricError> {
            Ok(())
        }

        fn release(&self) -> Result<Zeroizing<[u8; 32]>, BiometricError> {
            self.0.map(Zeroizing::new)
        }
    }

    const CHIP: Chip = Chip([1; 32]);

    fn code(text: &str) -> Code {
        Code::new(Zeroizing::new(text.to_owned()))
    }

    fn ana() -> Holder {
        Holder {
            user: UserId::new(Uuid::from_u128(1)),
            device: DeviceId::new(Uuid::from_u128(2)),
        }
    }

    fn slots(text: &str) -> (DatabaseKey, KeySlots, Randomness) {
        let mut randomness = Randomness::repeatable([5; 32]);
        let key = DatabaseKey::generate(&mut randomness);
        let slots = KeySlots::create(&key, &code(text), &CHIP, ana(), Cost::FLOOR, &mut randomness).unwrap();
        (key, slots, randomness)
    }

    fn open(
        slots: &KeySlots,
        text: &str,
        chip: &dyn HardwareKey,
        holder: Holder,
    ) -> Result<[u8; 32], SlotError> {
        let attempt = Attempt::for_a_test();
        slots
            .open(&code(text), chip, holder, attempt)
            .map(|(key, _)| *key.expose())
    }

    #[test]
    fn the_right_code_on_the_right_device_opens_and_nothing_else_does() {
        let (key, slots, _) = slots("820471");
        assert_eq!(open(&slots, "820471", &CHIP, ana()).unwrap(), *key.expose());
        let bo = UserId::new(Uuid::from_u128(9));
        let other = DeviceId::new(Uuid::from_u128(9));
        for (name, result) in [
            ("wrong code", open(&slots, "820472", &CHIP, ana())),
            ("no code", open(&slots, "", &CHIP, ana())),
            (
                "copied to other hardware",
                open(&slots, "820471", &Chip([2; 32]), ana()),
            ),
            (
                "other user",
                open(&slots, "820471", &CHIP, Holder { user: bo, ..ana() }),
            ),
            (
                "other device",
                open(
                    &slots,
                    "820471",
                    &CHIP,
                    Holder {
                        device: other,
                        ..ana()
                    },
                ),
            ),
        ] {
            assert!(matches!(result, Err(SlotError::NotOpened)), "{name}");
        }
    }

    #[test]
    fn copied_files_are_useless_with_another_hardware_key_and_without_any() {
        let folder = TempDir::new().unwrap();
        let mut randomness = Randomness::repeatable([6; 32]);
        let hers = FileKey::create(&folder.path().join("hers"), &mut randomness).unwrap();
        let thiefs = FileKey::create(&folder.path().join("thiefs"), &mut randomness).unwrap();
        let key = DatabaseKey::generate(&mut randomness);
        let slots = KeySlots::create(
            &key,
            &code("82047193"),
            &hers,
            ana(),
            Cost::FLOOR,
            &mut randomness,
        )
        .unwrap();
        let copied = KeySlots::from_json(slots.to_json().unwrap().as_bytes()).unwrap();
        assert_eq!(open(&copied, "82047193", &hers, ana()).unwrap(), *key.expose());
        assert!(matches!(
            open(&copied, "82047193", &thiefs, ana()),
            Err(SlotError::NotOpened)
        ));
        hers.destroy().unwrap();
        let gone = FileKey::at(&folder.path().join("hers"));
        let lost = open(&copied, "82047193", &gone, ana());
        assert!(matches!(lost, Err(SlotError::Hardware(HardwareError::Lost))));
    }

    #[test]
    fn without_hardware_a_pin_of_six_digits_is_refused() {
        let folder = TempDir::new().unwrap();
        let (key, mut slots, mut randomness) = slots("820471");
        let file = FileKey::create(&folder.path().join("key"), &mut randomness).unwrap();
        let refused = slots.change_code(&key, &code("820471"), &file, ana(), Cost::FLOOR, &mut randomness);
        assert!(matches!(
            refused,
            Err(SlotError::Weak(CodeFault::PinTooShort { least: 8 }))
        ));
    }

    #[test]
    fn a_changed_code_opens_the_same_key_and_the_old_one_does_not() {
        let (key, mut slots, mut randomness) = slots("820471");
        let new = code("drie bankjes op een rij");
        slots
            .change_code(&key, &new, &CHIP, ana(), Cost::FLOOR, &mut randomness)
            .unwrap();
        assert_eq!(slots.code_kind(), CodeKind::Passphrase);
        assert_eq!(
            open(&slots, "drie bankjes op een rij", &CHIP, ana()).unwrap(),
            *key.expose()
        );
        assert!(matches!(
            open(&slots, "820471", &CHIP, ana()),
            Err(SlotError::NotOpened)
        ));
    }

    #[test]
    fn fingers_open_beside_the_code_until_they_change() {
        let (key, mut slots, mut randomness) = slots("820471");
        let finger = Finger(Ok([3; 32]));
        assert!(matches!(
            slots.open_with_biometrics(&finger, ana()),
            Err(SlotError::NoBiometrics)
        ));
        slots
            .add_biometrics(&key, &finger, ana(), &mut randomness)
            .unwrap();
        assert_eq!(
            slots.open_with_biometrics(&finger, ana()).unwrap().expose(),
            key.expose()
        );
        let other = slots.open_with_biometrics(&Finger(Ok([4; 32])), ana());
        assert!(matches!(other, Err(SlotError::NotOpened)));
        let elsewhere = Holder {
            device: DeviceId::new(Uuid::from_u128(9)),
            ..ana()
        };
        let copied = slots.open_with_biometrics(&finger, elsewhere);
        assert!(matches!(copied, Err(SlotError::NotOpened)));

        let cancelled = slots.open_with_biometrics(&Finger(Err(BiometricError::NotRecognised)), ana());
        assert!(matches!(
            cancelled,
            Err(SlotError::Biometric(BiometricError::NotRecognised))
        ));
        assert!(slots.has_biometrics());
        let changed = slots.open_with_biometrics(&Finger(Err(BiometricError::Changed)), ana());
        assert!(matches!(
            changed,
            Err(SlotError::Biometric(BiometricError::Changed))
        ));
        assert!(!slots.has_biometrics());
        assert_eq!(open(&slots, "820471", &CHIP, ana()).unwrap(), *key.expose());
    }

    /// A hand whose key is gone since another finger was enrolled.
    struct ChangedHand(Cell<bool>);

    impl BiometricKey for ChangedHand {
        fn is_available(&self) -> bool {
            true
        }

        fn renew(&self) -> Result<(), BiometricError> {
            self.0.set(true);
            Ok(())
        }

        fn release(&self) -> Result<Zeroizing<[u8; 32]>, BiometricError> {
            match self.0.get() {
                true => Ok(Zeroizing::new([5; 32])),
                false => Err(BiometricError::Changed),
            }
        }
    }

    #[test]
    fn after_a_change_of_fingers_a_new_slot_is_made_with_a_new_key() {
        let (key, mut slots, mut randomness) = slots("820471");
        let hand = ChangedHand(Cell::new(false));
        slots.add_biometrics(&key, &hand, ana(), &mut randomness).unwrap();
        let opened = slots.open_with_biometrics(&hand, ana()).unwrap();
        assert_eq!(opened.expose(), key.expose());
    }

    #[test]
    fn a_slot_that_makes_guessing_cheap_is_refused_unopened() {
        let (_, slots, _) = slots("820471");
        let json = slots.to_json().unwrap();
        for (from, to) in [
            ("\"memory_kib\":19456", "\"memory_kib\":1024"),
            ("\"passes\":2", "\"passes\":1"),
        ] {
            let cheap = json.replace(from, to);
            assert_ne!(cheap, json);
            assert!(matches!(
                KeySlots::from_json(cheap.as_bytes()),
                Err(SlotError::BelowFloor)
            ));
        }
        let dear = json.replace("\"memory_kib\":19456", "\"memory_kib\":4294967295");
        assert!(matches!(
            KeySlots::from_json(dear.as_bytes()),
            Err(SlotError::AboveCeiling)
        ));
        let altered = json.replace("\"passes\":2", "\"passes\":3");
        let altered = KeySlots::from_json(altered.as_bytes()).unwrap();
        assert!(matches!(
            open(&altered, "820471", &CHIP, ana()),
            Err(SlotError::NotOpened)
        ));
    }

    #[test]
    fn slots_have_this_form() {
        let (key, mut slots, mut randomness) = slots("820471");
        slots
            .add_biometrics(&key, &Finger(Ok([3; 32])), ana(), &mut randomness)
            .unwrap();
        let golden = include_str!("../../tests/golden/slots.json").trim_end();
        assert_eq!(slots.to_json().unwrap(), golden);
        let read = KeySlots::from_json(golden.as_bytes()).unwrap();
        assert_eq!(open(&read, "820471", &CHIP, ana()).unwrap(), *key.expose());
    }

    #[test]
    fn nothing_secret_is_in_what_is_printed_or_kept() {
        let (key, slots, _) = slots("820471");
        let printed = format!("{slots:?} {}", slots.to_json().unwrap());
        assert!(!printed.contains("820471"));
        assert!(!printed.contains(&format!("{:?}", key.expose())));
        assert!(!printed.contains(&crate::text::encode(key.expose())));
    }

    /// Every flip of one bit of kept slots, tried without spending memory on those that are refused unopened.
    #[test]
    fn a_flipped_bit_gives_an_error_and_never_another_key() {
        let (key, mut slots, mut randomness) = slots("820471");
        slots
            .add_biometrics(&key, &Finger(Ok([3; 32])), ana(), &mut randomness)
            .unwrap();
        let json = slots.to_json().unwrap().into_bytes();
        for at in 0..json.len() {
            let mut flipped = json.clone();
            flipped[at] ^= 1 << (at % 7);
            let Ok(mut read) = KeySlots::from_json(&flipped) else {
                continue;
            };
            assert_ne!(read, slots, "byte {at}");
            let by_finger = read.open_with_biometrics(&Finger(Ok([3; 32])), ana());
            let by_code = read.code == slots.code || read.code.cost().passes() > 3;
            assert!(
                by_finger.is_err() || (read.biometric == slots.biometric),
                "byte {at}"
            );
            assert!(
                by_code || open(&read, "820471", &CHIP, ana()).is_err(),
                "byte {at}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_slots_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(KeySlots::from_json(&bytes).is_err());
        }

        #[test]
        fn cut_slots_are_refused(cut in 0usize..500) {
            let golden = include_str!("../../tests/golden/slots.json").trim_end().as_bytes();
            prop_assert!(KeySlots::from_json(&golden[..cut.min(golden.len() - 1)]).is_err());
        }
    }
}
