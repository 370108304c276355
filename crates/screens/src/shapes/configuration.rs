//! The municipality's lists and settings.

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// A code of a list, with what to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ListedCode {
    /// The code.
    pub code: String,
    /// What to show.
    pub label: String,
    /// Whether it can still be chosen; one that cannot is still shown where a record holds it.
    pub active: bool,
}

/// The lists by name (`topics`, `moods`, `districts`, …) and the settings that sentences need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Configuration {
    /// The municipality's name; empty while locked.
    pub municipality: String,
    /// The lists by name.
    #[ts(type = "Record<string, ListedCode[]>")]
    pub lists: BTreeMap<String, Vec<ListedCode>>,
    /// What sentences need.
    pub settings: MunicipalSettings,
}

/// Whole numbers that the municipality set. A sentence never holds one of these as fixed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MunicipalSettings {
    /// Days after which a quick note that nobody processed goes.
    pub quick_note_days: u32,
    /// Days without contact from which somebody counts as not seen for long.
    pub long_unseen_days: u32,
    /// The caseload above which there is a warning.
    pub caseload: u32,
    /// Days without contact after which reading locks.
    pub reading_locks_days: u32,
    /// Days without contact after which readable data is purged.
    pub purge_days: u32,
    /// Minutes without a touch after which the app locks, at most.
    pub idle_minutes: u32,
    /// Seconds in the background after which the app locks, at most.
    pub background_seconds: u32,
}
