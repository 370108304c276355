//! What came of an import.

/// What was imported, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Spaces, the personal ones that were made besides included.
    pub spaces: usize,
    /// People.
    pub users: usize,
    /// Memberships.
    pub memberships: usize,
    /// Codes of lists.
    pub codes: usize,
    /// Spots.
    pub spots: usize,
    /// Partners.
    pub partners: usize,
}

/// The file was refused; nothing of it was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON of the expected shape.
    #[error("line {line}, column {column}: {what}")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was expected.
        what: String,
    },
    /// A member says something that cannot be.
    #[error("{path}: {what}")]
    Member {
        /// Where it stands, such as `memberships[3].user`.
        path: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// It could not be stored; nothing was changed.
    #[error("the file is good but could not be stored: {0}")]
    NotStored(String),
}
