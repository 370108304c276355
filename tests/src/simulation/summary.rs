//! What happened in runs, counted.

use super::step::{Network, Step};
use std::collections::BTreeMap;
use std::fmt;

/// What happened in one run or in many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Steps played.
    pub steps: u64,
    /// How often each kind of thing happened.
    pub counts: BTreeMap<String, u64>,
    /// A number that two runs of one plan share.
    pub fingerprint: u64,
}

impl Summary {
    /// Counts a step.
    pub(super) fn count(&mut self, step: &Step) {
        self.steps += 1;
        let kind = match step {
            Step::Deed { deed, .. } => format!("deed {deed:?}"),
            Step::Sync { network, .. } => format!("sync {}", name_of(*network)),
            Step::Phone { event, .. } => format!("phone {}", first_word(&format!("{event:?}"))),
            Step::Office { act, .. } => format!("office {}", first_word(&format!("{act:?}"))),
            Step::Pass(_) => "time passes".to_owned(),
        };
        self.note(&kind);
    }

    /// Counts something that happened.
    pub(super) fn note(&mut self, what: &str) {
        *self.counts.entry(what.to_owned()).or_default() += 1;
    }

    /// Adds another run.
    pub fn add(&mut self, other: &Summary) {
        self.steps += other.steps;
        for (kind, count) in &other.counts {
            *self.counts.entry(kind.clone()).or_default() += count;
        }
    }
}

fn name_of(network: Network) -> String {
    first_word(&format!("{network:?}")).to_owned()
}

fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{:>10} steps", self.steps)?;
        for (kind, count) in &self.counts {
            writeln!(out, "{count:>10} {kind}")?;
        }
        Ok(())
    }
}
