//! Leading on and crossing over: referrals, escalations, contributions, shares, disclosures, requests about own data.

use super::deed::Deed;
use crate::player::PlayError;
use crate::player::refs::Made;
use drempel_domain::record::{EventMoment, Named};
use drempel_domain::records::actions::Action;
use drempel_domain::records::lists::ReferralState;
use drempel_domain::records::privacy::AccessRequest;
use drempel_domain::records::referrals::{Contribution, Escalation, Referral};
use drempel_domain::records::sharing::{Disclosure, Share, correction_action_id};

/// `make_referral`
pub(super) fn refer(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let referral: Referral = deed.record()?;
    let saved = deed.client.refer(space, referral)?;
    deed.saved_one(&saved, Referral::NAME);
    Ok(())
}

/// `answer_referral`: a referral that was refused comes back as something to do.
pub(super) fn answer_referral(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("record")?;
    let referral = deed.refs.id(&name)?;
    let state = ReferralState::from(deed.entered.text("state")?.as_str());
    let reason = deed.entered.maybe_text("reason");
    let follow_ups = deed.follow_ups("makes", made.space)?;
    let saved = deed.client.answer_referral(referral, state, reason)?;
    deed.saved(&saved, &[]);
    for following in follow_ups {
        let from = deed.refs.link(&name)?;
        let saved = deed
            .client
            .create_action(following.space, following.what, Some(from))?;
        deed.saved(&saved, &[(Action::NAME, following.name)]);
    }
    Ok(())
}

/// `escalate`
pub(super) fn escalate(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let escalation: Escalation = deed.record()?;
    let saved = deed.client.escalate(space, &escalation)?;
    deed.saved_one(&saved, Escalation::NAME);
    Ok(())
}

/// `withdraw_escalation`
pub(super) fn withdraw_escalation(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let escalation = deed.id("record")?;
    let reason = deed.entered.maybe_text("reason");
    let saved = deed.client.withdraw_escalation(escalation, reason)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `contribute`
pub(super) fn contribute(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let contribution: Contribution = deed.record()?;
    let saved = deed.client.contribute(space, &contribution)?;
    deed.saved_one(&saved, Contribution::NAME);
    Ok(())
}

/// `make_share`: the copy that it names is made by the server.
pub(super) fn share(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    deed.entered.take("copy_ref");
    let share: Share = deed.record()?;
    let saved = deed.client.share(space, &share)?;
    deed.saved_one(&saved, Share::NAME);
    Ok(())
}

/// `withdraw_share`: what the recipient has to do because of it is made by the server, in the recipient's space.
pub(super) fn withdraw_share(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("record")?;
    let share = deed.refs.id(&name)?;
    let reason = deed.entered.maybe_text("reason");
    let corrections = deed.follow_ups("makes", made.space)?;
    let saved = deed.client.withdraw_share(share, reason)?;
    deed.saved(&saved, &[]);
    for correction in corrections {
        // The server words what there is to do.
        deed.entered.put("makes.title", correction.what.title.into());
        deed.refs.add(
            &correction.name,
            Made {
                kind: Action::NAME.to_owned(),
                space: correction.space,
                id: correction_action_id(share).record(),
            },
        );
    }
    Ok(())
}

/// `make_disclosure`
pub(super) fn disclose(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    deed.entered.take("copy_ref");
    let disclosure: Disclosure = deed.record()?;
    let saved = deed.client.disclose(space, &disclosure)?;
    deed.saved_one(&saved, Disclosure::NAME);
    Ok(())
}

/// `export_access_request`
pub(super) fn export(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let request = deed.id::<AccessRequest>("record")?;
    let redacted = deed.entered.flag("redact_third_parties");
    let now = EventMoment(deed.client.now());
    let saved = deed.client.edit(request, |request| {
        request.exported = Some(true);
        request.exported_at = Some(now);
        request.redact_third_parties = Some(redacted);
    })?;
    deed.saved(&saved, &[]);
    Ok(())
}
