//! The project's own day is played and ends as it must; so does a longer file, where one lies beside the project.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use drempel_tests::player::{Comparison, Expected, Played, Reading, Script, compare, tell};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The program of the server.
const SERVER: &str = env!("CARGO_BIN_EXE_town_server");

/// A file with its municipality and what must hold at its end.
struct Week {
    lines: String,
    municipality: String,
    expected: String,
}

impl Week {
    fn read(folder: &Path, name: &str) -> Option<Self> {
        let text = |file: String| fs::read_to_string(folder.join(file)).ok();
        Some(Self {
            lines: text(format!("{name}.jsonl"))?,
            municipality: text("municipality.json".to_owned())?,
            expected: text(format!("{name}.expected.json"))?,
        })
    }

    /// Plays it; the directory holds the devices' files for as long as they are looked at.
    async fn play(&self, seed: u64) -> (Played, TempDir) {
        let directory = tempfile::tempdir().unwrap();
        let script = Script {
            lines: &self.lines,
            municipality: &self.municipality,
            server: Path::new(SERVER),
            directory: directory.path(),
            seed,
        };
        (Played::play(&script).await.unwrap(), directory)
    }

    fn expected(&self) -> Expected {
        Expected::read(&self.expected).unwrap()
    }
}

fn own_day() -> Week {
    Week::read(&project().join("tests/data"), "day").expect("the project's own day is there")
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn assert_no_difference(played: &Played, comparison: &Comparison) {
    assert_eq!(comparison.differences, [""; 0]);
    assert!(played.skipped.is_empty(), "{:?}", played.skipped);
    assert!(comparison.compared > 100);
}

#[tokio::test]
async fn the_own_day_ends_as_it_must_and_a_second_time_alike() {
    let day = own_day();
    let (mut first, _kept) = day.play(1).await;
    let comparison = compare(&mut first, &day.expected()).unwrap();
    assert_no_difference(&first, &comparison);
    let readings: Vec<Reading> = comparison.readings.keys().copied().collect();
    assert_eq!(readings, [Reading::WordInACopy, Reading::ReferralMirrored]);
    let (mut again, _kept) = day.play(1).await;
    let again = again.digests().unwrap();
    assert_eq!(first.digests().unwrap(), again);
    let (mut other, _kept) = day.play(2).await;
    assert_ne!(again, other.digests().unwrap(), "other identifiers");
}

#[tokio::test]
async fn every_kind_of_expectation_can_fail() {
    let day = own_day();
    let (mut played, _kept) = day.play(1).await;
    let mut expected: Value = serde_json::from_str(&day.expected).unwrap();
    for (place, value, _) in wrong_expectations() {
        *expected
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("there is no {place}")) = value;
    }
    let expected = Expected::read(&expected.to_string()).unwrap();
    let differences = compare(&mut played, &expected).unwrap().differences;
    for (place, _, difference) in wrong_expectations() {
        let seen = differences.iter().any(|line| line.contains(difference));
        assert!(
            seen,
            "{place} can say anything: no {difference:?} in {differences:#?}"
        );
    }
}

