//! Crockford's base32 with its check character: random symbols that people can read out and type.

use crate::randomness::Randomness;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The modulus of the check character: a prime, so that each wrong symbol and each swap of two is found.
const CHECK: u8 = 37;

/// The text is not a code as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// It has too few or too many characters.
    #[error("the code has {expected} characters, without spaces and hyphens")]
    Length {
        /// How many it has.
        expected: usize,
    },
    /// It holds a character that codes do not have.
    #[error("a code has letters and digits only, and no U")]
    Character,
    /// A character is wrong or two were swapped.
    #[error("a character is wrong: compare the code with what is printed")]
    Mistyped,
}

/// So many secret symbols of five bits each.
///
/// The check character is always an ordinary one, never one of the five signs that Crockford adds and nobody finds on a
/// telephone's keyboard. That takes a fifth of a bit of the secret.
pub(super) struct Symbols<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Symbols<N> {
    /// New ones.
    pub(super) fn generate(randomness: &mut Randomness) -> Self {
        let mut symbols = Self(Zeroizing::new([0; N]));
        loop {
            randomness.fill(symbols.0.as_mut_slice());
            symbols.0.iter_mut().for_each(|symbol| *symbol &= 31);
            if symbols.check() < 32 {
                return symbols;
            }
        }
    }

    /// Reads symbols and their check character, in either case, with or without spaces and hyphens, O as 0, I and L
    /// as 1.
    pub(super) fn read(text: &str) -> Result<Self, CodeFault> {
        let length = CodeFault::Length {
            expected: N.saturating_add(1),
        };
        let mut characters = text.chars().filter(|character| !matches!(character, ' ' | '-'));
        let mut symbols = Self(Zeroizing::new([0; N]));
        for symbol in symbols.0.iter_mut() {
            *symbol = value(characters.next().ok_or(length)?)?;
        }
        let check = value(characters.next().ok_or(length)?)?;
        if characters.next().is_some() {
            return Err(length);
        }
        if symbols.check() == check {
            Ok(symbols)
        } else {
            Err(CodeFault::Mistyped)
        }
    }

    /// The symbols and their check character.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(N.saturating_add(1)));
        self.0.iter().for_each(|&value| text.push(symbol(value)));
        text.push(symbol(self.check()));
        text
    }

    /// The same in groups of four with hyphens between.
    pub(super) fn grouped(&self) -> Zeroizing<String> {
        let mut grouped = Zeroizing::new(String::with_capacity(N.saturating_mul(2)));
        for (place, character) in self.text().chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                grouped.push('-');
            }
            grouped.push(character);
        }
        grouped
    }

    /// SHA-256 of the text without hyphens.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.text().as_bytes()).into()
    }

    /// The remainder of the number that the symbols make.
    fn check(&self) -> u8 {
        let add = |rest: u16, &value: &u8| (rest * 32 + u16::from(value)) % u16::from(CHECK);
        u8::try_from(self.0.iter().fold(0, add)).unwrap_or(CHECK)
    }
}

fn symbol(value: u8) -> char {
    SYMBOLS.get(usize::from(value)).copied().map_or('0', char::from)
}

fn value(character: char) -> Result<u8, CodeFault> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = SYMBOLS.iter().position(|&symbol| char::from(symbol) == plain);
    at.and_then(|at| u8::try_from(at).ok())
        .ok_or(CodeFault::Character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_character_is_crockfords() {
        // 1234 is 16J in Crockford's base32, and 1234 mod 37 is 13.
        assert_eq!(*Symbols(Zeroizing::new([1, 6, 18])).text(), "16JD");
    }

    proptest! {
        #[test]
        fn a_code_comes_back_as_people_write_it(seed in any::<[u8; 32]>(), spaced in any::<bool>()) {
            let symbols = Symbols::<11>::generate(&mut Randomness::repeatable(seed));
            let mut typed = symbols.grouped().to_lowercase().replace('0', "o").replace('1', "l");
            if spaced {
                typed = typed.replace('-', " ");
            }
            prop_assert_eq!(Symbols::<11>::read(&typed).unwrap().0, symbols.0);
        }

        #[test]
        fn one_wrong_character_and_two_swapped_ones_are_always_found(
            seed in any::<[u8; 32]>(), at in 0usize..12, by in 1usize..32,
        ) {
            let text = Symbols::<11>::generate(&mut Randomness::repeatable(seed)).text();
            let mut wrong = text.as_bytes().to_vec();
            let value = SYMBOLS.iter().position(|symbol| *symbol == wrong[at]).unwrap();
            wrong[at] = SYMBOLS[(value + by) % 32];
            let mut swapped = text.as_bytes().to_vec();
            swapped.swap(at % 11, at % 11 + 1);
            for typed in [wrong, swapped] {
                let read = Symbols::<11>::read(std::str::from_utf8(&typed).unwrap());
                prop_assert!(typed == text.as_bytes() || matches!(read, Err(CodeFault::Mistyped)));
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
            if let Ok(symbols) = Symbols::<11>::read(&text) {
                prop_assert!(symbols.check() < 32);
            }
        }
    }
}
