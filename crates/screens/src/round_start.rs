//! Starting a round: where, with whom, by which plan.

use crate::failure::CommandError;
use crate::rounds::Walking;
use crate::screens::{Deed, Screens};
use crate::shapes::{PlanLine, RoundChoices, RoundPartner, RoundStart, Saved};
use crate::words::Words;
use drempel_client::actions;
use drempel_domain::id::{Id, RecordId, SpaceId};
use drempel_domain::record::Code;
use drempel_domain::records::rounds::{DeploymentPlan, Round, Spot};
use drempel_domain::space::{Role, SpaceKind};
use drempel_domain::time::{DAY, Day};
use drempel_protocol::access::Granted;
use drempel_store::{Query, StoreError, Stored};
use std::collections::BTreeSet;

/// Days back in which the last round says something about the next.
const LATELY: i64 = 60 * DAY;
/// Rounds back among which the person's own last one is looked for.
const ROUNDS: usize = 60;

impl Screens<'_> {
    /// What a start of a round needs.
    pub(crate) fn round_choices(&self, words: &Words) -> Result<RoundChoices, CommandError> {
        let last = self.last_round()?;
        let plan = self.plan_of_today(None)?;
        let planned = plan
            .as_ref()
            .and_then(|plan| plan.1.districts.iter().next().map(|(code, _)| code.to_owned()));
        let walked = last.as_ref().and_then(Walking::district).map(str::to_owned);
        let likely_district = planned.or(walked);
        let mut districts = words.lists.choices("districts");
        // A stable order: the likeliest first, the others as the municipality has them.
        districts.sort_by_key(|listed| Some(&listed.code) != likely_district.as_ref());
        Ok(RoundChoices {
            districts,
            likely_district,
            partners: self.partners(last.as_ref(), words)?,
        })
    }

    fn partners(&self, last: Option<&Walking>, words: &Words) -> Result<Vec<RoundPartner>, CommandError> {
        let me = self.me()?;
        let walked_with = last.map(|last| last.others.as_slice()).unwrap_or_default();
        let spaces = self.client.spaces()?;
        let joint = spaces.iter().filter(|granted| can_walk_in(granted));
        let functions: BTreeSet<&str> = joint
            .flat_map(|granted| &granted.members)
            .map(|member| member.person.function.as_str())
            .filter(|function| *function != me.function)
            .collect();
        let partners = functions.into_iter().map(|function| RoundPartner {
            kind: function.to_owned(),
            label: words.lists.label("partners", function).to_owned(),
            planned: walked_with.iter().any(|person| person.function == function),
        });
        Ok(partners.collect())
    }

    /// Starts a round in the space that fits the partners: a joint one when any walks along.
    ///
    /// # Errors
    /// `forbidden` when the person may not write there; `refused` naming `partners` when no space has them.
    pub fn start_round(&self, start: &RoundStart) -> Deed<Saved> {
        let space = self.space_for(&start.partners)?;
        let plan = self.plan_of_today(start.district.as_deref())?;
        let saved = self.client.start_round(
            space,
            actions::RoundStart {
                district: start.district.as_deref().map(Code::from),
                plan: plan.map(|(id, _)| id),
                with: Vec::new(),
                joint: !start.partners.is_empty(),
            },
        )?;
        let round = saved
            .first::<Round>()
            .map_or_else(|| self.client.new_draft(), Id::record);
        self.deed_done::<Round>(saved, round)
    }

    fn space_for(&self, partners: &[String]) -> Result<SpaceId, CommandError> {
        if partners.is_empty() {
            return self.team();
        }
        let spaces = self.client.spaces()?;
        let has = |granted: &Granted, function: &String| {
            granted
                .members
                .iter()
                .any(|member| member.person.function == *function)
        };
        let fits = |granted: &&Granted| can_walk_in(granted) && partners.iter().all(|one| has(granted, one));
        let found = spaces.iter().find(fits).map(|granted| granted.space.id);
        found.ok_or_else(|| CommandError::refused("partners", "missing"))
    }

    /// Ends a round.
    ///
    /// # Errors
    /// `not_found` when the round is not on this device; `forbidden` when the person may not write there.
    pub fn end_round(&self, round: RecordId) -> Deed<Saved> {
        let saved = self.client.end_round(Id::new(round), None)?;
        self.deed_done::<Round>(saved, round)
    }

    /// The person's last round, running or not.
    fn last_round(&self) -> Result<Option<Walking>, CommandError> {
        let me = self.me()?.id;
        let since = self.client.now().plus_millis(-LATELY).to_string();
        let lately = Query::of::<Round>()
            .from("started", since)
            .newest_first("started")
            .limit(ROUNDS);
        let found = self.client.store().read(|reader| {
            for stored in reader.find(&lately)? {
                if crate::rounds::users(reader, Id::new(stored.id))?.contains(&me) {
                    return Ok(Some(stored));
                }
            }
            Ok::<_, StoreError>(None)
        })?;
        found.map(|stored| self.as_walking(&stored)).transpose()
    }

    fn as_walking(&self, stored: &Stored) -> Result<Walking, CommandError> {
        let round: Round = stored.typed();
        Ok(Walking {
            id: Id::new(stored.id),
            space: stored.space,
            started: round.started.map_or_else(|| self.client.now(), |at| at.0),
            others: self.others_on(Id::new(stored.id))?,
            round,
        })
    }

    /// The plan that holds today, of that neighbourhood when one is named.
    fn plan_of_today(
        &self,
        district: Option<&str>,
    ) -> Result<Option<(Id<DeploymentPlan>, DeploymentPlan)>, CommandError> {
        let today = self.today_is();
        let found = self
            .client
            .store()
            .read(|reader| reader.find(&Query::of::<DeploymentPlan>()))?;
        let plans = found
            .iter()
            .map(|stored| (Id::new(stored.id), stored.typed::<DeploymentPlan>()));
        let here =
            |plan: &DeploymentPlan| district.is_none_or(|code| plan.districts.get(code) == Some(&true));
        Ok(plans
            .into_iter()
            .find(|(_, plan)| holds_on(plan, today) && here(plan)))
    }

    /// The plan of a round in two lines: where, and when and how much.
    pub(crate) fn plan_line(
        &self,
        walking: &Walking,
        words: &Words,
    ) -> Result<Option<PlanLine>, CommandError> {
        let plan = match walking.round.plan {
            Some(plan) => self.client.open_record(plan).ok().map(|opened| opened.record),
            None => None,
        };
        let Some(plan) = plan else { return Ok(None) };
        let spots = plan
            .spots
            .iter()
            .filter(|(_, yes)| **yes)
            .filter_map(|(id, _)| id.parse().ok());
        let names = spots.map(|spot: RecordId| self.client.open_record(Id::<Spot>::new(spot)));
        let mut names: Vec<String> = names.filter_map(|spot| spot.ok()?.record.name).collect();
        if names.is_empty() {
            let districts = plan
                .districts
                .iter()
                .map(|(code, _)| words.lists.label("districts", code).to_owned());
            names = districts.collect();
        }
        let detail: Vec<String> = [plan.times, plan.amount].into_iter().flatten().collect();
        Ok(Some(PlanLine {
            title: names.join(", "),
            detail: detail.join(" · "),
        }))
    }
}

/// A joint space in which the person may write.
fn can_walk_in(granted: &Granted) -> bool {
    let writes = match granted.role {
        Role::Member | Role::Lead | Role::Casemanager => true,
        Role::Reader | Role::Privacy => false,
    };
    writes && granted.space.kind == SpaceKind::Joint
}

fn holds_on(plan: &DeploymentPlan, day: Day) -> bool {
    plan.period_from.is_none_or(|from| from.0 <= day) && plan.period_until.is_none_or(|until| day <= until.0)
}
