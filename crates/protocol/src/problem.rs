//! Errors as problem+json (RFC 9457), with a code that programs can rely on.

use serde::{Deserialize, Serialize};

/// The media type of an error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error as it travels. It never quotes what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A URI that names the kind of problem: `urn:drempel:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind of problem in a few words.
    pub title: String,
    /// What was wrong and what to do.
    pub detail: String,
    /// The code; it never changes.
    pub code: Code,
}

/// The codes of all errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The body is no JSON of the expected shape.
    Malformed,
    /// The media type or the encoding is not one that the server reads.
    UnsupportedMediaType,
    /// The body, or what it expands to, or a list in it, is too large.
    TooLarge,
    /// There is no token, or it belongs to no device.
    NotEnrolled,
    /// The device was revoked, or a copy of it was found: what can be read on it must go.
    Revoked,
    /// The enrolment code is wrong, used or expired.
    CodeNotValid,
    /// Too many requests; `Retry-After` says how many seconds to wait.
    TooManyRequests,
    /// There is nothing at that address.
    NotFound,
    /// The address does not take that method.
    MethodNotAllowed,
    /// The server could not answer in time.
    TimedOut,
    /// The server cannot store anything now (a full disk, a locked database); nothing was changed.
    Unavailable,
    /// The server failed; nothing was changed.
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Code; 12] = [
        Code::Malformed,
        Code::UnsupportedMediaType,
        Code::TooLarge,
        Code::NotEnrolled,
        Code::Revoked,
        Code::CodeNotValid,
        Code::TooManyRequests,
        Code::NotFound,
        Code::MethodNotAllowed,
        Code::TimedOut,
        Code::Unavailable,
        Code::Internal,
    ];

    /// The code as it travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::Malformed => "malformed",
            Code::UnsupportedMediaType => "unsupported_media_type",
            Code::TooLarge => "too_large",
            Code::NotEnrolled => "not_enrolled",
            Code::Revoked => "revoked",
            Code::CodeNotValid => "code_not_valid",
            Code::TooManyRequests => "too_many_requests",
            Code::NotFound => "not_found",
            Code::MethodNotAllowed => "method_not_allowed",
            Code::TimedOut => "timed_out",
            Code::Unavailable => "unavailable",
            Code::Internal => "internal",
        }
    }

    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Code::Malformed => 400,
            Code::UnsupportedMediaType => 415,
            Code::TooLarge => 413,
            Code::NotEnrolled | Code::Revoked => 401,
            Code::CodeNotValid => 403,
            Code::TooManyRequests => 429,
            Code::NotFound => 404,
            Code::MethodNotAllowed => 405,
            Code::TimedOut => 408,
            Code::Unavailable => 503,
            Code::Internal => 500,
        }
    }

    /// The kind of problem in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Code::Malformed => "The request cannot be read",
            Code::UnsupportedMediaType => "The media type or encoding is not supported",
            Code::TooLarge => "The request is too large",
            Code::NotEnrolled => "This device is not enrolled",
            Code::Revoked => "This device was revoked",
            Code::CodeNotValid => "The enrolment code is not valid",
            Code::TooManyRequests => "Too many requests",
            Code::NotFound => "There is nothing here",
            Code::MethodNotAllowed => "This method is not allowed here",
            Code::TimedOut => "The request took too long",
            Code::Unavailable => "The server cannot store anything now",
            Code::Internal => "The server failed",
        }
    }
}

impl Problem {
    /// The problem of that code, with what was wrong and what to do.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: ["urn:drempel:problem:", code.as_str()].concat(),
            status: code.status(),
            title: code.title().to_owned(),
            detail: detail.into(),
            code,
        }
    }
}
