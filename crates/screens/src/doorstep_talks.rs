//! Talks at a door: the next address of tonight's list is known, what was heard there is not.

use crate::audiences::Usual;
use crate::failure::CommandError;
use crate::follow_ups::{AFTER_TALK, choices};
use crate::rounds::Walking;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    Audience, Basis, Configuration, Day, DoorResults, DoorstepTalkForm, DoorstepTalkKnown, FormName,
    ListedCode, Opened, Saved, Visit, VisitAgain, VisitState,
};
use crate::street_contacts::code;
use drempel_client::actions::{self, Amendment, FollowUp, Half};
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::{Code, EventMoment};
use drempel_domain::records::contacts::DoorstepTalk;
use drempel_domain::time;
use serde_json::Value;

/// The life domains that are shown first.
const FIRST_DOMAINS: [&str; 4] = ["education", "home", "money", "health"];
/// What can be done at a door that nobody opens.
const NOBODY: [&str; 3] = ["card_left", "phoned", "moved"];
/// Of those, what cannot be the result of a talk.
const NOBODY_ONLY: [&str; 2] = ["card_left", "phoned"];
/// How many days are proposed for another visit.
const DAYS: usize = 5;

impl Screens<'_> {
    /// Opens a new form at the next address of the list, that draft, or at that address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_doorstep_talk(
        &self,
        draft: Option<RecordId>,
        visit: Option<RecordId>,
    ) -> Result<Opened<DoorstepTalkForm, DoorstepTalkKnown>, CommandError> {
        let walking = self.walking()?;
        let visits = match &walking {
            Some(walking) => self.visits(walking, &self.words()?)?,
            None => Vec::new(),
        };
        let begin = || self.new_talk(walking.as_ref(), at_door(&visits, visit));
        let known = |form: &DoorstepTalkForm| self.talk_known(form, walking.as_ref(), &visits);
        self.opened(draft, begin, known)
    }

    /// The address and the reason are known from the list; what was heard is never filled in.
    fn new_talk(
        &self,
        walking: Option<&Walking>,
        visit: Option<&Visit>,
    ) -> Result<DoorstepTalkForm, CommandError> {
        let usual = self.audiences(Usual::Team, walking)?;
        Ok(DoorstepTalkForm {
            round: walking.map(|walking| walking.id.record()),
            visit_request: visit.map(|visit| visit.id),
            address: visit.map(|visit| visit.address.clone()),
            reason: visit.and_then(|visit| visit.reason.clone()),
            youth: visit.and_then(|visit| visit.youth),
            audience: usual.first().map(|choice| choice.audience),
            ..DoorstepTalkForm::default()
        })
    }

    fn talk_known(
        &self,
        form: &DoorstepTalkForm,
        walking: Option<&Walking>,
        visits: &[Visit],
    ) -> Result<DoorstepTalkKnown, CommandError> {
        let lists = self.configuration()?;
        let visit = visits.iter().find(|visit| Some(visit.id) == form.visit_request);
        let after = visit.map_or(0, |visit| visit.position);
        let is_next = |next: &&Visit| next.state == VisitState::Open && next.position > after;
        let mut domains = lists.choices("life_domains");
        domains.sort_by_key(|listed| {
            let first = FIRST_DOMAINS.iter().position(|code| *code == listed.code);
            first.unwrap_or(FIRST_DOMAINS.len())
        });
        Ok(DoorstepTalkKnown {
            visit: visit.cloned(),
            next_address: visits.iter().find(is_next).map(|next| next.address.clone()),
            visits: visits.to_vec(),
            domains,
            audiences: self.audiences(Usual::Team, walking)?,
            results: results(&lists),
            follow_ups: choices(AFTER_TALK, &lists, self.today_is()),
            days: weekdays_after(self.today_is(), DAYS),
            share_template: self.share_template(walking)?,
        })
    }

    /// Saves and finishes the draft: one record, or two on a joint round; the address is then visited.
    ///
    /// # Errors
    /// `refused`, `forbidden`, `bsn_found`, `storage_full`; nothing was written then.
    pub fn record_doorstep_talk(&self, draft: RecordId, form: &DoorstepTalkForm) -> Deed<Saved> {
        let saved = match form.record {
            Some(record) => self.add_to_talk(draft, record, form)?,
            None => self.new_talk_saved(draft, form)?,
        };
        self.form_saved::<DoorstepTalk>(saved, FormName::DoorstepTalk, form, form.record)
    }

    fn new_talk_saved(
        &self,
        draft: RecordId,
        form: &DoorstepTalkForm,
    ) -> Result<drempel_client::Saved, CommandError> {
        let walking = self.walking()?;
        let audience = self.audience(form.audience, Usual::Team, walking.as_ref())?;
        let mut follow_up = self.what_follows(form, &[])?;
        let (shares, inform) = self.shares(form, walking.as_ref())?;
        follow_up.extend(inform);
        let filled_in = actions::DoorstepTalkForm {
            talk: talk_of(form),
            follow_up,
            shares,
            draft: Some(draft),
            not_bsn: form.not_a_bsn,
        };
        Ok(match audience.joint {
            Some(joint) => {
                let half = Half {
                    joint,
                    own: audience.own,
                };
                self.client.record_joint_doorstep_talk(half, filled_in)?
            }
            None => self.client.record_doorstep_talk(audience.own, filled_in)?,
        })
    }

    fn add_to_talk(
        &self,
        draft: RecordId,
        record: RecordId,
        form: &DoorstepTalkForm,
    ) -> Result<drempel_client::Saved, CommandError> {
        let shown = self.talk_as_form(record)?;
        let before: Vec<&str> = shown
            .agreements
            .iter()
            .map(|agreement| agreement.text.as_str())
            .collect();
        let (shares, inform) = self.shares(form, self.walking()?.as_ref())?;
        let mut amendment = Amendment::of(Id::new(record), &talk_of(&shown), &talk_of(form));
        amendment.follow_up = self.what_follows(form, &before)?;
        amendment.follow_up.extend(inform);
        amendment.shares = shares;
        amendment.own = form.audience.map(|audience| audience.own);
        amendment.draft = Some(draft);
        amendment.not_bsn = form.not_a_bsn;
        Ok(self.client.amend(amendment)?)
    }

    /// What was chosen, each agreement that is new, and another visit where one was planned.
    fn what_follows(
        &self,
        form: &DoorstepTalkForm,
        agreed_before: &[&str],
    ) -> Result<Vec<FollowUp>, CommandError> {
        let me = Some(self.me()?.id);
        let youth = form.youth.map(Id::new);
        let to_do = |kind: &str, title: Option<String>, due: Option<Day>| FollowUp {
            kind: Some(Code::from(kind)),
            title,
            due: due.map(|day| day.0),
            assignee: me,
            youth,
            reason: None,
        };
        let mut all = self.follow_ups(&form.follow_up, AFTER_TALK, form.youth)?;
        let agreed = form
            .agreements
            .iter()
            .filter(|agreement| !agreement.text.trim().is_empty());
        let new = agreed.filter(|agreement| !agreed_before.contains(&agreement.text.as_str()));
        all.extend(new.map(|agreement| to_do("appointment", Some(agreement.text.clone()), agreement.due)));
        if let Some(VisitAgain::On(day)) = form.visit_again {
            all.push(to_do("return_visit", None, Some(day)));
        }
        Ok(all)
    }

    /// A talk as the form that adds to it.
    pub(crate) fn doorstep_talk_again(&self, record: RecordId) -> Result<(FormName, Value), CommandError> {
        let form = self.talk_as_form(record)?;
        Ok((
            FormName::DoorstepTalk,
            serde_json::to_value(form).unwrap_or_default(),
        ))
    }

    fn talk_as_form(&self, record: RecordId) -> Result<DoorstepTalkForm, CommandError> {
        let whole = self.client.to_add_to(Id::<DoorstepTalk>::new(record))?;
        let talk = whole.record;
        let own = match whole.own {
            Some(own) => own,
            None => self.team()?,
        };
        let agreement = |text: String| crate::shapes::Agreement { text, due: None };
        Ok(DoorstepTalkForm {
            record: Some(whole.id.record()),
            round: talk.round.map(Id::record),
            visit_request: talk.visit_request.map(Id::record),
            youth: talk.youth.map(Id::record),
            occurred_at: talk.occurred_at.map(|at| at.0.into()),
            address: talk.address,
            opened_by: code(talk.opened_by.as_ref()),
            reason: code(talk.reason.as_ref()),
            absence_kind: code(talk.absence_kind.as_ref()),
            result: code(talk.result.as_ref()),
            mood: code(talk.mood.as_ref()),
            how_are_things: talk.how_are_things,
            basis: Basis::of(talk.basis.as_ref()),
            obstacles: talk
                .obstacles
                .iter()
                .map(|(domain, mood)| (domain.to_owned(), mood.as_str().to_owned()))
                .collect(),
            agreements: talk
                .agreements
                .unwrap_or_default()
                .into_iter()
                .map(agreement)
                .collect(),
            entered: talk.entered,
            identification_shown: talk.identification_shown,
            purpose_stated: talk.purpose_stated,
            consent_to_enter: talk.consent_to_enter,
            audience: Some(Audience {
                own,
                joint: whole.joint,
            }),
            ..DoorstepTalkForm::default()
        })
    }
}

