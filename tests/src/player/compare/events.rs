//! What happened on the way: refusals, what people were told, drafts, what was saved from lost devices.

use super::judge::Comparison;
use crate::player::expected::{Expected, Rejected, Warned};
use crate::player::play::Played;
use drempel_client::Warning;

/// Compares what happened.
pub(super) fn compare(comparison: &mut Comparison, played: &Played, expected: &Expected) {
    rejections(comparison, played, expected);
    told(comparison, played, expected);
    drafts(comparison, played, expected);
    let mut salvaged = played.salvaged.clone();
    let mut must = expected.salvaged_from_lost_or_revoked_devices.clone();
    salvaged.sort();
    must.sort();
    comparison.same("salvaged", &salvaged, &must);
}

fn rejections(comparison: &mut Comparison, played: &Played, expected: &Expected) {
    for must in &expected.rejected {
        let found = played.rejections.iter().find(|found| found.n == must.n);
        let as_found = found.map(|found| {
            let by = if found.by_server { "server" } else { "device" };
            (by, found.why.as_str(), found.field.as_deref(), found.stays)
        });
        comparison.same(
            format!("line {} refused", must.n),
            &as_found,
            &Some(in_short(must)),
        );
    }
    for found in &played.rejections {
        let must = expected.rejected.iter().any(|must| must.n == found.n);
        comparison.check(must, || {
            format!(
                "line {} refused: {} in {:?}, expected to be taken",
                found.n, found.why, found.field
            )
        });
    }
}

fn in_short(must: &Rejected) -> (&str, &str, Option<&str>, bool) {
    (&must.by, &must.why, must.field.as_deref(), must.stays_on_device)
}

fn told(comparison: &mut Comparison, played: &Played, expected: &Expected) {
    let must = |must: &Warned, name: &str, warning: Warning| {
        must.name == name
            && match warning {
                Warning::Caseload { .. } => must.warning.starts_with("caseload"),
                Warning::AgeOutside { age } => {
                    must.warning.starts_with("age_outside") && must.age == Some(age)
                }
            }
    };
    // Two fixed contacts at a time are a question, not something told: they are compared with what is derived.
    let at_once = expected
        .warnings
        .iter()
        .filter(|warned| warned.warning != "two_active_fixed_contacts");
    for warned in at_once {
        let found = played
            .told
            .iter()
            .any(|told| must(warned, &told.name, told.warning));
        comparison.check(found, || {
            format!("{}: nobody was told {}", warned.name, warned.warning)
        });
    }
    for told in &played.told {
        let expected = expected
            .warnings
            .iter()
            .any(|warned| must(warned, &told.name, told.warning));
        comparison.check(expected, || {
            format!("{}: somebody was told {:?}", told.name, told.warning)
        });
    }
}

fn drafts(comparison: &mut Comparison, played: &Played, expected: &Expected) {
    for must in &expected.drafts_after_kill {
        let found = played.drafts.iter().find(|(n, _)| *n == must.n);
        let found = found.map(|(_, draft)| (&draft.form, &draft.content));
        let what = format!("draft after the kill of line {}", must.n);
        comparison.same(what, &found, &Some((&must.form, &must.must_come_back)));
    }
    comparison.same(
        "drafts after a kill",
        &played.drafts.len(),
        &expected.drafts_after_kill.len(),
    );
}
