//! Talks at a table that are planned from an action: who, when, where, and the message that goes with it.

use crate::audiences::Usual;
use crate::doorstep_talks::weekdays_after;
use crate::failure::{CommandError, FailureCode};
use crate::names::called;
use crate::rounds::first_name;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    AudienceChoice, FormName, Invitee, InviteeKind, Opened, Saved, SpaceKind, ThreeWayTalkForm,
    ThreeWayTalkKnown,
};
use drempel_client::actions::Invitation;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::records::actions::{Action, Talk};
use drempel_domain::records::network::KeyPerson;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::Moment;
use drempel_store::Query;

/// Times of day that are proposed.
const TIMES: [&str; 4] = ["15:00", "16:00", "19:00", "20:00"];
/// How many days are proposed.
const DAYS: usize = 4;
/// The function of those who look after compulsory education.
const ATTENDANCE: &str = "attendance_officer";
/// By which means the invitation goes.
const BY_MESSAGE: &str = "message";

impl Screens<'_> {
    /// Opens the planning of a talk that an action asks for, or that draft, which knows its action.
    ///
    /// # Errors
    /// `not_found` when the action, or the draft, is not on this device.
    pub fn open_three_way_talk(
        &self,
        draft: Option<RecordId>,
        action: Option<RecordId>,
    ) -> Result<Opened<ThreeWayTalkForm, ThreeWayTalkKnown>, CommandError> {
        let action = match action {
            Some(action) => action,
            None => self.action_of_draft(draft.ok_or(FailureCode::NotFound)?)?,
        };
        let opened = self.client.open_record(Id::<Action>::new(action))?;
        let youth = opened.record.youth.map(Id::record);
        let audiences = self.readers_of(opened.space())?;
        let begin = || {
            let people = self.invitees(youth)?;
            Ok(ThreeWayTalkForm {
                action,
                youth,
                invited: people
                    .into_iter()
                    .filter(|one| one.proposed)
                    .map(|one| one.label)
                    .collect(),
                day: None,
                time: None,
                place: None,
                message: None,
                audience: audiences.as_ref().map(|choice| choice.audience),
            })
        };
        let known = |form: &ThreeWayTalkForm| self.three_way_known(form.youth, audiences.clone());
        self.opened(draft, begin, known)
    }

    fn action_of_draft(&self, draft: RecordId) -> Result<RecordId, CommandError> {
        let kept = self.client.draft(draft)?.ok_or(FailureCode::NotFound)?;
        let form: Result<ThreeWayTalkForm, _> = serde_json::from_value(kept.content);
        Ok(form.map_err(|_| FailureCode::NotFound)?.action)
    }

    fn three_way_known(
        &self,
        youth: Option<RecordId>,
        audience: Option<AudienceChoice>,
    ) -> Result<ThreeWayTalkKnown, CommandError> {
        let lists = self.configuration()?;
        let known = youth.and_then(|youth| self.client.open_record(Id::<Youth>::new(youth)).ok());
        let born = known.as_ref().and_then(|known| known.record.birth_date);
        let copy_to = self.attendance_officers()?.into_iter().next();
        Ok(ThreeWayTalkKnown {
            youth: self.chips(youth, self.names()?)?.into_iter().next(),
            age: born.map(|born| born.0.years_until(self.today_is())),
            people: self.invitees(youth)?,
            days: weekdays_after(self.today_is(), DAYS),
            times: TIMES.iter().map(|time| (*time).to_owned()).collect(),
            places: lists.choices("talk_places"),
            me: first_name(&self.me()?.name).to_owned(),
            audiences: match audience {
                Some(audience) => vec![audience],
                None => self.audiences(Usual::Team, None)?,
            },
            copy_to,
        })
    }

    /// The young person, those around him or her, an attendance officer where one walks along, and the person.
    fn invitees(&self, youth: Option<RecordId>) -> Result<Vec<Invitee>, CommandError> {
        let names = self.names()?;
        let one = |label: String, kind, proposed| Invitee {
            label,
            kind,
            proposed,
        };
        let mut people = Vec::new();
        if let Some(youth) = youth {
            let known = self.client.open_record(Id::<Youth>::new(youth))?;
            people.push(one(called(&known.record, names), InviteeKind::Youth, true));
            let around = Query::of::<KeyPerson>().whose("youth", youth.to_string());
            let around = self.client.store().read(|reader| reader.find(&around))?;
            for person in around.iter().map(|stored| stored.typed::<KeyPerson>()) {
                let family =
                    person.roles.get("family") == Some(&true) || person.roles.get("guardian") == Some(&true);
                let kind = if family {
                    InviteeKind::Guardian
                } else {
                    InviteeKind::Other
                };
                let label = person.relation.or(person.name).unwrap_or_default();
                people
                    .extend((person.ended.is_none() && !label.is_empty()).then(|| one(label, kind, family)));
            }
        }
        let attendance = self.attendance_officers()?.into_iter();
        people.extend(attendance.map(|name| one(name, InviteeKind::Attendance, true)));
        people.push(one(
            first_name(&self.me()?.name).to_owned(),
            InviteeKind::Me,
            true,
        ));
        Ok(people)
    }

    /// The first names of those in the person's joint spaces who look after compulsory education.
    fn attendance_officers(&self) -> Result<Vec<String>, CommandError> {
        let me = self.me()?.id;
        let spaces = self.client.spaces()?;
        let joint = spaces
            .iter()
            .filter(|granted| SpaceKind::from(granted.space.kind) == SpaceKind::Joint);
        let members = joint.flat_map(|granted| &granted.members);
        let officers =
            members.filter(|member| member.person.function == ATTENDANCE && member.person.id != me);
        let mut names: Vec<String> = officers
            .map(|member| first_name(&member.person.name).to_owned())
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Plans the talk and finishes the draft; the action stays open until the talk was held. Nothing leaves the device by
    /// it: the message is put ready by the shell.
    ///
    /// # Errors
    /// `refused` naming `time` when it is no time of day; `not_found` when the action is not on this device.
    pub fn invite_to_talk(&self, draft: RecordId, form: &ThreeWayTalkForm) -> Deed<Saved> {
        let lists = self.configuration()?;
        let place = form
            .place
            .as_deref()
            .map(|code| lists.label("talk_places", code).to_owned());
        let invitation = Invitation {
            invited: form.invited.clone(),
            by: form.message.as_ref().map(|_| BY_MESSAGE.to_owned()),
            at: planned_at(form)?,
            place,
            draft: Some(draft),
        };
        let saved = self.client.invite_to_talk(Id::new(form.action), invitation)?;
        let mut done = self.form_saved::<Talk>(saved, FormName::ThreeWayTalk, form, None)?;
        done.changed.insert("action");
        Ok(done)
    }
}

/// The instant that was chosen; a day without a time begins with it, and without a day nothing is planned yet.
fn planned_at(form: &ThreeWayTalkForm) -> Result<Option<Moment>, CommandError> {
    let Some(day) = form.day else { return Ok(None) };
    let Some(time) = form.time.as_deref() else {
        return Ok(Some(day.0.begins()));
    };
    let parts = time
        .split_once(':')
        .and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let at = parts.and_then(|(hour, minute)| day.0.at(hour, minute));
    at.map(Some)
        .ok_or_else(|| CommandError::refused("time", "out_of_range"))
}
