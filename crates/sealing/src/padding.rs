//! Hiding how long a text is, so that a sealed file does not tell a short note from a long one.

use zeroize::Zeroizing;

/// Sealed texts are multiples of so many bytes long.
const STEP: usize = 256;
/// What ends a text; zeros follow (ISO/IEC 7816-4).
const END: u8 = 0x80;

/// The text, filled up to the next step.
pub(crate) fn pad(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = (text.len() / STEP).saturating_add(1).saturating_mul(STEP);
    // With its full length from the start, the buffer never moves and leaves no copy of the text behind.
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    padded.extend_from_slice(text);
    padded.push(END);
    padded.resize(length, 0);
    padded
}

/// The text without what fills it up; nothing when it was not filled up so.
pub(crate) fn unpad(mut padded: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    if padded.get(end) != Some(&END) || !padded.len().is_multiple_of(STEP) {
        return None;
    }
    padded.truncate(end);
    Some(padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_comes_back_and_its_length_shows_only_in_steps(text in prop::collection::vec(any::<u8>(), 0..1_000)) {
            let padded = pad(&text);
            prop_assert_eq!(padded.len(), (text.len() / STEP + 1) * STEP);
            prop_assert_eq!(&*unpad(padded).unwrap(), &text);
        }

        #[test]
        fn what_was_not_filled_up_is_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            if let Some(text) = unpad(Zeroizing::new(bytes.clone())) {
                prop_assert_eq!(&**pad(&text), &bytes[..]);
            }
        }
    }
}
