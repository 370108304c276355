//! From a plan that breaks something to the shortest part of it that still does.

use super::player::Playable;

/// Leaves out steps for as long as the plan still fails, in ever smaller pieces.
pub fn shrunk<P: Playable>(plan: &P, fails: impl Fn(&P) -> bool) -> P {
    let mut plan = plan.clone();
    let mut piece = plan.length().div_ceil(2);
    while piece > 0 {
        let mut from = 0;
        while from < plan.length() {
            let shorter = plan.without(from, from + piece);
            if fails(&shorter) {
                plan = shorter;
            } else {
                from += piece;
            }
        }
        piece /= 2;
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::plan::Plan;
    use crate::simulation::step::Step;

    #[test]
    fn only_the_steps_that_matter_are_left() {
        let mut plan = Plan::of(3);
        let (first, second) = (Step::Pass(-3), Step::Pass(-5));
        plan.steps.insert(4, first);
        plan.steps.push(second);
        let short = shrunk(&plan, |plan| {
            plan.steps.contains(&first) && plan.steps.contains(&second)
        });
        assert_eq!(short.steps, [first, second]);
    }
}
