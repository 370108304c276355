//! From the names and forms in which lines write things to the fields that records have.

use super::PlayError;
use super::line::Entered;
use super::names::Names;
use super::refs::Refs;
use drempel_domain::record::{Named, Record, Scalar};
use drempel_domain::schema::{Collection, Field, Holds, Kind};
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::time::Moment;
use drempel_domain::value::Value;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// How strong a tie is, where lines count from 1.
const STRENGTHS: &[(i64, &str)] = &[(1, "fragile"), (2, "ordinary"), (3, "strong")];

/// What a line's words stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    /// What the municipality names.
    pub names: &'a Names,
    /// What earlier lines named.
    pub refs: &'a Refs,
}

impl Reading<'_> {
    /// Takes everything out of a line that a record of kind `K` has.
    ///
    /// # Errors
    /// [`PlayError::Line`] naming the field that the record cannot have in that form.
    pub(crate) fn record<K: Record + Named>(&self, entered: &mut Entered) -> Result<K, PlayError> {
        let fields = self.fields(K::collection(), entered)?;
        let record = K::from_fields(&fields);
        let kept = record.to_fields();
        match fields.iter().find(|(name, value)| kept.get(*name) != Some(value)) {
            None => Ok(record),
            Some((name, _)) => Err(PlayError::line(format!("{} does not hold {name} so", K::NAME))),
        }
    }

    /// Takes everything out of a line that a record of that kind has.
    ///
    /// # Errors
    /// [`PlayError::Line`] naming the field that cannot be read.
    pub(crate) fn fields(&self, kind: &Collection, entered: &mut Entered) -> Result<Fields, PlayError> {
        self.adjust(kind.name, entered)?;
        let mut fields = Fields::new();
        for field in kind.fields {
            if let Some(value) = entered.take(field.name) {
                self.put(field, &value, &mut fields)?;
            }
        }
        Ok(fields)
    }

    /// One value in the form that a field of that kind of record has.
    ///
    /// # Errors
    /// [`PlayError::Line`] when it cannot be read.
    pub(crate) fn value(
        &self,
        kind: &Collection,
        name: &str,
        value: &Json,
    ) -> Result<(FieldName, Value), PlayError> {
        let mut entered = Entered::default();
        entered.put(name, value.clone());
        let fields = self.fields(kind, &mut entered)?;
        let first = fields.into_iter().next();
        first.ok_or_else(|| PlayError::line(format!("{} has no field {name}", kind.name)))
    }

    /// Gives what lines call otherwise, or put elsewhere, the name and place that the record has for it.
    fn adjust(&self, kind: &str, entered: &mut Entered) -> Result<(), PlayError> {
        match kind {
            "street_contact" => {
                entered.rename("place", "place_text");
                together(entered, "place", &[("spot", "spot"), ("district", "district")]);
                self.split_result(entered, "contact_results");
            }
            "doorstep_talk" => {
                self.split_result(entered, "door_results");
                if let Some(by_whom) = entered.maybe_text("consent_to_enter") {
                    entered.put("consent_to_enter", json!(true));
                    entered.put("consent_by_whom", json!(by_whom));
                }
            }
            "accompaniment" => entered.rename("where", "location"),
            "referral" => {
                self.address(entered)?;
                together(entered, "answer", &[("state", "state")]);
            }
            "budget_entry" => {
                together(
                    entered,
                    "decision",
                    &[("state", "state"), ("decision_reason", "reason")],
                );
            }
            _ => {}
        }
        Ok(())
    }

    /// A result is a code of the list where it is one, otherwise words.
    fn split_result(&self, entered: &mut Entered, list: &str) {
        let words = entered
            .get("result")
            .and_then(Json::as_str)
            .is_some_and(|text| !self.names.lists(list, text));
        if words {
            entered.rename("result", "result_text");
        }
    }

    /// A referral goes to a colleague or to an organisation.
    fn address(&self, entered: &mut Entered) -> Result<(), PlayError> {
        let outside = entered.get("to_kind").and_then(Json::as_str) == Some("external");
        match entered.maybe_text("to") {
            Some(to) if outside => {
                let (_, name) = self.names.partner(&to)?;
                entered.put("to_organisation", json!(name));
            }
            Some(to) => entered.put("to_user", json!(to)),
            None => {}
        }
        Ok(())
    }

    fn put(&self, field: &Field, value: &Json, fields: &mut Fields) -> Result<(), PlayError> {
        let unreadable = || PlayError::line(format!("{} cannot be read", field.name));
        match (&field.holds, value) {
            (Holds::One(kind), value) => {
                let name = FieldName::new(field.name).map_err(|_| unreadable())?;
                fields.insert(name, self.single(*kind, value).map_err(|_| unreadable())?);
            }
            (Holds::Group(members), Json::Object(map)) => {
                let mut group = BTreeMap::new();
                for (member, kind) in *members {
                    if let Some(value) = map.get(*member) {
                        group.insert((*member).to_owned(), self.single(*kind, value)?);
                    }
                }
                let name = FieldName::new(field.name).map_err(|_| unreadable())?;
                fields.insert(name, Value::Map(group));
            }
            (Holds::Keyed(_), Json::Array(codes)) => {
                for code in codes.iter().filter_map(Json::as_str) {
                    fields.insert(self.keyed(field.name, code)?, Value::Bool(true));
                }
            }
            (Holds::Keyed(kind), Json::Object(map)) => {
                for (key, value) in map {
                    fields.insert(self.keyed(field.name, key)?, self.single(*kind, value)?);
                }
            }
            (Holds::Group(_) | Holds::Keyed(_), _) => return Err(unreadable()),
        }
        Ok(())
    }

    /// A key that names a record is that record's identifier.
    fn keyed(&self, name: &str, key: &str) -> Result<FieldName, PlayError> {
        let key = match name {
            "spots" => self.record_text("spot", key)?,
            "members" => self.record_text("youth", key)?,
            _ => key.to_owned(),
        };
        FieldName::keyed(name, &key).map_err(|error| PlayError::line(format!("{name}: {error}")))
    }

    fn record_text(&self, kind: &str, name: &str) -> Result<String, PlayError> {
        let id = match kind {
            "spot" => self.refs.get(&format!("spot:{name}"))?.id,
            "partner" => self.names.partner(name)?.0,
            _ => self.refs.get(name)?.id,
        };
        Ok(id.to_string())
    }

    fn single(&self, kind: Kind, value: &Json) -> Result<Value, PlayError> {
        Ok(match (kind, value) {
            (Kind::Record(kind), Json::String(name)) => Value::Text(self.record_text(kind, name)?),
            (Kind::AnyRecord, Json::String(name)) => self.refs.link(name)?.write(),
            (Kind::User, Json::String(name)) => self.names.user(name)?.write(),
            (Kind::Space, Json::String(name)) => self.names.space(name)?.write(),
            (Kind::Moment(_), Json::String(text)) => {
                let at = Moment::from_rfc3339(text).map_err(|error| PlayError::line(error.to_string()))?;
                Value::Text(at.to_string())
            }
            (Kind::Code("informed"), Json::Bool(yes)) => Value::from(if *yes { "yes" } else { "no" }),
            (Kind::Code("tie_strengths"), Json::Number(number)) => {
                let strength = STRENGTHS
                    .iter()
                    .find(|(count, _)| Some(*count) == number.as_i64());
                let (_, code) = strength.ok_or_else(|| PlayError::line("there is no tie that strong"))?;
                Value::from(*code)
            }
            (_, other) => plain(other)?,
        })
    }
}

/// Puts what stands apart in a line together in one field of values that move together.
fn together(entered: &mut Entered, field: &str, members: &[(&str, &str)]) {
    let mut group = serde_json::Map::new();
    for (name, member) in members {
        if let Some(value) = entered.take(name) {
            group.insert((*member).to_owned(), value);
        }
    }
    if !group.is_empty() {
        entered.put(field, Json::Object(group));
    }
}

fn plain(value: &Json) -> Result<Value, PlayError> {
    serde_json::from_value(value.clone()).map_err(|error| PlayError::shape("a value", error))
}