/// The address that was asked for, else the first that is still to be visited.
fn at_door(visits: &[Visit], asked: Option<RecordId>) -> Option<&Visit> {
    match asked {
        Some(asked) => visits.iter().find(|visit| visit.id == asked),
        None => visits.iter().find(|visit| visit.state == VisitState::Open),
    }
}

fn results(lists: &Configuration) -> DoorResults {
    let all = lists.choices("door_results");
    let with =
        |fits: &dyn Fn(&ListedCode) -> bool| all.iter().filter(|listed| fits(listed)).cloned().collect();
    DoorResults {
        nobody: with(&|listed| NOBODY.contains(&listed.code.as_str())),
        opened: with(&|listed| !NOBODY_ONLY.contains(&listed.code.as_str())),
    }
}

/// The next days on which offices are open.
pub(crate) fn weekdays_after(today: time::Day, count: usize) -> Vec<Day> {
    let ahead = (1..).map(|days| today.plus_days(days));
    ahead
        .filter(|day| day.is_weekday())
        .take(count)
        .map(Day::from)
        .collect()
}

fn talk_of(form: &DoorstepTalkForm) -> DoorstepTalk {
    let agreed = form.agreements.iter().map(|agreement| agreement.text.clone());
    let agreed: Vec<String> = agreed.filter(|text| !text.trim().is_empty()).collect();
    DoorstepTalk {
        round: form.round.map(Id::new),
        visit_request: form.visit_request.map(Id::new),
        youth: form.youth.map(Id::new),
        occurred_at: form.occurred_at.map(|at| EventMoment(at.into())),
        address: form.address.clone(),
        opened_by: form.opened_by.as_deref().map(Code::from),
        reason: form.reason.as_deref().map(Code::from),
        absence_kind: form.absence_kind.as_deref().map(Code::from),
        result: form.result.as_deref().map(Code::from),
        mood: form.mood.as_deref().map(Code::from),
        how_are_things: form.how_are_things.clone(),
        basis: form.basis.map(Into::into),
        obstacles: form
            .obstacles
            .iter()
            .map(|(domain, mood)| (domain.clone(), Code::from(mood.as_str())))
            .collect(),
        agreements: (!agreed.is_empty()).then_some(agreed),
        entered: form.entered,
        identification_shown: form.identification_shown,
        purpose_stated: form.purpose_stated,
        consent_to_enter: form.consent_to_enter,
        ..DoorstepTalk::default()
    }
}
