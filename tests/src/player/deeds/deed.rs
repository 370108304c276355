//! One line being carried out on one device: what it reads, what it leaves behind.

use crate::player::PlayError;
use crate::player::fields::Reading;
use crate::player::line::Entered;
use crate::player::names::Names;
use crate::player::refs::{Made, Refs};
use drempel_client::actions::FollowUp;
use drempel_client::{Client, Saved, Warning};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Named, Record};
use drempel_domain::records::actions::Action;
use drempel_domain::sync_log::Seq;
use serde_json::Value as Json;

/// One line being carried out.
pub(crate) struct Deed<'a> {
    /// The app on the device.
    pub client: &'a Client,
    /// What the municipality names.
    pub names: &'a Names,
    /// What earlier lines named.
    pub refs: &'a mut Refs,
    /// What was entered; what has been carried is taken out.
    pub entered: Entered,
    /// How far local time is from UTC.
    pub zone: &'a str,
    /// The name that the line gives to what it makes.
    pub name: Option<String>,
    /// The form that was open on the device and that the line finishes.
    pub draft: Option<RecordId>,
    /// What it left behind.
    pub outcome: Outcome,
}

/// What carrying a line out left behind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    /// The changes that were saved.
    pub changes: Vec<(SpaceId, Seq)>,
    /// What the person was told.
    pub told: Vec<Told>,
}

/// Something that a person was told and that stopped nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// The record that it concerns, by its name.
    pub name: String,
    /// What.
    pub warning: Warning,
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// The line.
    pub n: u64,
    /// Whether the server refused it, or else the device at once.
    pub by_server: bool,
    /// The stable code.
    pub why: String,
    /// The field concerned.
    pub field: Option<String>,
    /// Whether the text is still on the device.
    pub stays: bool,
}

impl<'a> Deed<'a> {
    /// A line to be carried out.
    pub(crate) fn new(
        client: &'a Client,
        names: &'a Names,
        refs: &'a mut Refs,
        zone: &'a str,
        entered: Entered,
    ) -> Self {
        let mut entered = entered;
        let name = entered.maybe_text("ref");
        Self {
            client,
            names,
            refs,
            entered,
            zone,
            name,
            draft: None,
            outcome: Outcome::default(),
        }
    }

    /// Takes the space out that the line names.
    pub(crate) fn space(&mut self) -> Result<SpaceId, PlayError> {
        let name = self.entered.text("space")?;
        self.names.space(&name)
    }

    /// Takes everything out that a record of kind `K` has.
    pub(crate) fn record<K: Record + Named>(&mut self) -> Result<K, PlayError> {
        let reading = Reading {
            names: self.names,
            refs: self.refs,
        };
        reading.record(&mut self.entered)
    }

    /// Takes the record out that a field names.
    pub(crate) fn id<K: Named>(&mut self, field: &str) -> Result<Id<K>, PlayError> {
        let name = self.entered.text(field)?;
        self.refs.id(&name)
    }

    /// Takes the record of any kind out that a field names.
    pub(crate) fn made(&mut self, field: &str) -> Result<(String, Made), PlayError> {
        let name = self.entered.text(field)?;
        let made = self.refs.get(&name)?.clone();
        Ok((name, made))
    }

    /// Takes what there is to do out of a list, with the names of the actions and where each goes.
    pub(crate) fn follow_ups(&mut self, list: &str, space: SpaceId) -> Result<Vec<Following>, PlayError> {
        let lists = self.entered.lists(list);
        lists
            .into_iter()
            .map(|entered| self.follow_up(entered, space))
            .collect()
    }

    fn follow_up(&self, mut entered: Entered, space: SpaceId) -> Result<Following, PlayError> {
        if entered.get("kind") == Some(&Json::from(Action::NAME)) {
            entered.take("kind");
        }
        entered.rename("action_kind", "kind");
        let name = entered.text("ref")?;
        let space = match entered.maybe_text("space") {
            Some(space) => self.names.space(&space)?,
            None => space,
        };
        let reading = Reading {
            names: self.names,
            refs: self.refs,
        };
        let action: Action = reading.record(&mut entered)?;
        match entered.left().next() {
            Some(field) => Err(PlayError::line(format!("an action has no {field}"))),
            None => Ok(Following {
                name,
                space,
                what: follow_up_of(action),
            }),
        }
    }

    /// Notes what was saved, and gives names to the records that were made, in their order within each kind.
    pub(crate) fn saved(&mut self, saved: &Saved, names: &[(&str, String)]) {
        let mut made: Vec<_> = saved.touched.iter().filter(|touched| touched.new).collect();
        for (kind, name) in names {
            let Some(index) = made.iter().position(|touched| touched.collection == *kind) else {
                continue;
            };
            let touched = made.remove(index);
            self.refs.add(
                name,
                Made {
                    kind: (*kind).to_owned(),
                    space: touched.space,
                    id: touched.record,
                },
            );
        }
        let changes = saved.touched.iter().map(|touched| (touched.space, touched.seq));
        self.outcome.changes.extend(changes);
    }

    /// The same for what makes one record, which gets the line's own name.
    pub(crate) fn saved_one(&mut self, saved: &Saved, kind: &str) {
        let names: Vec<_> = self.name.clone().into_iter().map(|name| (kind, name)).collect();
        self.saved(saved, &names);
    }

    /// Makes a record of kind `K` out of what was entered.
    pub(crate) fn create<K: Record + Named>(&mut self) -> Result<(), PlayError> {
        let space = self.space()?;
        let record: K = self.record()?;
        let saved = self.client.create(space, &record)?;
        self.saved_one(&saved, K::NAME);
        Ok(())
    }

    /// The same for something to reach or to answer, which begins as open.
    pub(crate) fn create_open<K: Record + Named>(&mut self) -> Result<(), PlayError> {
        if self.entered.get("state").is_none() {
            self.entered.put("state", Json::from("open"));
        }
        self.create::<K>()
    }

    /// Remembers what a person was told.
    pub(crate) fn told(&mut self, saved: &Saved, name_of: impl Fn(&Warning) -> String) {
        let told = saved.warnings.iter().map(|warning| Told {
            name: name_of(warning),
            warning: *warning,
        });
        self.outcome.told.extend(told);
    }
}

/// Something to do, the name that the line gives it, and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct Following {
    /// Its name.
    pub name: String,
    /// Its space.
    pub space: SpaceId,
    /// What.
    pub what: FollowUp,
}

/// An action as the form for it has it.
pub(crate) fn follow_up_of(action: Action) -> FollowUp {
    FollowUp {
        kind: action.kind,
        title: action.title,
        due: action.due.map(|due| due.0),
        assignee: action.assignee,
        youth: action.youth,
        reason: action.reason,
    }
}
