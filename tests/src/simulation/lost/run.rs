//! Plays a plan with phones that can be lost, in a town of its own, and checks that what must hold does.

use super::phone::Phone;
use super::plan::Plan;
use super::step::Step;
use super::story::Story;
use crate::simulation::books::Books;
use crate::simulation::{Broken, Summary};
use crate::world::World;
use drempel_protocol::limits::PAGE_RECORDS;

/// The phones that a run can begin with.
const NAMES: [&str; 3] = ["ana", "bo", "ana-tablet"];

/// A town in which a plan is played.
pub(super) struct Run {
    // Before the world, whose folder their files are in.
    pub(super) phones: Vec<Phone>,
    pub(super) world: World,
    pub(super) story: Story,
    pub(super) summary: Summary,
}

impl Run {
    /// Plays a plan to its end, checks everything, and tells what happened.
    pub(super) fn play(plan: &Plan) -> Result<Summary, Broken> {
        let mut run = Self::begin(plan)?;
        plan.steps.iter().try_for_each(|step| run.step(step))?;
        run.settle()?;
        run.check()?;
        Ok(run.summary)
    }

    fn begin(plan: &Plan) -> Result<Self, Broken> {
        let mut run = Self {
            phones: Vec::new(),
            world: World::with(plan.seed, PAGE_RECORDS),
            story: Story::default(),
            summary: Summary::default(),
        };
        for name in NAMES.iter().take(plan.phones) {
            let phone = run.add_phone(name);
            run.enrol_over_a_good_network(phone)?;
        }
        Ok(run)
    }

    /// Somebody has a new phone.
    pub(super) fn add_phone(&mut self, name: &str) -> usize {
        let handset = self.world.new_handset(name);
        let user = self.world.user(handset.user());
        self.phones
            .push(Phone::new(handset, user, self.world.time().now()));
        self.phones.len() - 1
    }

    fn step(&mut self, step: &Step) -> Result<(), Broken> {
        self.world.pass(1_000);
        self.count(step);
        match *step {
            Step::Phone { phone, event, pick } => self.happen(self.index(phone), event, pick)?,
            Step::Sync { phone, network } => self.sync_over(self.index(phone), network)?,
            Step::Office { act, pick } => self.act(act, pick)?,
            Step::Pass(millis) => self.world.pass(millis),
        }
        (0..self.phones.len()).try_for_each(|phone| self.look_at(phone))
    }

    fn count(&mut self, step: &Step) {
        self.summary.steps += 1;
        let text = match step {
            Step::Phone { event, .. } => format!("phone {event:?}"),
            Step::Sync { network, .. } => format!("sync {network:?}"),
            Step::Office { act, .. } => format!("office {act:?}"),
            Step::Pass(_) => "time passes".to_owned(),
        };
        let kind = text.split(['(', '{']).next().unwrap_or_default().trim();
        self.summary.note(kind);
    }

    fn index(&self, phone: usize) -> usize {
        phone % self.phones.len().max(1)
    }

    pub(super) fn phone(&self, phone: usize) -> &Phone {
        self.phones.get(phone).expect("a town has phones")
    }

    pub(super) fn phone_mut(&mut self, phone: usize) -> &mut Phone {
        self.phones.get_mut(phone).expect("a town has phones")
    }

    /// The server's books as they are now.
    pub(super) fn books(&self) -> Books {
        Books::read(&self.world.town().database())
    }
}
