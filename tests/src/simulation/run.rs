//! Plays a plan in a town of its own and checks that what must hold does.

use super::books::{Books, Kept};
use super::broken::Broken;
use super::phone::Phone;
use super::plan::Plan;
use super::step::Step;
use super::story::{Story, Written};
use super::summary::Summary;
use crate::world::{self, World};
use drempel_client::{Saved, Touched};
use drempel_domain::sync_log::{Change, Seq};
use drempel_domain::time::MINUTE;
use std::rc::Rc;

/// The phones that a run can begin with.
const NAMES: [&str; 5] = ["ana", "bo", "chris", "ana-tablet", "bo-tablet"];

/// A town in which a plan is played.
pub struct Run {
    pub(super) world: World,
    pub(super) phones: Vec<Phone>,
    pub(super) story: Story,
    pub(super) summary: Summary,
}

impl Run {
    /// Plays a plan to its end, checks everything, and tells what happened.
    ///
    /// # Errors
    /// The first invariant that did not hold.
    pub fn play(plan: &Plan) -> Result<Summary, Broken> {
        let mut run = Self::to_rest(plan)?;
        if let Some(broken) = run.check().into_iter().next() {
            return Err(broken);
        }
        run.count_overwritten();
        run.summary.fingerprint = run.fingerprint();
        Ok(run.summary)
    }

    /// Plays a plan, lets the networks work, and waits until nothing moves any more.
    ///
    /// # Errors
    /// What did not hold on the way.
    pub fn to_rest(plan: &Plan) -> Result<Self, Broken> {
        match Self::as_far_as_it_goes(plan) {
            (run, None) => Ok(run),
            (_, Some(broken)) => Err(broken),
        }
    }

    /// The same, with the town as it is when something does not hold, to be looked into.
    pub fn as_far_as_it_goes(plan: &Plan) -> (Self, Option<Broken>) {
        let mut run = Self::begin(plan);
        let broken = plan.steps.iter().try_for_each(|step| run.step_and_look(step));
        let broken = broken.and_then(|()| run.settle()).err();
        (run, broken)
    }

    /// The town in which it happens.
    pub fn world(&self) -> &World {
        &self.world
    }

    fn begin(plan: &Plan) -> Self {
        let world = World::with(plan.seed, plan.page);
        world.time().pass_at_each_look(plan.each_look);
        let phone = |name: &&str| {
            let device = world.device(name);
            device.line().take_heard();
            let user = world.user(device.user());
            Phone::new(device, user)
        };
        let phones = NAMES.iter().take(plan.phones).map(phone).collect();
        Self {
            phones,
            story: Story::new(world::memberships()),
            summary: Summary::default(),
            world,
        }
    }

    fn step_and_look(&mut self, step: &Step) -> Result<(), Broken> {
        self.step(step)?;
        match step {
            Step::Sync { phone, .. } | Step::Phone { phone, .. } => self.check_halves(*phone),
            Step::Deed { .. } | Step::Office { .. } | Step::Pass(_) => Ok(()),
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), Broken> {
        self.world.pass(50);
        self.summary.count(step);
        match *step {
            Step::Deed { phone, deed, pick } => self.do_deed(phone, deed, pick),
            Step::Sync { phone, network } => self.sync_over(phone, network),
            Step::Phone { phone, event } => self.happen(phone, event),
            Step::Office { act, pick } => self.act(act, pick),
            Step::Pass(millis) => {
                self.world.pass(millis);
                Ok(())
            }
        }
    }

    pub(super) fn index(&self, phone: usize) -> usize {
        phone % self.phones.len().max(1)
    }

    pub(super) fn phone(&self, phone: usize) -> &Phone {
        self.phones.get(self.index(phone)).expect("a town has phones")
    }

    pub(super) fn phone_mut(&mut self, phone: usize) -> &mut Phone {
        let index = self.index(phone);
        self.phones.get_mut(index).expect("a town has phones")
    }

    /// The server's books as they are now.
    pub(super) fn books(&self) -> Books {
        Books::read(&self.world.town().database())
    }

    /// Remembers what a person was told is saved.
    pub(super) fn note_saved(&mut self, phone: usize, saved: Saved) -> Result<(), Broken> {
        for touched in &saved.touched {
            self.note_touched(phone, touched)?;
        }
        self.phone_mut(phone).last = Some(saved);
        Ok(())
    }

    fn note_touched(&mut self, phone: usize, touched: &Touched) -> Result<(), Broken> {
        let change = self.pending_change(phone, touched.space, touched.seq)?;
        let index = self.index(phone);
        self.story.written.push(Written {
            phone: index,
            life: self.phone(phone).life,
            at: self.world.time().now(),
            space: touched.space,
            change,
            saw: touched.before.clone(),
            refused_with: None,
            thrown_away: false,
            excused: None,
        });
        Ok(())
    }

    /// The change that was just saved under that number: it must be waiting to be sent.
    pub(super) fn pending_change(
        &self,
        phone: usize,
        space: drempel_domain::id::SpaceId,
        seq: Seq,
    ) -> Result<Change, Broken> {
        let app = Rc::clone(&self.phone(phone).device.app());
        let pending = app
            .store()
            .read(|reader| reader.pending(space, usize::MAX, usize::MAX));
        let pending = pending.map_err(|error| Broken::new(0, error.to_string()))?;
        let found = pending.into_iter().find(|change| change.seq == seq);
        found.ok_or_else(|| {
            Broken::new(
                5,
                format!("change {seq} in {space} was saved and does not wait to be sent"),
            )
        })
    }

    /// Networks work, and everyone synchronises until nothing moves any more.
    fn settle(&mut self) -> Result<(), Broken> {
        const ROUNDS: usize = 10;
        self.deliver_everything_late();
        for _ in 0..ROUNDS {
            let mut moved = false;
            for phone in 0..self.phones.len() {
                self.phone(phone).device.line().mend();
                moved |= self.sync_well(phone)?;
            }
            if !moved {
                return Ok(());
            }
            // A phone reads everything anew at most once a day.
            self.world.pass(25 * 60 * MINUTE);
        }
        Err(Broken::new(1, "the phones and the server never come to rest"))
    }

    /// Counts the values that lost and are kept: a measure of how much the run tried.
    fn count_overwritten(&mut self) {
        let books = self.books();
        let kept = |kept: &&Kept| kept.collection == "overwritten";
        for _ in books.records.values().filter(kept) {
            self.summary.note("kept as overwritten");
        }
    }

    fn deliver_everything_late(&mut self) {
        for phone in &self.phones {
            while phone.device.line().late() > 0 {
                phone.device.deliver_late(0);
            }
        }
    }
}
