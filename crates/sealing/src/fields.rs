//! Bytes built from fields so that no two lists of fields look alike, and reading such bytes back.

use uuid::Uuid;

/// The bytes break off, or hold something else than was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Bytes under construction. What is sealed or signed names its purpose first, so that nothing made for one purpose
/// passes for another.
pub(crate) struct Writing(Vec<u8>);

impl Writing {
    /// Begins with what the bytes are for.
    pub(crate) fn of(purpose: &'static str) -> Self {
        Self(Vec::with_capacity(160)).text(purpose)
    }

    /// Begins with nothing: for a form whose first field tells what it is.
    pub(crate) fn plain() -> Self {
        Self(Vec::with_capacity(160))
    }

    /// A field of any length, after its length.
    pub(crate) fn text(self, text: &str) -> Self {
        self.counted(text.as_bytes())
    }

    /// A field of any length, after its length.
    pub(crate) fn counted(self, bytes: &[u8]) -> Self {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.number(length).fixed(bytes)
    }

    /// A field whose length its place implies, or the last one.
    pub(crate) fn fixed(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Eight bytes, most significant first.
    pub(crate) fn number(self, number: u64) -> Self {
        self.fixed(&number.to_be_bytes())
    }

    /// Sixteen bytes.
    pub(crate) fn id(self, id: Uuid) -> Self {
        self.fixed(id.as_bytes())
    }

    /// All of it.
    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes that are being read from the front.
pub(crate) struct Reading<'a>(&'a [u8]);

impl<'a> Reading<'a> {
    /// Begins at the front.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next bytes, as many as asked for.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// One byte.
    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Eight bytes, most significant first.
    pub(crate) fn number(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_be_bytes)
    }

    /// Sixteen bytes.
    pub(crate) fn id(&mut self) -> Result<Uuid, Malformed> {
        self.array().map(Uuid::from_bytes)
    }

    /// All that is left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.0
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_cut_otherwise_give_other_bytes() {
        let one = Writing::of("test").text("ab").text("c").done();
        let other = Writing::of("test").text("a").text("bc").done();
        assert_ne!(one, other);
        assert_ne!(one, Writing::of("tes").text("tab").text("c").done());
    }

    #[test]
    fn what_was_written_is_read_back_and_what_breaks_off_is_refused() {
        let id = Uuid::from_u128(7);
        let bytes = Writing::plain()
            .fixed(&[9])
            .number(3)
            .id(id)
            .fixed(b"rest")
            .done();
        let mut reading = Reading::of(&bytes);
        assert_eq!(
            (reading.byte(), reading.number(), reading.id()),
            (Ok(9), Ok(3), Ok(id))
        );
        assert_eq!(reading.rest(), b"rest");
        let mut short = Reading::of(&[1, 2, 3]);
        assert_eq!(short.number(), Err(Malformed));
        assert_eq!(Reading::of(&[1]).end(), Err(Malformed));
    }
}
