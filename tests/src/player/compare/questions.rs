//! "Zelfde moment?": what is asked, what was answered, and which contact stands before which.

use super::judge::{Judge, Reading};
use crate::player::PlayError;
use drempel_client::Client;
use drempel_client::views::{Answer, Question};
use std::collections::{BTreeMap, BTreeSet};

type Pair = (String, String);

/// Compares the questions and their answers.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    let mut asked: BTreeMap<Pair, BTreeSet<&'static str>> = BTreeMap::new();
    for phone in judge.phones.values() {
        for question in phone.with(Client::same_moment_questions)? {
            let answer = answer_name(question.answer);
            asked.entry(pair(judge, &question)).or_default().insert(answer);
        }
    }
    for must in &judge.expected.same_moment_questions {
        let found = asked.remove(&must.pair).unwrap_or_default();
        let what = format!("same moment {} and {}", must.pair.0, must.pair.1);
        judge
            .comparison
            .same(what, &found, &BTreeSet::from([must.answered.as_str()]));
    }
    judge
        .comparison
        .check(asked.is_empty(), || format!("asked besides: {:?}", asked.keys()));
    hidden(judge)
}

fn pair(judge: &Judge<'_>, question: &Question) -> Pair {
    let (first, second) = (
        judge.name(question.first.record()),
        judge.name(question.second.record()),
    );
    if first <= second {
        (first, second)
    } else {
        (second, first)
    }
}

const fn answer_name(answer: Answer) -> &'static str {
    match answer {
        Answer::Open => "open",
        Answer::Same => "yes",
        Answer::Different => "no",
    }
}

fn hidden(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    let expected = judge.expected;
    for (hidden, kept) in &expected.hidden_as_same_moment {
        let (hidden_id, kept_id) = (judge.refs.get(hidden)?.id, judge.refs.get(kept)?.id);
        for replica in &judge.replicas {
            if !replica.records.contains_key(&hidden_id) || !replica.records.contains_key(&kept_id) {
                continue;
            }
            let what = format!("{hidden} behind {kept} on {}", replica.device);
            match replica.hidden.get(&hidden_id) {
                None if replica.hidden.get(&kept_id) == Some(&hidden_id) => {
                    judge.comparison.read_otherwise(Reading::OtherOneShown, what);
                }
                found => judge.comparison.same(what, &found, &Some(&kept_id)),
            }
        }
    }
    Ok(())
}
