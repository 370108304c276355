//! Errors as they travel: problem+json with a code, never with what was sent.

use crate::storage::StorageError;
use axum::response::{IntoResponse, Response};
use drempel_protocol::problem::{Code, MEDIA_TYPE, Problem};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};

/// A request that is not carried out.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    code: Code,
    detail: &'static str,
    /// Seconds to wait before trying again.
    retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal with what was wrong and what to do.
    pub(crate) fn new(code: Code, detail: &'static str) -> Self {
        Self {
            code,
            detail,
            retry_after: None,
        }
    }

    /// Its code.
    pub(crate) fn code(&self) -> Code {
        self.code
    }

    /// A refusal of somebody who asks too often.
    pub(crate) fn too_many(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(Code::TooManyRequests, "Wait as long as Retry-After says.")
        }
    }

    /// A refusal of a token, whatever is the matter with it.
    pub(crate) fn not_enrolled() -> Self {
        Self::new(
            Code::NotEnrolled,
            "The token is missing or belongs to no device. Enrol this device again.",
        )
    }

    /// A refusal of a token whose enrolment was revoked.
    pub(crate) fn revoked() -> Self {
        Self::new(
            Code::Revoked,
            "Hand in sealed work, remove everything that can be read, confirm that, and enrol again.",
        )
    }
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Self {
        tracing::error!(error = %error, "a transaction failed");
        match error {
            StorageError::Full | StorageError::ReadOnly | StorageError::Busy => Self {
                retry_after: Some(10),
                ..Self::new(Code::Unavailable, "Nothing was changed. Try again later.")
            },
            StorageError::Damaged | StorageError::Unreadable(_) | StorageError::Refused(_) => {
                Self::new(Code::Internal, "Nothing was changed. Tell the administrator.")
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = Problem::new(self.code, self.detail);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if matches!(self.code, Code::NotEnrolled | Code::Revoked) {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
