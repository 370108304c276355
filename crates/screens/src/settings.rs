//! What a person can set, and what is on this device.

use crate::configuration::settings;
use crate::failure::CommandError;
use crate::names::SHORT_NAMES;
use crate::screens::{Deed, Done, Screens};
use crate::shapes::{
    Appearance, DeviceSpace, KeptKind, KindKept, KindLeaving, LeavesSoon, OnThisDevice, Settings,
    SettingsChange, SettingsPerson,
};
use drempel_domain::record::Record as _;
use drempel_domain::records::collections;
use drempel_domain::records::contacts::{DoorstepTalk, StreetContact};
use drempel_domain::records::lists::NoteState;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::records::rounds::Round;
use drempel_domain::records::youths::Youth;
use drempel_domain::rules::retention::Terms;
use drempel_domain::space::Role;
use drempel_domain::time::Day;
use drempel_store::{Query, Reader, StoreError};

/// The setting in which the person's own idle term stands, in minutes.
const IDLE_MINUTES: &str = "screens.idle_minutes";
/// Days ahead in which something counts as leaving soon.
const SOON: i64 = 14;

impl Screens<'_> {
    /// What a person can set. How the app looks is kept outside the library, and who opens it too, by the shell.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn settings(&self, appearance: &Appearance) -> Result<Settings, CommandError> {
        let me = self.me()?;
        let set = self.client.configuration()?;
        let terms = settings(set.as_ref());
        let idle = self.client.store().read(|reader| reader.setting(IDLE_MINUTES))?;
        let idle = idle
            .and_then(|minutes| minutes.parse().ok())
            .unwrap_or(terms.idle_minutes);
        let short = self.client.store().read(|reader| reader.setting(SHORT_NAMES))?;
        let partners = self.client.store().read(|reader| {
            reader.count(&Query::kind(
                drempel_domain::records::network::Partner::collection(),
            ))
        })?;
        Ok(Settings {
            person: SettingsPerson {
                initials: initials(&me.name),
                name: me.name,
                function: me.function,
            },
            municipality: set
                .as_ref()
                .map(|set| set.municipality.name.clone())
                .unwrap_or_default(),
            appearance: appearance.clone(),
            short_names: short.as_deref() == Some("true"),
            idle_minutes: idle.clamp(1, terms.idle_minutes.max(1)),
            background_seconds: terms.background_seconds,
            biometrics: None,
            records: self.client.store().read(records)?,
            partners: set.map_or(0, |set| set.partners.len()) + usize::try_from(partners).unwrap_or(0),
        })
    }

    /// Changes what was asked; the answer has the new appearance for the shell to keep.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn change_settings(&self, change: &SettingsChange, appearance: &Appearance) -> Deed<Settings> {
        let most = settings(self.client.configuration()?.as_ref())
            .idle_minutes
            .max(1);
        self.client.store().write(|writer| {
            if let Some(short) = change.short_names {
                writer.set_setting(SHORT_NAMES, if short { "true" } else { "false" })?;
            }
            if let Some(minutes) = change.idle_minutes {
                writer.set_setting(IDLE_MINUTES, &minutes.clamp(1, most).to_string())?;
            }
            Ok::<_, StoreError>(())
        })?;
        let appearance = Appearance {
            theme: change.theme.unwrap_or(appearance.theme),
            vibrate: change.vibrate.unwrap_or(appearance.vibrate),
            tokens: appearance.tokens.clone(),
        };
        Ok(Done::new(self.settings(&appearance)?, &["settings"]))
    }

    /// What is on this device, and for how long. Only of the person's own spaces is there anything to count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn on_this_device(&self) -> Result<OnThisDevice, CommandError> {
        let terms = self.client.terms()?;
        let today = self.today_is();
        let (records, kinds, soon) = self.client.store().read(|reader| {
            let kept = |kind, query: &Query, days| {
                let count = reader.count(query)?;
                Ok::<_, StoreError>(KeptKind { kind, count, days })
            };
            let contacts = Some(terms.device_anonymous_days);
            let kinds = vec![
                kept(
                    KindKept::Youths,
                    &Query::of::<Youth>(),
                    Some(terms.device_closed_days),
                )?,
                kept(KindKept::StreetContacts, &Query::of::<StreetContact>(), contacts)?,
                kept(KindKept::DoorstepTalks, &Query::of::<DoorstepTalk>(), None)?,
                kept(
                    KindKept::QuickNotes,
                    &Query::of::<QuickNote>(),
                    Some(terms.quick_note_days),
                )?,
                kept(KindKept::RoundReports, &Query::of::<Round>(), None)?,
            ];
            let soon = leaving_soon(reader, today, &terms)?;
            Ok::<_, StoreError>((records(reader)?, kinds, soon))
        })?;
        let spaces = self.client.spaces()?.into_iter().map(|granted| DeviceSpace {
            id: granted.space.id,
            kind: granted.space.kind.into(),
            people: granted.members.len(),
            until: granted.until.map(|until| until.local_day().into()),
            role: role(granted.role).to_owned(),
            name: granted.space.name,
        });
        Ok(OnThisDevice {
            records,
            bytes: self.client.store().size(),
            kinds,
            soon,
            spaces: spaces.collect(),
            administrator_phone: self.client.administrator_phone()?,
        })
    }
}

fn records(reader: &Reader<'_>) -> Result<u64, StoreError> {
    collections().map(|kind| reader.count(&Query::kind(kind))).sum()
}

fn leaving_soon(reader: &Reader<'_>, today: Day, terms: &Terms) -> Result<Vec<LeavesSoon>, StoreError> {
    let closed = reader.find(&Query::of::<Youth>().from("closed_on", "2000-01-01"))?;
    let closed = closed
        .iter()
        .filter_map(|stored| stored.typed::<Youth>().closed_on);
    let dossiers = closed.map(|on| today.days_until(on.0.plus_days(terms.device_closed_days)));
    let waiting = reader.find(&Query::of::<QuickNote>().whose("state", NoteState::Inbox.as_str()))?;
    let waiting = waiting
        .iter()
        .filter_map(|stored| stored.typed::<QuickNote>().discard_after);
    let notes = waiting.map(|at| today.days_until(at.0.local_day()));
    let groups = [
        (KindLeaving::Dossiers, dossiers.collect::<Vec<i64>>()),
        (KindLeaving::Notes, notes.collect()),
    ];
    let soon = groups.into_iter().filter_map(|(kind, days)| {
        let days: Vec<u32> = days
            .into_iter()
            .filter(|days| *days <= SOON)
            .map(|days| u32::try_from(days).unwrap_or(0))
            .collect();
        Some(LeavesSoon {
            kind,
            count: days.len(),
            days: *days.iter().min()?,
        })
    });
    Ok(soon.collect())
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.last().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Reader => "reader",
        Role::Lead => "lead",
        Role::Casemanager => "casemanager",
        Role::Privacy => "privacy",
    }
}
