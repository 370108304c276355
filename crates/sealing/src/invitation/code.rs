//! The one-time code that a person types: twelve characters, of which the last checks the others.

use super::CodeFault;
use super::crockford::Symbols;
use crate::randomness::Randomness;
use zeroize::Zeroizing;

/// A one-time code for enrolling one device: at least 54 bits, `7K3M-Q9WT-2XBD`.
pub struct EnrolmentCode(Symbols<11>);

impl EnrolmentCode {
    /// A new code.
    pub fn generate(randomness: &mut Randomness) -> Self {
        Self(Symbols::generate(randomness))
    }

    /// Reads a code as it was typed: in either case, with or without hyphens and spaces, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`CodeFault`], found on the phone, so that a slip of the finger costs no try.
    pub fn from_text(text: &str) -> Result<Self, CodeFault> {
        Symbols::read(text).map(Self)
    }

    /// The code as it is shown, in groups of four.
    pub fn expose_text(&self) -> Zeroizing<String> {
        self.0.grouped()
    }

    /// What the server keeps until the code is used or expires: SHA-256 of the twelve characters.
    pub fn hash(&self) -> [u8; 32] {
        self.0.hash()
    }
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("EnrolmentCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_twelve_characters_that_come_back_and_never_the_same_twice() {
        let mut randomness = Randomness::repeatable([1; 32]);
        let mut seen = BTreeSet::new();
        for _ in 0..1_000 {
            let code = EnrolmentCode::generate(&mut randomness);
            let text = code.expose_text();
            assert_eq!(text.len(), 14);
            assert_eq!(EnrolmentCode::from_text(&text).unwrap().hash(), code.hash());
            assert!(seen.insert(text.to_string()));
        }
    }

    #[test]
    fn a_code_has_this_form_and_is_not_printed() {
        let code = EnrolmentCode::generate(&mut Randomness::repeatable([2; 32]));
        assert_eq!(*code.expose_text(), "P1C8-Z3A6-AMCZ");
        assert_eq!(format!("{code:?}"), "EnrolmentCode(…)");
    }

    #[test]
    fn what_is_no_code_is_told_apart() {
        for (text, fault) in [
            ("", CodeFault::Length { expected: 12 }),
            ("7K3M-Q9WT", CodeFault::Length { expected: 12 }),
            ("7K3M-Q9WT-2XBD-7", CodeFault::Length { expected: 12 }),
            ("7K3M-Q9WT-2XBU", CodeFault::Character),
            ("7K3M_Q9WT_2XBD", CodeFault::Character),
        ] {
            assert_eq!(EnrolmentCode::from_text(text).map(|_| ()), Err(fault), "{text}");
        }
    }
}
