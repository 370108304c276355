//! Fingers or a face as a second door, by the prompt of the phone itself.

use crate::platform::{Platform, Refusal, key_in};
use drempel_sealing::slot::{BiometricError, BiometricKey};
use serde_json::{Value, json};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What the phone's prompt says. The page's catalogue does not reach it.
const TITLE: &str = "Drempel ontgrendelen";
const USE_THE_CODE: &str = "Code gebruiken";

/// A key that the phone releases once it has recognised its owner, and that ends when other fingers or faces are enrolled.
pub struct Biometrics {
    platform: Arc<dyn Platform>,
}

impl Biometrics {
    /// Those of this platform.
    pub fn of(platform: Arc<dyn Platform>) -> Self {
        Self { platform }
    }
}

impl BiometricKey for Biometrics {
    fn is_available(&self) -> bool {
        let answer = self.platform.ask("biometrics", json!({}));
        answer.is_ok_and(|answer| answer.get("yes").and_then(Value::as_bool) == Some(true))
    }

    fn renew(&self) -> Result<(), BiometricError> {
        let made = self.platform.ask("renewBiometrics", json!({}));
        made.map(drop).map_err(biometric_error)
    }

    fn release(&self) -> Result<Zeroizing<[u8; 32]>, BiometricError> {
        let words = json!({"title": TITLE, "cancel": USE_THE_CODE});
        let answer = self
            .platform
            .ask("releaseBiometrics", words)
            .map_err(biometric_error)?;
        key_in(answer, "key").ok_or(BiometricError::Unavailable)
    }
}

/// A key that is gone was there for fingers or faces that are not enrolled any more.
fn biometric_error(refusal: Refusal) -> BiometricError {
    match refusal {
        Refusal::Changed | Refusal::Lost => BiometricError::Changed,
        Refusal::NotRecognised => BiometricError::NotRecognised,
        Refusal::Unavailable => BiometricError::Unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::as_text;
    use crate::platform::tests::Scripted;

    fn fingers(answer: Result<Value, Refusal>) -> Biometrics {
        Biometrics::of(Arc::new(Scripted::answering(answer)))
    }

    #[test]
    fn a_recognised_finger_releases_the_key_and_nothing_else_does() {
        let released = |answer| fingers(answer).release().map(|key| *key);
        assert_eq!(released(Ok(json!({"key": as_text(&[3; 32])}))), Ok([3; 32]));
        for (answer, error) in [
            (Err(Refusal::Changed), BiometricError::Changed),
            (Err(Refusal::Lost), BiometricError::Changed),
            (Err(Refusal::NotRecognised), BiometricError::NotRecognised),
            (Err(Refusal::Unavailable), BiometricError::Unavailable),
            (Ok(json!({"key": ""})), BiometricError::Unavailable),
            (Ok(Value::Null), BiometricError::Unavailable),
        ] {
            assert_eq!(released(answer.clone()), Err(error), "{answer:?}");
        }
    }

    #[test]
    fn a_phone_has_fingers_only_when_it_says_so() {
        for (answer, available) in [
            (Ok(json!({"yes": true})), true),
            (Ok(json!({"yes": false})), false),
            (Ok(json!({})), false),
            (Err(Refusal::Unavailable), false),
        ] {
            assert_eq!(fingers(answer.clone()).is_available(), available, "{answer:?}");
        }
    }
}
