//! JSON in zstd, with a bound on what a small body may expand to.

use crate::limits;
use std::io::Read;

/// The content coding of bodies.
pub const ENCODING: &str = "zstd";

/// How hard to compress: the level at which time and size balance on these texts.
const LEVEL: i32 = 3;

/// The body cannot be decompressed within its limit.
#[derive(Debug, thiserror::Error)]
pub enum CodecError {
    /// It is no zstd.
    #[error("the body is not valid zstd")]
    Broken(#[from] std::io::Error),
    /// It expands to more than the limit.
    #[error("the body expands to more than {0} bytes")]
    TooLarge(usize),
}

/// Compresses a body.
pub fn compress(body: &[u8]) -> Result<Vec<u8>, CodecError> {
    Ok(zstd::bulk::compress(body, LEVEL)?)
}

/// Decompresses a request's body, stopping at [`limits::EXPANDED_BYTES`].
pub fn expand_request(body: &[u8]) -> Result<Vec<u8>, CodecError> {
    expand(body, limits::EXPANDED_BYTES)
}

/// Decompresses an answer's body, stopping at [`limits::ANSWER_BYTES`].
pub fn expand_answer(body: &[u8]) -> Result<Vec<u8>, CodecError> {
    expand(body, limits::ANSWER_BYTES)
}

fn expand(body: &[u8], limit: usize) -> Result<Vec<u8>, CodecError> {
    let mut decoder = zstd::Decoder::new(body)?;
    // A frame may ask for a window as large as its content; more than the limit is never needed.
    decoder.window_log_max(25)?;
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut expanded = Vec::new();
    decoder.take(bound).read_to_end(&mut expanded)?;
    if expanded.len() > limit {
        return Err(CodecError::TooLarge(limit));
    }
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_survives_and_a_bomb_is_stopped() {
        let body = br#"{"protocol":1}"#;
        assert_eq!(expand_request(&compress(body).unwrap()).unwrap(), body);
        let bomb = compress(&vec![b' '; limits::EXPANDED_BYTES + 1]).unwrap();
        assert!(bomb.len() < 10_000);
        assert!(matches!(expand_request(&bomb), Err(CodecError::TooLarge(_))));
        assert!(matches!(expand_request(b"no zstd"), Err(CodecError::Broken(_))));
    }
}
