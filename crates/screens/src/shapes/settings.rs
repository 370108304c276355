//! Settings, what is on this device, and what a young person may see.

use super::shared::{SpaceKind, YouthChip};
use super::time::Day;
use drempel_domain::id::SpaceId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How the app looks; kept outside the database so that the lock screen has it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Appearance {
    /// Light, dark, or as the device.
    pub theme: Theme,
    /// The municipality's theme: of the twelve tokens those that it sets, by name without `--`.
    #[ts(type = "Record<string, string>")]
    pub tokens: BTreeMap<String, String>,
    /// A short vibration after a save.
    pub vibrate: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            theme: Theme::Device,
            tokens: BTreeMap::new(),
            vibrate: true,
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the device.
    Device,
}

/// What a person can set, and about whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// The person.
    pub person: SettingsPerson,
    /// The municipality's name.
    pub municipality: String,
    /// How the app looks.
    pub appearance: Appearance,
    /// Whether names are shown as street names or initials.
    pub short_names: bool,
    /// Minutes; at most the municipality's.
    pub idle_minutes: u32,
    /// Seconds; the municipality's.
    pub background_seconds: u32,
    /// Whether fingers or a face open the app as well; `null` where the device has none that could.
    pub biometrics: Option<bool>,
    /// Records on this device.
    pub records: u64,
    /// Partners in the directory.
    pub partners: usize,
}

/// The person whose device this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SettingsPerson {
    /// The name.
    pub name: String,
    /// At most two letters.
    pub initials: String,
    /// The function, a code such as `youth_coach`.
    pub function: String,
}

/// What a person can change; `null` leaves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
pub struct SettingsChange {
    /// Light or dark.
    pub theme: Option<Theme>,
    /// A short vibration after a save.
    pub vibrate: Option<bool>,
    /// Whether names are shown as street names or initials.
    pub short_names: Option<bool>,
    /// Minutes; more than the municipality's is the municipality's.
    pub idle_minutes: Option<u32>,
    /// Whether fingers or a face open the app as well. Turning it on asks for them.
    pub biometrics: Option<bool>,
}

/// What is on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OnThisDevice {
    /// Records.
    pub records: u64,
    /// Bytes of the library's file.
    pub bytes: u64,
    /// How many of each kind, and for how long.
    pub kinds: Vec<KeptKind>,
    /// What leaves this device soon.
    pub soon: Vec<LeavesSoon>,
    /// The person's spaces.
    pub spaces: Vec<DeviceSpace>,
    /// The administrator's telephone number, when the municipality gave one.
    pub administrator_phone: Option<String>,
}

/// How many records of a kind are on the device, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KeptKind {
    /// Which kind.
    pub kind: KindKept,
    /// How many.
    pub count: u64,
    /// Days; `null` where it goes with the young person.
    pub days: Option<u32>,
}

/// A kind of record, as a person counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KindKept {
    /// Young people.
    Youths,
    /// Contacts on the street.
    StreetContacts,
    /// Talks at a door.
    DoorstepTalks,
    /// Quick notes.
    QuickNotes,
    /// Rounds.
    RoundReports,
}

/// What leaves this device soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeavesSoon {
    /// What.
    pub kind: KindLeaving,
    /// How many.
    pub count: usize,
    /// Whole days until the first goes.
    pub days: u32,
}

/// What can leave a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KindLeaving {
    /// Closed cases.
    Dossiers,
    /// Notes that nobody processed.
    Notes,
}

/// A space of the person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceSpace {
    /// The space.
    #[ts(type = "SpaceId")]
    pub id: SpaceId,
    /// What it is for.
    pub kind: SpaceKind,
    /// Its name.
    pub name: String,
    /// How many people read there.
    pub people: usize,
    /// Until when the person belongs to it, where that is known.
    pub until: Option<Day>,
    /// The person's role there, as a code.
    pub role: String,
}

/// What a young person may see: everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AccessPreview {
    /// The young person.
    pub youth: YouthChip,
    /// How the young person is called in a sentence.
    pub given_name: String,
    /// How many of each kind there are about the young person.
    pub counts: AccessCounts,
    /// With whom something was shared.
    pub shared_with: Vec<String>,
    /// How many other young people are blacked out.
    pub redacted: usize,
    /// The last day on which a formal request must be answered.
    pub answer_by: Day,
}

/// How many records there are about a young person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct AccessCounts {
    /// Contacts and talks.
    pub contacts: usize,
    /// Measurements.
    pub measurements: usize,
    /// Things to do.
    pub actions: usize,
    /// Copies that went to others.
    pub shared: usize,
}