/// Where the expectations are made wrong, what they say then, and a part of the difference that must be seen.
fn wrong_expectations() -> Vec<(&'static str, Value, &'static str)> {
    let conflict = json!([{ "record": "c3", "field": "note", "value": "weg" }]);
    vec![
        ("/lines", json!(90), "lines: found 89"),
        (
            "/counts_per_space/wijkteam/street_contact/live",
            json!(5),
            "street_contact in wijkteam on",
        ),
        (
            "/copies_by_share_or_disclosure/0/fields",
            json!(["ground"]),
            "ct1@overleg.ground on chris-desktop",
        ),
        (
            "/users/ana/spaces/wijkteam",
            json!("member"),
            "role in wijkteam on ana-phone",
        ),
        (
            "/users/chris/visible/youth",
            json!(3),
            "youth visible on chris-desktop",
        ),
        (
            "/users/ana/copies_visible",
            json!(["ct1@overleg"]),
            "copies on ana-phone",
        ),
        (
            "/users/bo/search_must_find/0/word",
            json!("brommer"),
            "is not found by brommer",
        ),
        (
            "/users/ana/search_must_not_find",
            json!(["wierdsma"]),
            "wierdsma on ana-phone: finds",
        ),
        (
            "/users/ana/never_in_any_byte_on_this_users_devices",
            json!(["trots"]),
            "trots on ana-phone: is in a byte",
        ),
        (
            "/contested_fields/0/final",
            json!("iets anders"),
            "g1.text on ana-phone: another value stands",
        ),
        (
            "/contested_fields/0/findable_as_overwritten/0/value",
            json!("iets anders"),
            "g1.text by ana on",
        ),
        (
            "/contested_fields/1/findable_as_overwritten/0/by",
            json!("ana"),
            "y-noor.school_state by ana on",
        ),
        (
            "/delete_conflicts",
            conflict,
            "edited apart from the deletion is lost",
        ),
        (
            "/links_made_to_a_record_deleted_elsewhere",
            json!([{ "record": "nergens" }]),
            "nergens: is gone",
        ),
        ("/rejected/0/why", json!("missing"), "line 27 refused: found"),
        ("/rejected/1/n", json!(1), "line 1 refused: found None"),
        (
            "/rejected/2/stays_on_device",
            json!(false),
            "line 58 refused: found",
        ),
        ("/warnings/0/age", json!(14), "y-tim: nobody was told"),
        (
            "/same_moment_questions/0/answered",
            json!("no"),
            "same moment c1 and c2",
        ),
        ("/hidden_as_same_moment", json!({ "c3": "c1" }), "c3 behind c1 on"),
        (
            "/drafts_after_kill/0/must_come_back/note",
            json!("Noor"),
            "draft after the kill of line 22",
        ),
        (
            "/salvaged_from_lost_or_revoked_devices/0/changes",
            json!(3),
            "salvaged: found",
        ),
        (
            "/actions_open_by_day/2026-04-16/today",
            json!({}),
            "to do on 2026-04-16",
        ),
        ("/actions_done", json!([]), "actions done: found"),
        ("/reports/r1/headcount_sum", json!(8), "headcount_sum of r1 on"),
        ("/derived/caseload/ana", json!(3), "caseload of ana on"),
        (
            "/derived/suggest_referral",
            json!([]),
            "referral suggested: found",
        ),
        (
            "/derived/suggest_background_role",
            json!(["y-noor"]),
            "background suggested: found",
        ),
        (
            "/derived/next_measurement_due",
            json!({ "y-noor": "2026-10-14" }),
            "next measurements: found",
        ),
        (
            "/derived/social_parent_intended_until",
            json!({ "y-noor": "2029-04-14" }),
            "social parents until: found",
        ),
        (
            "/derived/active_fixed_contacts",
            json!({ "y-noor": ["c1"] }),
            "fixed contacts of y-noor",
        ),
        (
            "/derived/quick_notes_in_inbox_and_discard_after/q3",
            json!("2026-04-27"),
            "notes that wait: found",
        ),
        ("/derived/phase", json!({}), "phases: found"),
        ("/derived/budget/b1", json!(["approved", 4201]), "budget: found"),
        (
            "/text_sha256_first_16/c3.note",
            json!("0000000000000000"),
            "text of c3.note on",
        ),
        (
            "/record_index/c3",
            json!(["wijkteam", "street_contact", "deleted"]),
            "c3 on ana-phone: found",
        ),
        (
            "/record_index/c1",
            json!(["overleg", "street_contact", "live"]),
            "space of c1 on",
        ),
        (
            "/record_index/y-noor",
            json!(["wijkteam", "goal", "live"]),
            "kind of y-noor",
        ),
    ]
}

#[tokio::test]
async fn the_evening_that_is_told_holds() {
    let directory = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let ending = tell(&mut told, Path::new(SERVER), directory.path())
        .await
        .unwrap();
    let told = String::from_utf8(told).unwrap();
    assert_eq!(ending.failed, [""; 0], "{told}");
    assert_eq!(told.matches('✓').count(), ending.looked_at);
    assert!(told.contains("letter voor letter"), "{told}");
}

#[tokio::test]
async fn a_longer_file_beside_the_project_ends_as_it_must() {
    // Only where somebody has put one there; the project's own day is always played.
    let Some(week) = Week::read(&project().join("../shared/data"), "field-week") else {
        return;
    };
    let (mut played, _kept) = week.play(1).await;
    let comparison = compare(&mut played, &week.expected()).unwrap();
    assert_no_difference(&played, &comparison);
}
