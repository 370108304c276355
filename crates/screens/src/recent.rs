//! The memory of what was just saved, so that it can be taken back. It is in no file.

use crate::shapes::FormName;
use drempel_client::Saved;
use drempel_domain::id::RecordId;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many saves are remembered: nobody takes back what is further away.
const MOST: usize = 32;

/// What was just saved, the last at the end. Holds names and texts: it is forgotten when the app locks.
#[derive(Default)]
pub struct Recent {
    saves: Mutex<VecDeque<Remembered>>,
}

/// One save.
#[derive(Clone)]
pub(crate) struct Remembered {
    token: RecordId,
    /// What it did.
    pub(crate) did: Did,
    /// The form that was saved, with what it held.
    pub(crate) form: Option<(FormName, Value)>,
}

/// What a save did.
#[derive(Clone)]
pub(crate) enum Did {
    /// It changed records.
    Changed(Saved),
    /// It answered a question about a record with "leave it".
    Settled {
        /// The kind of record.
        collection: &'static str,
        /// The record.
        record: RecordId,
    },
}

impl Recent {
    /// Forgets everything.
    pub fn forget(&self) {
        self.lock().clear();
    }

    pub(crate) fn keep(&self, token: RecordId, did: Did, form: Option<(FormName, Value)>) {
        let mut saves = self.lock();
        if saves.len() == MOST {
            saves.pop_front();
        }
        saves.push_back(Remembered { token, did, form });
    }

    /// The save of that name. It stays, until it was taken back.
    pub(crate) fn find(&self, token: &str) -> Option<Remembered> {
        let named = |save: &&Remembered| save.token.to_string() == token;
        self.lock().iter().find(named).cloned()
    }

    pub(crate) fn remove(&self, token: &str) {
        self.lock().retain(|save| save.token.to_string() != token);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Remembered>> {
        self.saves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
