//! What a server takes at most, so that neither side can exhaust the other.

/// Bytes of a body as it travels.
pub const BODY_BYTES: usize = 1024 * 1024;
/// Bytes of a request body once it is decompressed.
pub const EXPANDED_BYTES: usize = 8 * 1024 * 1024;
/// Bytes of an answer body once it is decompressed. One page of records stays well below.
pub const ANSWER_BYTES: usize = 32 * 1024 * 1024;
/// Changes in one request, over all spaces.
pub const CHANGES: usize = 2_000;
/// Bytes of one change.
pub const CHANGE_BYTES: usize = 256 * 1024;
/// Bytes of one field's value as JSON.
pub const FIELD_BYTES: usize = 128 * 1024;
/// How deep JSON may be nested.
pub const DEPTH: usize = 16;
/// Records in one page of an answer, over all spaces.
pub const PAGE_RECORDS: usize = 2_000;
/// Bytes of records after which a page ends.
pub const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Spaces in one request.
pub const SPACES: usize = 200;
/// Numbers or identifiers in one list of a request (`open`, `discard`, `want`).
pub const LISTED: usize = 2_000;
