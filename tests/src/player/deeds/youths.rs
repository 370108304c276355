//! Young people and groups of them.

use super::deed::Deed;
use crate::player::PlayError;
use crate::player::fields::Reading;
use drempel_client::Warning;
use drempel_client::actions::{TrackStart, YouthForm};
use drempel_domain::record::Named;
use drempel_domain::records::course::Track;
use drempel_domain::records::groups::YouthGroup;
use drempel_domain::records::youths::Youth;
use serde_json::Value as Json;

/// `create_youth`, with the track that starts in the same go.
pub(super) fn create(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let mut names: Vec<_> = deed
        .name
        .clone()
        .into_iter()
        .map(|name| (Youth::NAME, name))
        .collect();
    let youth = deed.name.clone().unwrap_or_default();
    let track = match deed.entered.take("track") {
        Some(Json::Object(track)) => Some(track_of(deed, track)?),
        _ => None,
    };
    let track_name = track.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
    names.extend(track.as_ref().map(|(name, _)| (Track::NAME, name.clone())));
    let form = YouthForm {
        youth: deed.record()?,
        track: track.map(|(_, track)| TrackStart { track }),
        ..YouthForm::default()
    };
    let saved = deed.client.create_youth(space, form)?;
    deed.saved(&saved, &names);
    deed.told(&saved, |warning| match warning {
        Warning::AgeOutside { .. } => youth.clone(),
        Warning::Caseload { .. } => track_name.clone(),
    });
    Ok(())
}

fn track_of(deed: &Deed<'_>, fields: serde_json::Map<String, Json>) -> Result<(String, Track), PlayError> {
    let mut entered = crate::player::line::Entered::new(fields);
    let name = entered.text("ref")?;
    let reading = Reading {
        names: deed.names,
        refs: deed.refs,
    };
    Ok((name, reading.record(&mut entered)?))
}

/// `start_track`
pub(super) fn start_track(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    deed.space()?;
    let youth_name = deed.entered.text("youth")?;
    let youth = deed.refs.id(&youth_name)?;
    let track: Track = deed.record()?;
    let saved = deed.client.start_track(youth, TrackStart { track })?;
    deed.saved_one(&saved, Track::NAME);
    let track_name = deed.name.clone().unwrap_or_default();
    deed.told(&saved, |warning| match warning {
        Warning::AgeOutside { .. } => youth_name.clone(),
        Warning::Caseload { .. } => track_name.clone(),
    });
    Ok(())
}

/// `create_youth_group`
pub(super) fn create_group(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let group: YouthGroup = deed.record()?;
    let saved = deed.client.create_youth_group(space, &group, None)?;
    deed.saved_one(&saved, YouthGroup::NAME);
    Ok(())
}
