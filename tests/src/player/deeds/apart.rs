//! What happens to records of any kind: edited, deleted, put back, filed again.

use super::deed::Deed;
use crate::player::PlayError;
use crate::player::fields::Reading;
use crate::player::line::Entered;
use crate::player::refs::Made;
use drempel_client::actions::Given;
use drempel_domain::records::collection;
use drempel_domain::schema::{Collection, Holds};
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::value::Value;
use serde_json::Value as Json;

/// `edit`: a list or a map replaces the whole list or map.
pub(super) fn edit(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (_, made) = deed.made("record")?;
    let kind = kind_of(&made)?;
    let set = match deed.entered.take("set") {
        Some(Json::Object(set)) => set,
        _ => return Err(PlayError::line("set is missing")),
    };
    let set = new_values(deed, kind, &made, Entered::new(set))?;
    set_fields(deed, kind, &made, set)
}

/// `close_rule_obstacle`: an edit without a use case of its own.
pub(super) fn edit_entered(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (_, made) = deed.made("record")?;
    let kind = kind_of(&made)?;
    let entered = std::mem::take(&mut deed.entered);
    let set = new_values(deed, kind, &made, entered)?;
    set_fields(deed, kind, &made, set)
}

fn new_values(
    deed: &Deed<'_>,
    kind: &'static Collection,
    made: &Made,
    mut entered: Entered,
) -> Result<Fields, PlayError> {
    let whole: Vec<&str> = kind
        .fields
        .iter()
        .filter(|field| matches!(field.holds, Holds::Keyed(_)) && entered.get(field.name).is_some())
        .map(|field| field.name)
        .collect();
    let reading = Reading {
        names: deed.names,
        refs: deed.refs,
    };
    let mut set = reading.fields(kind, &mut entered)?;
    let now = deed
        .client
        .store()
        .read(|reader| reader.record(kind.name, made.id))?;
    for name in now.iter().flat_map(|stored| stored.fields.keys()) {
        if whole.contains(&name.name()) && !set.contains_key(name) {
            set.insert(name.clone(), Value::Null);
        }
    }
    // What this version has no field for travels as a field of a newer one.
    let unknown: Vec<String> = entered.left().map(str::to_owned).collect();
    for name in unknown {
        let value = entered.take(&name).unwrap_or_default();
        let value = serde_json::from_value(value).map_err(|error| PlayError::shape(&*name, error))?;
        let name = FieldName::new(&name).map_err(|error| PlayError::line(error.to_string()))?;
        set.insert(name, value);
    }
    Ok(set)
}

fn set_fields(
    deed: &mut Deed<'_>,
    kind: &'static Collection,
    made: &Made,
    set: Fields,
) -> Result<(), PlayError> {
    let given = Given {
        collection: kind.name,
        record: made.id,
        set,
    };
    let saved = deed.client.set_all(vec![given])?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `delete`
pub(super) fn delete(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    set_deleted(deed, true)
}

/// `undo_delete`
pub(super) fn undo_delete(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    set_deleted(deed, false)
}

fn set_deleted(deed: &mut Deed<'_>, yes: bool) -> Result<(), PlayError> {
    let (_, made) = deed.made("record")?;
    let saved = deed.client.set_deleted(kind_of(&made)?, made.id, yes)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `see_overwritten`: the person must find a value of that field that lost.
pub(super) fn see_overwritten(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("record")?;
    let field = deed.entered.text("field")?;
    let seen = deed.client.overwritten()?;
    let found = seen.iter().any(|value| {
        let of = value.kept.of.as_ref().is_some_and(|of| of.record == made.id);
        of && value.kept.field.as_deref() == Some(field.as_str())
    });
    match found {
        true => Ok(()),
        false => Err(PlayError::line(format!(
            "no overwritten value of {name}.{field} is shown"
        ))),
    }
}

/// `put_back`: the overwritten value of that text, by a new change.
pub(super) fn put_back(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("record")?;
    let field = deed.entered.text("field")?;
    let value = deed.entered.take("value").unwrap_or_default();
    let reading = Reading {
        names: deed.names,
        refs: deed.refs,
    };
    let (field, value) = reading.value(kind_of(&made)?, &field, &value)?;
    let kept = deed.client.overwritten_of(made.id)?;
    let kept = kept.into_iter().find(|kept| {
        kept.kept.field.as_deref() == Some(field.as_str()) && kept.kept.value.as_ref() == Some(&value)
    });
    let kept = kept.ok_or_else(|| PlayError::line(format!("no such overwritten value of {name}.{field}")))?;
    let saved = deed.client.put_back(kept.id)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `resend_rejected`: what the server refused, filed again in another space.
pub(super) fn resend(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("record")?;
    let to = deed.names.space(&deed.entered.text("to_space")?)?;
    let problems = deed.client.problems()?;
    let problem = problems
        .into_iter()
        .find(|problem| problem.record == made.id && problem.new);
    let problem =
        problem.ok_or_else(|| PlayError::line(format!("{name} is not among the problems of this device")))?;
    let saved = deed.client.file_again(problem.space, problem.seq, to)?;
    deed.saved_one(&saved, &made.kind);
    Ok(())
}

fn kind_of(made: &Made) -> Result<&'static Collection, PlayError> {
    collection(&made.kind).ok_or_else(|| PlayError::line(format!("there is no kind of record {}", made.kind)))
}
