//! XChaCha20-Poly1305: keeping bytes secret and whole under one key.

use crate::randomness::Randomness;
use crate::secret::{Secret, filled};
use chacha20poly1305::aead::{Aead, AeadInOut, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// Bytes of a nonce: so many that random ones never meet.
pub(crate) const NONCE: usize = 24;
/// Bytes by which a sealed text is longer.
pub(crate) const TAG: usize = 16;
/// Bytes of a wrapped key: the key and the tag.
pub(crate) const WRAPPED: usize = 32 + TAG;

/// The key, the context or the bytes are not those of the sealing; or there is too much to seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotGenuine;

/// Seals bytes in a context. The nonce is new each time and stands beside the result.
pub(crate) fn seal(
    key: &Secret,
    context: &[u8],
    bytes: &[u8],
    randomness: &mut Randomness,
) -> Result<([u8; NONCE], Vec<u8>), NotGenuine> {
    let nonce = randomness.bytes::<NONCE>();
    let payload = Payload {
        msg: bytes,
        aad: context,
    };
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| NotGenuine)?;
    Ok((nonce, sealed))
}

/// Opens what was sealed under the same key in the same context.
pub(crate) fn open(
    key: &Secret,
    context: &[u8],
    nonce: &[u8; NONCE],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NotGenuine> {
    let payload = Payload {
        msg: sealed,
        aad: context,
    };
    cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| NotGenuine)
}

/// Wraps a key under another.
pub(crate) fn wrap(
    wrapping: &Secret,
    context: &[u8],
    key: &[u8; 32],
    randomness: &mut Randomness,
) -> Result<([u8; NONCE], [u8; WRAPPED]), NotGenuine> {
    let (nonce, sealed) = seal(wrapping, context, key, randomness)?;
    let wrapped = sealed.try_into().map_err(|_| NotGenuine)?;
    Ok((nonce, wrapped))
}

/// Unwraps a key into a box of its own, without a copy elsewhere.
pub(crate) fn unwrap(
    wrapping: &Secret,
    context: &[u8],
    nonce: &[u8; NONCE],
    wrapped: &[u8; WRAPPED],
) -> Result<Secret, NotGenuine> {
    let (sealed, tag) = wrapped.split_first_chunk::<32>().ok_or(NotGenuine)?;
    let tag: [u8; TAG] = tag.try_into().map_err(|_| NotGenuine)?;
    let mut opened = Err(NotGenuine);
    let key = filled(|bytes| {
        *bytes = *sealed;
        opened = cipher(wrapping)
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                context,
                bytes.as_mut_slice().into(),
                &tag.into(),
            )
            .map_err(|_| NotGenuine);
    });
    opened.map(|()| key)
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose_secret().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(of: u8) -> Secret {
        filled(|bytes| *bytes = [of; 32])
    }

    #[test]
    fn only_the_same_key_context_and_bytes_open_what_was_sealed() {
        let mut randomness = Randomness::repeatable([2; 32]);
        let (nonce, sealed) = seal(&key(1), b"here", b"words", &mut randomness).unwrap();
        assert_eq!(*open(&key(1), b"here", &nonce, &sealed).unwrap(), b"words");
        assert_eq!(open(&key(2), b"here", &nonce, &sealed), Err(NotGenuine));
        assert_eq!(open(&key(1), b"there", &nonce, &sealed), Err(NotGenuine));
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert_eq!(open(&key(1), b"here", &nonce, &flipped), Err(NotGenuine));
        }
    }

    #[test]
    fn a_wrapped_key_comes_back_whole_or_not_at_all() {
        let mut randomness = Randomness::repeatable([2; 32]);
        let (nonce, mut wrapped) = wrap(&key(1), b"here", &[9; 32], &mut randomness).unwrap();
        let back = unwrap(&key(1), b"here", &nonce, &wrapped).unwrap();
        assert_eq!(back.expose_secret(), &[9; 32]);
        wrapped[40] ^= 1;
        assert!(unwrap(&key(1), b"here", &nonce, &wrapped).is_err());
    }
}
