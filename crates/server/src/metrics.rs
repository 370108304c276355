//! What is counted of the server's work: numbers by kind, never by person, place or content.

use drempel_domain::sync_log::{Outcome, Verdict};
use drempel_protocol::synchronisation::SpaceRequest;

/// Counts an answer.
pub(crate) fn answered(path: &str, status: u16) {
    metrics::counter!("drempel_answers_total", "path" => path.to_owned(), "status" => status.to_string())
        .increment(1);
}

/// Counts what became of changes.
pub(crate) fn decided(outcomes: &[Outcome]) {
    for outcome in outcomes {
        let verdict = match outcome.verdict {
            Verdict::Taken => "taken",
            Verdict::Quarantined => "quarantined",
            Verdict::Missing => "missing",
            Verdict::Erased => "erased",
        };
        metrics::counter!("drempel_changes_total", "verdict" => verdict).increment(1);
    }
}

/// Counts devices that were found copied.
pub(crate) fn copy_found() {
    metrics::counter!("drempel_copies_found_total").increment(1);
}

/// Counts sealed entries that were handed in, opened or not.
pub(crate) fn deposited(opened: usize, unreadable: usize) {
    for (kind, number) in [("opened", opened), ("unreadable", unreadable)] {
        metrics::counter!("drempel_deposited_total", "kind" => kind)
            .increment(u64::try_from(number).unwrap_or(0));
    }
}

/// Counts records sent.
pub(crate) fn sent(records: usize) {
    metrics::counter!("drempel_records_sent_total").increment(u64::try_from(records).unwrap_or(0));
}

/// Counts what a device found wrong with its own copy of a space, which must never happen unexplained.
pub(crate) fn reported(space: &SpaceRequest) {
    let report = space.report.unwrap_or_default();
    if report.differs {
        metrics::counter!("drempel_digest_differs_total").increment(1);
        tracing::warn!(space = %space.space, "a device's digest differed; it reads the space again");
    }
    if report.unread > 0 {
        metrics::counter!("drempel_unread_reports_total").increment(1);
    }
}
