//! Rounds in numbers, as the app shows them on every device that may see the round.

use super::judge::Judge;
use crate::player::PlayError;
use drempel_client::ClientError;
use drempel_client::views::RoundReport;
use drempel_domain::id::Id;
use drempel_domain::records::rounds::Round;
use serde_json::{Map, Value, json};

/// Compares the reports.
pub(super) fn compare(judge: &mut Judge<'_>) -> Result<(), PlayError> {
    for (name, must) in &judge.expected.reports {
        let round: Id<Round> = judge.refs.id(name)?;
        let mut holders = 0;
        for phone in judge.phones.values() {
            let report = match phone.with(|client| client.round_report(round)) {
                Ok(report) => report,
                Err(PlayError::Client(ClientError::NotFound)) => continue,
                Err(other) => return Err(other),
            };
            holders += 1;
            for (figure, found) in figures(&report) {
                let expected = must.figures.get(&figure).cloned().unwrap_or_default();
                let what = format!("{figure} of {name} on {}", phone.named.id);
                judge.comparison.same(what, &found, &expected);
            }
        }
        judge
            .comparison
            .check(holders > 0, || format!("{name}: is on no device"));
    }
    Ok(())
}

fn figures(report: &RoundReport) -> Map<String, Value> {
    let figures = json!({
        "recorded": report.recorded,
        "street_contacts": report.street_contacts,
        "headcount_sum": report.headcount,
        "addresses_visited": report.addresses_visited,
        "nobody_home": report.nobody_home,
        "by_approach": report.by_approach,
        "by_mood": report.by_mood,
        "topics": report.topics,
        "age_bands": report.age_bands,
        "three_way_talks_agreed": report.three_way_talks_agreed,
        "closing_summary": report.closing_summary,
    });
    match figures {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
