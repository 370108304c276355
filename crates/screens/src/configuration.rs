//! The municipality's lists and settings, with the app's own where it has none.

use crate::failure::CommandError;
use crate::own_lists::own_lists;
use crate::screens::Screens;
use crate::shapes::{Configuration, ListedCode, MunicipalSettings};
use drempel_protocol::access;
use std::collections::BTreeMap;

impl Screens<'_> {
    /// The municipality's lists and settings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn configuration(&self) -> Result<Configuration, CommandError> {
        let set = self.client.configuration()?;
        let mut lists = own_lists(false);
        let settings = settings(set.as_ref());
        let municipality = set
            .as_ref()
            .map(|set| set.municipality.name.clone())
            .unwrap_or_default();
        for (name, codes) in set.map(|set| set.lists).unwrap_or_default() {
            let codes: Vec<ListedCode> = codes.into_iter().map(listed).collect();
            match lists.get_mut(&name) {
                // What follows from a talk has rules of its own: the municipality names it and adds to it.
                Some(own) if name == "action_kinds" => merge(own, codes),
                _ => drop(lists.insert(name, codes)),
            }
        }
        Ok(Configuration {
            municipality,
            lists,
            settings,
        })
    }
}

/// What the lock screen may have: the app's own lists and terms, no places and no names.
pub fn configuration_while_locked() -> Configuration {
    Configuration {
        municipality: String::new(),
        lists: own_lists(true),
        settings: settings(None),
    }
}

/// What the municipality set; ours where it set nothing.
pub(crate) fn settings(set: Option<&access::Configuration>) -> MunicipalSettings {
    let none = BTreeMap::new();
    let set = set.map_or(&none, |set| &set.settings);
    let number = |name: &str, usual: u32| {
        let set = set.get(name).copied();
        set.and_then(|number| u32::try_from(number).ok()).unwrap_or(usual)
    };
    MunicipalSettings {
        quick_note_days: number("quick_note_days", 14),
        long_unseen_days: number("long_unseen_days", 21),
        caseload: number("caseload_warning_above", 35),
        reading_locks_days: number("lease_read_lock_days", 7),
        purge_days: number("lease_purge_days", 14),
        idle_minutes: number("idle_minutes", 5),
        background_seconds: number("background_seconds", 60),
    }
}

/// Lays the municipality's codes over the app's own, in the order of the app's own.
fn merge(own: &mut Vec<ListedCode>, theirs: Vec<ListedCode>) {
    for code in theirs {
        match own.iter_mut().find(|own| own.code == code.code) {
            Some(own) => *own = code,
            None => own.push(code),
        }
    }
}

fn listed(code: access::ListedCode) -> ListedCode {
    ListedCode {
        code: code.code,
        label: code.label,
        active: code.active,
    }
}

impl Configuration {
    /// What to show for a code; the code itself where no list has it.
    pub(crate) fn label<'c>(&'c self, list: &str, code: &'c str) -> &'c str {
        let listed = self
            .lists
            .get(list)
            .into_iter()
            .flatten()
            .find(|listed| listed.code == code);
        listed.map_or(code, |listed| listed.label.as_str())
    }

    /// The codes of a list that can be chosen.
    pub(crate) fn choices(&self, list: &str) -> Vec<ListedCode> {
        let codes = self.lists.get(list).into_iter().flatten();
        codes.filter(|listed| listed.active).cloned().collect()
    }
}
