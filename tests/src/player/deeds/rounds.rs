//! Plans and rounds.

use super::deed::Deed;
use crate::player::PlayError;
use drempel_client::actions::RoundStart;
use drempel_domain::record::{Code, Named};
use drempel_domain::records::lists::{Hats, RoundKind, RoundRoles};
use drempel_domain::records::rounds::Round;

/// `start_round`
pub(super) fn start(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let space = deed.space()?;
    let with = deed.entered.texts("participants");
    let with = with
        .iter()
        .map(|name| deed.names.user(name))
        .collect::<Result<Vec<_>, _>>()?;
    let round: Round = deed.record()?;
    let start = RoundStart {
        district: round.district,
        plan: round.plan,
        with,
        joint: round.kind == Some(RoundKind::Joint),
    };
    let saved = deed.client.start_round(space, start)?;
    deed.saved_one(&saved, Round::NAME);
    Ok(())
}

/// `join_round`
pub(super) fn join(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let (name, made) = deed.made("round")?;
    let role: Option<Code<RoundRoles>> = deed.entered.maybe_text("role").as_deref().map(Code::from);
    let hat: Option<Code<Hats>> = deed.entered.maybe_text("hat").as_deref().map(Code::from);
    let round = deed.refs.id(&name)?;
    let saved = deed.client.join_round(made.space, round, role, hat)?;
    deed.saved(&saved, &[]);
    Ok(())
}

/// `end_round`
pub(super) fn end(deed: &mut Deed<'_>) -> Result<(), PlayError> {
    let round = deed.id("round")?;
    let summary = deed.entered.maybe_text("closing_summary");
    let saved = deed.client.end_round(round, summary)?;
    deed.saved(&saved, &[]);
    Ok(())
}
