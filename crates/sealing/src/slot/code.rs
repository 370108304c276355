//! What the user types to unlock: a PIN or a passphrase, and when it is too easily guessed.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Digits that a PIN has at least where the hardware answers each guess.
const PIN_DIGITS: usize = 6;
/// Digits that a PIN has at least where only a file answers.
const PIN_DIGITS_WITHOUT_HARDWARE: usize = 8;
/// Characters that a passphrase has at least.
const PASSPHRASE_CHARACTERS: usize = 12;
/// Bytes that a code has at most.
const LONGEST: usize = 256;

/// A code as it was typed. It is wiped when it goes, and not printed.
///
/// The bytes count as they come: no character is changed into another that looks like it.
pub struct Code(Zeroizing<String>);

/// What a code is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// Digits only.
    Pin,
    /// Anything else.
    Passphrase,
}

/// Why a code cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// The PIN has too few digits.
    #[error("a PIN has at least {least} digits here")]
    PinTooShort {
        /// How many digits are needed on this device.
        least: usize,
    },
    /// The passphrase has too few characters.
    #[error("a passphrase has at least {least} characters")]
    PassphraseTooShort {
        /// How many characters are needed.
        least: usize,
    },
    /// It has more than 256 bytes.
    #[error("the code is too long")]
    TooLong,
    /// It repeats itself: 111111, 121212, 123123.
    #[error("the code repeats itself")]
    Repeating,
    /// Its digits go up or down in equal steps: 123456, 987654, 246802.
    #[error("the digits go up or down in equal steps")]
    Sequential,
}

impl Code {
    /// The code with this text.
    pub fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// What kind of code it is, when it can be chosen on a device with or without a key in hardware.
    ///
    /// # Errors
    /// [`CodeFault`], for the user to read before anything is made of the code.
    pub fn check(&self, hardware: bool) -> Result<CodeKind, CodeFault> {
        let text = self.0.as_str();
        let kind = self.kind();
        let (least, short) = match kind {
            CodeKind::Pin => {
                let least = if hardware {
                    PIN_DIGITS
                } else {
                    PIN_DIGITS_WITHOUT_HARDWARE
                };
                (least, CodeFault::PinTooShort { least })
            }
            CodeKind::Passphrase => {
                let least = PASSPHRASE_CHARACTERS;
                (least, CodeFault::PassphraseTooShort { least })
            }
        };
        if text.chars().count() < least {
            return Err(short);
        }
        if text.len() > LONGEST {
            return Err(CodeFault::TooLong);
        }
        if repeats(text.as_bytes()) {
            return Err(CodeFault::Repeating);
        }
        if kind == CodeKind::Pin && is_sequential(text.as_bytes()) {
            return Err(CodeFault::Sequential);
        }
        Ok(kind)
    }

    /// What it is made of, good or not.
    fn kind(&self) -> CodeKind {
        if self.0.bytes().all(|byte| byte.is_ascii_digit()) {
            CodeKind::Pin
        } else {
            CodeKind::Passphrase
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Code(…)")
    }
}

/// Whether a part of at most half its length comes again and again.
fn repeats(text: &[u8]) -> bool {
    (1..=text.len() / 2).any(|period| {
        text.iter()
            .zip(text.iter().skip(period))
            .all(|(one, next)| one == next)
    })
}

/// Whether each digit follows the one before by the same step, nine being followed by nought.
fn is_sequential(digits: &[u8]) -> bool {
    let mut steps = digits
        .iter()
        .zip(digits.iter().skip(1))
        .map(|(one, next)| (10 + next - one) % 10);
    let first = steps.next();
    steps.all(|step| Some(step) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, hardware: bool) -> Result<CodeKind, CodeFault> {
        Code::new(Zeroizing::new(text.to_owned())).check(hardware)
    }

    #[test]
    fn a_pin_is_longer_where_no_hardware_answers() {
        assert_eq!(check("820471", true), Ok(CodeKind::Pin));
        assert_eq!(check("82047", true), Err(CodeFault::PinTooShort { least: 6 }));
        assert_eq!(check("8204719", false), Err(CodeFault::PinTooShort { least: 8 }));
        assert_eq!(check("82047193", false), Ok(CodeKind::Pin));
        assert_eq!(check("", true), Err(CodeFault::PinTooShort { least: 6 }));
    }

    #[test]
    fn a_passphrase_has_twelve_characters_on_any_device() {
        for hardware in [true, false] {
            assert_eq!(check("drie bankjes", hardware), Ok(CodeKind::Passphrase));
            assert_eq!(
                check("één bankjeë", hardware),
                Err(CodeFault::PassphraseTooShort { least: 12 })
            );
            assert_eq!(
                check("82047a", hardware),
                Err(CodeFault::PassphraseTooShort { least: 12 })
            );
        }
        assert_eq!(
            check(&"wat een lange zin ".repeat(20), true),
            Err(CodeFault::TooLong)
        );
    }

    #[test]
    fn codes_that_everyone_tries_first_are_refused() {
        for text in [
            "111111",
            "000000",
            "121212",
            "1231231",
            "123123",
            "12341234",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
        ] {
            assert_eq!(check(text, true), Err(CodeFault::Repeating), "{text}");
        }
        for text in [
            "123456",
            "0123456789",
            "987654",
            "890123",
            "210987",
            "13579135",
            "75319753",
        ] {
            assert!(
                matches!(
                    check(text, true),
                    Err(CodeFault::Sequential | CodeFault::Repeating)
                ),
                "{text}"
            );
        }
        for text in ["112233", "123457", "102938", "203040"] {
            assert_eq!(check(text, true), Ok(CodeKind::Pin), "{text}");
        }
    }

    #[test]
    fn a_code_is_not_printed() {
        assert_eq!(
            format!("{:?}", Code::new(Zeroizing::new("820471".to_owned()))),
            "Code(…)"
        );
    }
}
