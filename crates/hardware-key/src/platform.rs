//! What this half asks of the half in Kotlin or Swift, and how that says no.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use zeroize::{Zeroize as _, Zeroizing};

/// The half of the plugin that runs in the phone's own language.
pub trait Platform: Send + Sync {
    /// Has it do that command, and waits for the answer, however long a person takes to lay down a finger.
    ///
    /// # Errors
    /// [`Refusal`].
    fn ask(&self, command: &str, payload: Value) -> Result<Value, Refusal>;
}

/// Why it did not do it. By code only: no message of a platform is kept, shown or logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The key is gone for good.
    #[error("the key is gone")]
    Lost,
    /// The enrolled fingers or faces changed, so the key is gone.
    #[error("the enrolled fingers or faces changed")]
    Changed,
    /// The person was not recognised, or cancelled.
    #[error("the person was not recognised")]
    NotRecognised,
    /// It cannot be done now.
    #[error("it cannot be done now")]
    Unavailable,
}

impl Refusal {
    /// The refusal with that code. Only what is surely gone is said to be gone: whoever says so loses their data.
    pub fn of(code: Option<&str>) -> Self {
        match code {
            Some("lost") => Self::Lost,
            Some("changed") => Self::Changed,
            Some("not_recognised") => Self::NotRecognised,
            _ => Self::Unavailable,
        }
    }
}

/// Bytes as they travel between the halves.
pub(crate) fn as_text(bytes: &[u8]) -> Value {
    json!(STANDARD.encode(bytes))
}

/// The 32 bytes in that field of an answer; nothing when they are not there.
pub(crate) fn key_in(mut answer: Value, field: &str) -> Option<Zeroizing<[u8; 32]>> {
    let text = match answer.get_mut(field).map(Value::take) {
        Some(Value::String(text)) => Zeroizing::new(text),
        _ => return None,
    };
    let mut bytes = STANDARD.decode(text.as_bytes()).ok()?;
    let key = <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Zeroizing::new);
    bytes.zeroize();
    key
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::Mutex;

    /// A half that answers what a test wants, and remembers what it was asked.
    pub(crate) struct Scripted {
        pub(crate) answer: Mutex<Result<Value, Refusal>>,
        pub(crate) asked: Mutex<Vec<(String, Value)>>,
    }

    impl Scripted {
        pub(crate) fn answering(answer: Result<Value, Refusal>) -> Self {
            Self {
                answer: Mutex::new(answer),
                asked: Mutex::default(),
            }
        }
    }

    impl Platform for Scripted {
        fn ask(&self, command: &str, payload: Value) -> Result<Value, Refusal> {
            self.asked.lock().unwrap().push((command.to_owned(), payload));
            self.answer.lock().unwrap().clone()
        }
    }

    #[test]
    fn only_what_is_surely_gone_is_said_to_be_gone() {
        for (code, refusal) in [
            (Some("lost"), Refusal::Lost),
            (Some("changed"), Refusal::Changed),
            (Some("not_recognised"), Refusal::NotRecognised),
            (Some("unavailable"), Refusal::Unavailable),
            (Some("something a newer half says"), Refusal::Unavailable),
            (None, Refusal::Unavailable),
        ] {
            assert_eq!(Refusal::of(code), refusal, "{code:?}");
        }
    }

    #[test]
    fn an_answer_that_holds_no_key_is_none() {
        let key = |answer| key_in(answer, "key").map(|key| *key);
        assert_eq!(key(json!({"key": as_text(&[7; 32])})), Some([7; 32]));
        for answer in [
            json!({"key": as_text(&[7; 31])}),
            json!({"key": as_text(&[7; 33])}),
            json!({"key": "no base64!"}),
            json!({"key": 7}),
            json!({}),
            Value::Null,
        ] {
            assert_eq!(key(answer.clone()), None, "{answer}");
        }
    }
}
