//! What can follow from a contact or a talk, and what was chosen.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{Configuration, FollowUp, FollowUpChoice};
use drempel_client::actions;
use drempel_domain::id::{Id, RecordId};
use drempel_domain::record::Code;
use drempel_domain::time::Day;

/// Something that can follow: its kind, after how many days it is proposed, and whether a reason is asked.
#[derive(Clone, Copy)]
pub(crate) struct CanFollow {
    kind: &'static str,
    after_days: Option<u32>,
    asks_reason: bool,
}

const fn can_follow(kind: &'static str, after_days: Option<u32>, asks_reason: bool) -> CanFollow {
    CanFollow {
        kind,
        after_days,
        asks_reason,
    }
}

/// What can follow from a contact on the street, the likeliest first.
pub(crate) const AFTER_CONTACT: &[CanFollow] = &[
    can_follow("reminder", Some(1), false),
    can_follow("return_visit", None, false),
    can_follow("contribution", None, false),
    can_follow("three_way_talk", None, false),
];

/// What can follow from a message or a call.
pub(crate) const AFTER_MESSAGE: &[CanFollow] = &[
    can_follow("going_along", None, false),
    can_follow("calling_together", None, false),
    can_follow("reminder", Some(1), false),
];

/// What can follow from a talk at a door. Taking it further always has a reason that the young person may read.
pub(crate) const AFTER_TALK: &[CanFollow] = &[
    can_follow("three_way_talk", Some(5), false),
    can_follow("help_framework", None, true),
    can_follow("person_approach", None, true),
    can_follow("group_approach", None, true),
    can_follow("case_meeting", None, true),
];

/// What can follow, with what the municipality calls it; what it does not use is left out.
pub(crate) fn choices(all: &[CanFollow], lists: &Configuration, today: Day) -> Vec<FollowUpChoice> {
    let listed = lists.choices("action_kinds");
    all.iter()
        .filter_map(|can| {
            let listed = listed.iter().find(|listed| listed.code == can.kind)?;
            Some(FollowUpChoice {
                kind: listed.code.clone(),
                label: listed.label.clone(),
                due: can.after_days.map(|days| today.plus_days(days).into()),
                asks_reason: can.asks_reason,
            })
        })
        .collect()
}

impl Screens<'_> {
    /// What was chosen to follow, for the person to do. `youth` is whom it is about where nothing else was said.
    ///
    /// # Errors
    /// `refused` naming `follow_up` when a reason is asked and missing.
    pub(crate) fn follow_ups(
        &self,
        chosen: &[FollowUp],
        all: &[CanFollow],
        youth: Option<RecordId>,
    ) -> Result<Vec<actions::FollowUp>, CommandError> {
        let me = self.me()?.id;
        chosen
            .iter()
            .map(|follow_up| {
                let asks = all
                    .iter()
                    .any(|can| can.kind == follow_up.kind && can.asks_reason);
                let reason = follow_up
                    .reason
                    .clone()
                    .filter(|reason| !reason.trim().is_empty());
                if asks && reason.is_none() {
                    return Err(CommandError::refused("follow_up", "missing"));
                }
                Ok(actions::FollowUp {
                    kind: Some(Code::from(follow_up.kind.as_str())),
                    title: follow_up.title.clone(),
                    due: follow_up.due.map(|day| day.0),
                    assignee: Some(me),
                    youth: follow_up.youth.or(youth).map(Id::new),
                    reason,
                })
            })
            .collect()
    }
}
