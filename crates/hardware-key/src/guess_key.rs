//! The key that answers each guess of a code, in the phone's hardware.

use crate::platform::{Platform, Refusal, as_text, key_in};
use drempel_sealing::hardware::{DeviceKey, HardwareError, HardwareKey};
use drempel_sealing::randomness::Randomness;
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

/// A key that cannot be exported: of Android's Keystore, or of the Secure Enclave of an iPhone.
///
/// It needs a phone that is unlocked, and no finger: the code that is being tried is the proof of who asks.
pub struct GuessKey {
    platform: Arc<dyn Platform>,
    /// Asked once: a phone does not change its hardware while the app runs.
    in_hardware: OnceLock<bool>,
}

impl GuessKey {
    /// The key that this platform holds.
    pub fn of(platform: Arc<dyn Platform>) -> Self {
        Self {
            platform,
            in_hardware: OnceLock::new(),
        }
    }
}

impl HardwareKey for GuessKey {
    fn bind(&self, input: &[u8]) -> Result<Zeroizing<[u8; 32]>, HardwareError> {
        let answer = self
            .platform
            .ask("bind", json!({"input": as_text(input)}))
            .map_err(hardware_error)?;
        key_in(answer, "answer").ok_or(HardwareError::Unavailable)
    }

    /// What cannot be found out now counts as no hardware: then a code must be longer.
    fn is_hardware(&self) -> bool {
        if let Some(known) = self.in_hardware.get() {
            return *known;
        }
        let Ok(answer) = self.platform.ask("isInHardware", json!({})) else {
            return false;
        };
        let found = answer.get("yes").and_then(Value::as_bool).unwrap_or(false);
        *self.in_hardware.get_or_init(|| found)
    }
}

impl DeviceKey for GuessKey {
    /// The chip makes the key from its own randomness.
    fn renew(&self, _: &mut Randomness) -> Result<(), HardwareError> {
        let made = self.platform.ask("renew", json!({}));
        made.map(drop).map_err(hardware_error)
    }

    fn destroy(&self) -> Result<(), HardwareError> {
        match self.platform.ask("destroy", json!({})) {
            Ok(_) | Err(Refusal::Lost) => Ok(()),
            Err(refusal) => Err(hardware_error(refusal)),
        }
    }
}

fn hardware_error(refusal: Refusal) -> HardwareError {
    match refusal {
        Refusal::Lost => HardwareError::Lost,
        Refusal::Changed | Refusal::NotRecognised | Refusal::Unavailable => HardwareError::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::tests::Scripted;

    fn key(answer: Result<Value, Refusal>) -> (Arc<Scripted>, GuessKey) {
        let half = Arc::new(Scripted::answering(answer));
        (Arc::clone(&half), GuessKey::of(half))
    }

    #[test]
    fn a_guess_goes_to_the_hardware_and_its_answer_comes_back() {
        let (half, key) = key(Ok(json!({"answer": as_text(&[9; 32])})));
        assert_eq!(*key.bind(b"guess").unwrap(), [9; 32]);
        let asked = half.asked.lock().unwrap();
        assert_eq!(*asked, [("bind".to_owned(), json!({"input": "Z3Vlc3M="}))]);
    }

    #[test]
    fn a_key_is_lost_only_when_the_platform_says_so() {
        for (answer, lost) in [
            (Err(Refusal::Lost), true),
            (Err(Refusal::Unavailable), false),
            (Err(Refusal::Changed), false),
            (Err(Refusal::NotRecognised), false),
            (Ok(json!({})), false),
            (Ok(json!({"answer": as_text(&[9; 16])})), false),
        ] {
            let (_, key) = key(answer.clone());
            let is_lost = matches!(key.answers(), Err(HardwareError::Lost));
            assert_eq!(is_lost, lost, "{answer:?}");
            assert!(key.bind(b"guess").is_err(), "{answer:?}");
        }
    }

    #[test]
    fn a_key_that_is_gone_is_destroyed_already() {
        assert!(key(Ok(Value::Null)).1.destroy().is_ok());
        assert!(key(Err(Refusal::Lost)).1.destroy().is_ok());
        assert!(key(Err(Refusal::Unavailable)).1.destroy().is_err());
    }

    #[test]
    fn what_cannot_be_found_out_counts_as_no_hardware_and_is_asked_again() {
        let (half, key) = key(Err(Refusal::Unavailable));
        assert!(!key.is_hardware());
        *half.answer.lock().unwrap() = Ok(json!({"yes": true}));
        assert!(key.is_hardware());
        *half.answer.lock().unwrap() = Err(Refusal::Unavailable);
        assert!(key.is_hardware(), "it is known by now");
    }
}
