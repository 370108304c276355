//! Spots of a municipality file, as records.

use super::file::FileSpot;
use super::plan::wrong;
use super::{ImportError, space_id, spot_id};
use crate::sync::copies::{ServerWrite, When};
use drempel_domain::record::{EventDay, EventMoment, Record as _, Scalar as _};
use drempel_domain::records::lists::SpotKind;
use drempel_domain::records::rounds::Spot;
use drempel_domain::sync_log::{Eff, FieldName};
use drempel_domain::time::{Day, Moment};

/// A spot as the record that it becomes, written by the server.
pub(super) fn written(spot: &FileSpot, path: &str, now: Moment) -> Result<ServerWrite, ImportError> {
    let since = match &spot.since {
        Some(text) => {
            let day: Result<Day, _> = text.parse();
            Some(day.map_err(|_| wrong(path, "since", "expected a day such as 2026-01-05"))?)
        }
        None => None,
    };
    let record = Spot {
        name: Some(spot.name.clone()),
        kind: Some(SpotKind::from(spot.kind.as_str())),
        district: spot.district.as_deref().map(Into::into),
        since: since.map(EventDay),
        active: Some(spot.active.unwrap_or(true)),
    };
    let mut fields = record.to_fields();
    if let Ok(name) = FieldName::new("created_at") {
        fields.insert(name, EventMoment(now).write());
    }
    if let Some(fault) = Spot::collection().check(&fields, true, now).first() {
        return Err(ImportError::Member {
            path: [path, ".", &fault.field].concat(),
            what: "breaks the limits of this field",
        });
    }
    Ok(ServerWrite {
        space: space_id(&spot.space),
        collection: Spot::collection().name.to_owned(),
        record: spot_id(&spot.id),
        fields,
        eff: Eff::at(now),
        when: When::Always,
        mirrors: None,
    })
}
