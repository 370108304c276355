//! Contacts on the street, talks at a door and at a table.

use super::deed::{Deed, Following};
use crate::player::PlayError;
use drempel_client::actions::{DoorstepTalkForm, Invitation, Person, StreetContactForm};
use drempel_domain::id::Id;
use drempel_domain::record::Named;
use drempel_domain::records::actions::Action;
use drempel_domain::records::contacts::{DoorstepTalk, Participation, StreetContact};
use drempel_domain::time::Moment;

/// `record_street_contact`
pub(super) fn record_street_contact(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let follow_ups = deed.follow_ups("follow_up", space)?;
    let (people, mut names) = people(deed)?;
    names.splice(0..0, deed.name.clone().map(|name| (StreetContact::NAME, name)));
    names.extend(names_of(&follow_ups));
    let form = StreetContactForm {
        contact: deed.record()?,
        people,
        follow_up: follow_ups.into_iter().map(|following| following.what).collect(),
        draft: deed.draft,
        ..StreetContactForm::default()
    };
    let saved = deed.client.record_street_contact(space, form)?;
    deed.saved(&saved, &names);
    Ok(())
}

/// Records that a line makes: the kind of each and the name that it gets.
type ToName = Vec<(&'static str, String)>;

fn people(deed: &mut Deed<'_>) -> Result<(Vec<Person>, ToName), PlayError> {
    let mut people = Vec::new();
    let mut names = Vec::new();
    for mut person in deed.entered.lists("participants") {
        names.push((Participation::NAME, person.text("ref")?));
        people.push(match person.maybe_text("youth") {
            Some(youth) => Person::Known(deed.refs.id(&youth)?),
            None => Person::Unknown(person.text("unknown")?),
        });
    }
    Ok((people, names))
}

fn names_of(follow_ups: &[Following]) -> impl Iterator<Item = (&'static str, String)> {
    follow_ups
        .iter()
        .map(|following| (Action::NAME, following.name.clone()))
}

/// `record_doorstep_talk`
pub(super) fn record_doorstep_talk(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let follow_ups = deed.follow_ups("follow_up", space)?;
    let mut names: Vec<_> = deed
        .name
        .clone()
        .into_iter()
        .map(|name| (DoorstepTalk::NAME, name))
        .collect();
    names.extend(names_of(&follow_ups));
    let form = DoorstepTalkForm {
        talk: deed.record()?,
        follow_up: follow_ups.into_iter().map(|following| following.what).collect(),
        draft: deed.draft,
        ..DoorstepTalkForm::default()
    };
    let saved = deed.client.record_doorstep_talk(space, form)?;
    deed.saved(&saved, &names);
    Ok(())
}

/// `invite_three_way_talk`: at a local day and time.
pub(super) fn invite(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let action = deed.id("action")?;
    let (day, time) = (deed.entered.text("day")?, deed.entered.text("time")?);
    let at = format!("{day}T{time}:00{}", deed.zone);
    let at = Moment::from_rfc3339(&at).map_err(|error| PlayError::line(error.to_string()))?;
    let invitation = Invitation {
        invited: deed.entered.texts("guardians"),
        by: deed.entered.maybe_text("by"),
        at: Some(at),
        place: deed.entered.maybe_text("place"),
        ..Invitation::default()
    };
    let saved = deed.client.invite_to_talk(action, invitation)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `name_participant`
pub(super) fn name_participant(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (participation, youth) = (deed.id("participation")?, deed.id("youth")?);
    let saved = deed.client.name_participant(participation, youth)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `same_moment`: the one with the lesser identifier is shown, whichever the line would keep.
pub(super) fn same_moment(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (one, other): (Id<StreetContact>, Id<StreetContact>) = (deed.id("a")?, deed.id("b")?);
    let same = deed.entered.text("answer")? == "yes";
    deed.entered.take("keep");
    let saved = deed.client.answer_same_moment(one, other, same)?;
    deed.saved(&saved, &[]);
    Ok(())
}
