//! Changes that the app of this version never makes, put into its library as another version, or an attacker, could.

use super::broken::Broken;
use super::run::Run;
use super::step::{Newer, Poison};
use super::story::Written;
use crate::world::Random;
use drempel_domain::id::{RecordId, SpaceId};
use drempel_domain::space::Regime;
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::time::Clock as _;
use drempel_domain::value::Value;
use drempel_store::{LocalChange, StoreError, Stored};
use std::collections::BTreeMap;

/// A change to be put into a library.
struct Strange {
    space: SpaceId,
    collection: &'static str,
    record: RecordId,
    new: bool,
    set: Fields,
    seen: BTreeMap<FieldName, drempel_domain::sync_log::Base>,
    saw: Fields,
}

impl Run {
    /// A change that the municipality cannot take reaches the library.
    pub(super) fn poison(&mut self, phone: usize, poison: Poison, random: &mut Random) -> Result<(), Broken> {
        let Some(space) = self.ordinary_space(phone, random) else {
            return Ok(());
        };
        let strange = match poison {
            Poison::TooLong => self.strange_note(phone, space, random, "langzaam ".repeat(2_500)),
            Poison::TooLarge => self.strange_note(phone, space, random, "x".repeat(300_000)),
            Poison::Bsn => self.strange_note(phone, space, random, "nummer 111222333".to_owned()),
            Poison::OtherAuthor => {
                let mut strange = self.strange_note(phone, space, random, String::new());
                let other = if self.phone(phone).device.user() == "bo" {
                    "ana"
                } else {
                    "bo"
                };
                strange.put("created_by", self.world.user(other).to_string().into());
                strange
            }
            Poison::ChangedAuthor => {
                let Some(stored) = self.settled_row(phone, random) else {
                    return Ok(());
                };
                let mut strange = Strange::edit(&stored);
                strange.put("created_by", RecordId::new(random.uuid()).to_string().into());
                strange
            }
            Poison::UnknownRecord => {
                let mut strange = self.strange_note(phone, space, random, String::new());
                strange.new = false;
                strange
            }
            Poison::WrongRegime => {
                let mut strange = self.strange_note(phone, space, random, String::new());
                strange.collection = "investigation_note";
                let facts = strange.set.remove("text").unwrap_or_default();
                strange.put("facts", facts);
                strange
            }
            Poison::ServersOwn => {
                let mut strange = self.strange_note(phone, space, random, String::new());
                strange.collection = "shared_extract";
                let content = strange.set.remove("text").unwrap_or_default();
                strange.put("content", content);
                strange
            }
            Poison::WrongType => {
                let mut strange = self.strange_note(phone, space, random, String::new());
                strange.put("state", Value::Integer(7));
                strange
            }
            Poison::ForeignSpace => {
                let foreign = if self.phone(phone).device.user() == "bo" {
                    "own-ana"
                } else {
                    "own-bo"
                };
                self.strange_note(phone, self.world.space(foreign), random, String::new())
            }
        };
        self.apply(phone, strange, Some(poison.code()))
    }

    /// A change of a newer version of the app reaches the library.
    pub(super) fn newer(&mut self, phone: usize, newer: Newer, random: &mut Random) -> Result<(), Broken> {
        let words = Value::Text(self.words());
        if newer == Newer::Collection {
            let Some(space) = self.some_space(phone, random) else {
                return Ok(());
            };
            let mut strange = self.strange_note(phone, space, random, String::new());
            strange.collection = "weather_report";
            strange.put("forecast/north", words);
            return self.apply(phone, strange, None);
        }
        let rows = self.phone(phone).rows("street_contact", false);
        let Some(stored) = random.of(&rows) else {
            return Ok(());
        };
        let mut strange = Strange::edit(stored);
        match newer {
            Newer::Field | Newer::Collection => strange.put("follow_up_of_2031", words),
            Newer::Code => strange.put("topics/gaming_2031", true.into()),
            Newer::Member => {
                let place = [
                    ("district".to_owned(), Value::from("lindehof")),
                    ("floor".to_owned(), words),
                ];
                strange.put("place", Value::Map(place.into()));
            }
        }
        self.apply(phone, strange, None)
    }

    /// A space outside the Wpg in which the phone's user may write.
    fn ordinary_space(&self, phone: usize, random: &mut Random) -> Option<SpaceId> {
        let mut spaces = self.phone(phone).writable();
        spaces.retain(|granted| granted.space.regime == Regime::CoachingAvg);
        random.of(&spaces).map(|granted| granted.space.id)
    }

    /// A record that the server has, so that what is changed in it meets something.
    fn settled_row(&self, phone: usize, random: &mut Random) -> Option<Stored> {
        let mut rows = self.phone(phone).rows("quick_note", false);
        rows.retain(|stored| stored.acknowledged);
        random.of(&rows).cloned()
    }

    fn strange_note(&mut self, phone: usize, space: SpaceId, random: &mut Random, text: String) -> Strange {
        let now = self.phone(phone).device.clock().now();
        let mut strange = Strange {
            space,
            collection: "quick_note",
            record: RecordId::new(random.uuid()),
            new: true,
            set: Fields::new(),
            seen: BTreeMap::new(),
            saw: Fields::new(),
        };
        strange.put("created_at", now.to_string().into());
        strange.put("created_by", self.phone(phone).user.to_string().into());
        let words = self.words();
        strange.put("text", [words, text].join(" ").into());
        strange
    }

    fn apply(
        &mut self,
        phone: usize,
        strange: Strange,
        refused_with: Option<&'static str>,
    ) -> Result<(), Broken> {
        let change = LocalChange {
            space: strange.space,
            collection: strange.collection.to_owned(),
            record: strange.record,
            new: strange.new,
            set: strange.set,
            base: strange.seen,
            made: self.phone(phone).device.clock().clocks(),
            instead_of: None,
        };
        let app = self.phone(phone).device.app();
        let seq = app.store().write(|writer| writer.apply_local(&change));
        let seq = seq.map_err(|error: StoreError| {
            Broken::new(9, format!("a strange change cannot be kept: {error}"))
        })?;
        let change = self.pending_change(phone, strange.space, seq)?;
        let index = self.index(phone);
        self.story.written.push(Written {
            phone: index,
            life: self.phone(phone).life,
            at: self.world.time().now(),
            space: strange.space,
            change,
            saw: strange.saw,
            refused_with,
            thrown_away: false,
            excused: None,
        });
        Ok(())
    }
}

impl Strange {
    /// A change to a record as it is seen now.
    fn edit(stored: &Stored) -> Self {
        Self {
            space: stored.space,
            collection: drempel_domain::records::collection(&stored.collection)
                .map_or("quick_note", |kind| kind.name),
            record: stored.id,
            new: false,
            set: Fields::new(),
            seen: stored.seen.clone(),
            saw: stored.fields.clone(),
        }
    }

    fn put(&mut self, field: &str, value: Value) {
        let field = FieldName::new(field).expect("a field name");
        self.set.insert(field, value);
        self.seen.retain(|name, _| self.set.contains_key(name));
        self.saw.retain(|name, _| self.set.contains_key(name));
    }
}
