//! Talks at a door and at a table.

use super::follow_ups::FollowUp;
use super::rounds::{Half, create_halves};
use crate::client::granted_space;
use crate::saving::Saving;
use crate::{Client, ClientError, Refusal, Saved};
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::{Code, EventMoment, Link, PlanMoment};
use drempel_domain::records::actions::{Action, Talk};
use drempel_domain::records::contacts::DoorstepTalk;
use drempel_domain::records::lists::{TalkState, VisitState};
use drempel_domain::records::rounds::VisitRequest;
use drempel_domain::records::sharing::Share;
use drempel_domain::space::Forbidden;
use drempel_domain::time::Moment;

/// What a person filled in about a talk at a door. Everything may be left out.
#[derive(Clone, Debug, Default)]
pub struct DoorstepTalkForm {
    /// The talk; without a time it is now.
    pub talk: DoorstepTalk,
    /// What there is to do because of it.
    pub follow_up: Vec<FollowUp>,
    /// Copies of it that go to other spaces; each is filled in with the record that this save makes.
    pub shares: Vec<Share>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
    /// Whether the author said that no number in it is a citizen service number.
    pub not_bsn: bool,
}

/// Parents, guardians and others asked to a talk at a table (*driehoeksgesprek*).
#[derive(Clone, Debug, Default)]
pub struct Invitation {
    /// Who are invited, in words.
    pub invited: Vec<String>,
    /// How they are invited.
    pub by: Option<String>,
    /// When.
    pub at: Option<Moment>,
    /// Where.
    pub place: Option<String>,
    /// The draft that this save finishes.
    pub draft: Option<RecordId>,
}

impl Client {
    /// Records a talk at a door; tonight's address, when it came from the list, is then visited.
    ///
    /// # Errors
    /// [`ClientError::Refused`] with every field that cannot be taken; nothing is written then.
    pub fn record_doorstep_talk(&self, space: SpaceId, form: DoorstepTalkForm) -> Result<Saved, ClientError> {
        let mut form = form;
        let talk = self.held_now(std::mem::take(&mut form.talk));
        let mut saving = self.begin();
        let id = saving.create(space, &talk);
        self.finish_talk(&mut saving, space, (id, id), talk.visit_request, form)?;
        saving.commit()
    }

    /// Records a talk at a door on a joint round: the shared core and the author's own half, in one save.
    ///
    /// # Errors
    /// As [`Client::record_doorstep_talk`].
    pub fn record_joint_doorstep_talk(
        &self,
        half: Half,
        form: DoorstepTalkForm,
    ) -> Result<Saved, ClientError> {
        let mut form = form;
        let talk = self.held_now(std::mem::take(&mut form.talk));
        let joint = self.store.read(|reader| granted_space(reader, half.joint))?;
        let joint = joint.ok_or(Refusal::Forbidden(Forbidden::NotAMember))?;
        let mut saving = self.begin();
        let (core, own) = create_halves(&mut saving, &joint.space, half.own, &talk);
        let ids = (core, own.unwrap_or(core));
        self.finish_talk(&mut saving, half.own, ids, talk.visit_request, form)?;
        saving.commit()
    }

    /// What follows, the copies, the address that is visited now, the draft that it finishes. `talk` is the shared record
    /// and the own one; without a joint round twice the same.
    fn finish_talk(
        &self,
        saving: &mut Saving<'_>,
        space: SpaceId,
        talk: (Id<DoorstepTalk>, Id<DoorstepTalk>),
        address: Option<Id<VisitRequest>>,
        form: DoorstepTalkForm,
    ) -> Result<(), ClientError> {
        let (shared, own) = talk;
        saving.finish(form.draft);
        saving.tell_not_bsn(form.not_bsn);
        for follow_up in form.follow_up {
            follow_up.add(saving, space, Some(Link::to(shared)));
        }
        for share in form.shares {
            let of = Some(Link::to(own));
            saving.create(space, &Share { of, ..share });
        }
        if let Some(address) = address {
            let mut address = self.open_record(address)?;
            address.record.state = Some(VisitState::Visited);
            saving.edit(&address);
        }
        Ok(())
    }

    /// Invites to a talk at a table: the talk is planned, and the action that led to it stays open until it was held.
    ///
    /// # Errors
    /// [`ClientError::NotFound`] when the action is not on this device.
    pub fn invite_to_talk(&self, action: Id<Action>, invitation: Invitation) -> Result<Saved, ClientError> {
        let opened = self.open_record(action)?;
        let talk = Talk {
            kind: Some(Code::from("three_way")),
            youth: opened.record.youth,
            action: Some(action),
            invited: Some(invitation.invited),
            invited_by: invitation.by,
            planned_at: invitation.at.map(PlanMoment),
            place: invitation.place,
            state: Some(TalkState::Invited),
            ..Talk::default()
        };
        let mut saving = self.begin();
        saving.finish(invitation.draft);
        saving.create(opened.space(), &talk);
        saving.commit()
    }

    fn held_now(&self, mut talk: DoorstepTalk) -> DoorstepTalk {
        talk.occurred_at.get_or_insert(EventMoment(self.now()));
        talk
    }
}
