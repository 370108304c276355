//! Quick notes, and notes under the Wpg.

use super::deed::Deed;
use crate::player::PlayError;
use drempel_client::actions::Into;
use drempel_domain::record::Named;
use drempel_domain::records::actions::Action;
use drempel_domain::records::notes::{InvestigationNote, QuickNote};

/// `record_quick_note`
pub(super) fn record(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let note: QuickNote = deed.record()?;
    let saved = deed.client.record_quick_note(space, note, deed.draft)?;
    deed.saved_one(&saved, QuickNote::NAME);
    Ok(())
}

/// `process_note`
pub(super) fn process(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("note")?;
    let note = deed.refs.id::<QuickNote>(&name)?;
    let space = match deed.entered.maybe_text("space") {
        Some(space) => deed.names.space(&space)?,
        None => made.space,
    };
    let mut also = deed.follow_ups("makes", space)?;
    let mut names: Vec<_> = also
        .iter()
        .map(|following| (Action::NAME, following.name.clone()))
        .collect();
    let into = match deed.entered.text("into")?.as_str() {
        "contact" => {
            let contact = deed.entered.text("contact")?;
            Into::About(deed.refs.link(&contact)?)
        }
        "youth" => {
            names.extend(deed.name.clone().map(|name| (QuickNote::NAME, name)));
            let youth = deed.id("youth")?;
            Into::Youth { youth, space }
        }
        "action" if !also.is_empty() => {
            let first = also.remove(0);
            Into::Action {
                space: first.space,
                follow_up: first.what,
            }
        }
        "discard" => Into::Discard,
        other => return Err(PlayError::line(format!("a note cannot go into {other}"))),
    };
    let also = also
        .into_iter()
        .map(|following| (following.space, following.what))
        .collect();
    let saved = deed.client.process_note(note, into, also)?;
    deed.saved(&saved, &names);
    Ok(())
}

/// `becomes_investigation`
pub(super) fn becomes_investigation(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    deed.entered.take("kind");
    let note: InvestigationNote = deed.record()?;
    let saved = deed.client.record_investigation(space, note)?;
    deed.saved_one(&saved, InvestigationNote::NAME);
    Ok(())
}
