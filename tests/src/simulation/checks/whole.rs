//! At the end: everything together.

use crate::simulation::broken::Broken;
use crate::simulation::run::Run;

impl Run {
    /// Everything that does not hold at rest, of each kind the first.
    pub fn check(&mut self) -> Vec<Broken> {
        let books = self.books();
        let halves = (0..self.phones.len()).try_for_each(|phone| self.check_halves(phone));
        let checks = [
            halves,
            self.check_replicas(&books),
            self.check_outcomes(&books),
            self.check_times(&books),
            self.check_order(&books),
            self.check_findable(&books),
            self.check_erased(&books),
            self.check_privacy(&books),
            self.check_replay(),
        ];
        checks.into_iter().filter_map(Result::err).collect()
    }
}
