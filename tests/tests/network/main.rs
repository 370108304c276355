//! What a bad network does to a device: each fault has its own name, nothing is lost, and a later synchronisation completes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what is wrong by failing"
)]

mod tls;

use drempel_client::Client;
use drempel_client::actions::Given;
use drempel_client::sync::{Http, SyncError, SyncReport, TransportError};
use drempel_domain::id::RecordId;
use drempel_domain::record::Named as _;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::sync_log::{FieldName, Fields};
use drempel_domain::value::Value;
use drempel_store::Query;
use drempel_tests::crash::victim::{start_server, wait_for_server};
use drempel_tests::network::device::{enrol, open, team};
use drempel_tests::network::relay::{Fault, Relay};
use drempel_tests::network::site::Site;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// A server, a relay to it and two devices of one team.
struct Street {
    _folder: TempDir,
    relay: Relay,
    ana: Client,
    bo: Client,
    _site: Site,
}

impl Street {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::start(&folder.path().join("server")).await.unwrap();
        let relay = Relay::to(site.socket()).await.unwrap();
        let ana = enrolled(folder.path(), "ana", &relay.address()).await;
        let bo = enrolled(folder.path(), "bo", &relay.address()).await;
        Self {
            _folder: folder,
            relay,
            ana,
            bo,
            _site: site,
        }
    }

    /// Ana saves a note and synchronises while the network does this.
    async fn try_to_deliver(&self, fault: Fault) -> Result<SyncReport, SyncError> {
        note(&self.ana, "Stond bij de brug");
        self.relay.set(fault);
        let outcome = sync(&self.ana, &self.relay.address()).await;
        self.relay.set(Fault::None);
        outcome
    }

    /// On a network that works again, everything that ana saved arrives, once.
    async fn check_that_everything_arrives(&self) {
        let address = self.relay.address();
        assert!(sync(&self.ana, &address).await.unwrap().complete);
        assert_eq!(self.ana.waiting().unwrap(), 0);
        assert!(sync(&self.bo, &address).await.unwrap().complete);
        assert_eq!(notes(&self.bo), notes(&self.ana));
    }
}

async fn enrolled(folder: &Path, user: &str, server: &str) -> Client {
    let folder = folder.join(user);
    let client = open(&folder).unwrap();
    enrol(&client, server, user, &folder.join("code")).await.unwrap();
    client
}

/// Synchronises on a connection of its own.
async fn sync(client: &Client, server: &str) -> Result<SyncReport, SyncError> {
    client.synchronise(&Http::to(server, &[]).unwrap()).await
}

fn note(client: &Client, text: &str) {
    let _ = client.note(team(client).unwrap(), text, None).unwrap();
}

fn notes(client: &Client) -> u64 {
    client
        .store()
        .read(|reader| reader.count(&Query::of::<QuickNote>()))
        .unwrap()
}

/// So many places within that many bytes, the first and the last included.
fn places(bytes: u64, number: u64) -> impl Iterator<Item = u64> {
    (0..number).map(move |place| place * bytes.saturating_sub(1) / (number - 1))
}

#[tokio::test]
async fn a_connection_that_breaks_at_any_byte_loses_nothing() {
    let street = Street::new().await;
    street.try_to_deliver(Fault::None).await.unwrap();
    street.relay.carried().take();
    let whole = street.try_to_deliver(Fault::None).await.unwrap();
    assert_eq!(whole.rounds, 1);
    let (up, down) = street.relay.carried().take();
    // Lengths differ by a few bytes from one time to the next: identifiers and times compress differently.
    let requests = places(up - 40, 25).map(Fault::CutRequest);
    let answers = places(down - 40, 25).map(Fault::CutAnswer);
    for fault in requests.chain(answers) {
        let before = street.ana.waiting().unwrap();
        let outcome = street.try_to_deliver(fault.clone()).await;
        let broken = matches!(outcome, Err(SyncError::Transport(TransportError::Interrupted)));
        assert!(broken, "{fault:?}: {outcome:?}");
        assert_eq!(street.ana.waiting().unwrap(), before + 1, "{fault:?}");
        if before > 4 {
            street.check_that_everything_arrives().await;
        }
    }
    street.check_that_everything_arrives().await;
    assert_eq!(notes(&street.bo), 52);
}

#[tokio::test]
async fn whoever_answers_instead_of_the_server_is_recognised() {
    let said = |head: &str, body: &str| {
        let length = body.len();
        Fault::SomebodyAnswers(format!(
            "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        ))
    };
    let page = "<html><body>Welkom op de gratis wifi</body></html>";
    let cases = [
        (
            said("200 OK\r\ncontent-type: text/html; charset=utf-8", page),
            "a sign-in page of the network",
        ),
        (
            said("302 Found\r\nlocation: https://login.example/", ""),
            "a sign-in page of the network",
        ),
        (
            said(
                "511 Network Authentication Required\r\ncontent-type: text/html",
                page,
            ),
            "a sign-in page of the network",
        ),
        (
            said("502 Bad Gateway\r\ncontent-type: text/html", page),
            "the server refused: unavailable",
        ),
        (
            said("503 Service Unavailable\r\ncontent-type: text/plain", "later"),
            "the server refused: unavailable",
        ),
        (
            said("404 Not Found\r\ncontent-type: application/json", "{}"),
            "not a Drempel server (status 404)",
        ),
        (
            said("200 OK\r\ncontent-type: application/json", r#"{"hello":"world"}"#),
            "not of the expected shape",
        ),
        (
            said(
                "200 OK\r\ncontent-type: application/json\r\ncontent-encoding: zstd",
                "{}",
            ),
            "cannot be decompressed",
        ),
        (
            Fault::SomebodyAnswers("SSH-2.0-server\r\n".to_owned()),
            "the connection broke",
        ),
    ];
    let street = Street::new().await;
    for (fault, expected) in cases {
        let error = street.try_to_deliver(fault.clone()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{fault:?}: {error}");
        street.check_that_everything_arrives().await;
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_reached() {
    let street = Street::new().await;
    note(&street.ana, "Stond bij de brug");
    // A port that was free a moment ago.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = sync(&street.ana, &format!("http://{nobody}")).await.unwrap_err();
    assert!(
        matches!(error, SyncError::Transport(TransportError::Unreachable)),
        "{error:?}"
    );
    street.check_that_everything_arrives().await;
}

#[tokio::test]
async fn a_server_that_keeps_silent_is_given_up() {
    let street = Street::new().await;
    note(&street.ana, "Stond bij de brug");
    street.relay.set(Fault::Silence);
    let address = street.relay.address();
    let http = Http::to(&address, &[]).unwrap();
    let waits = street.ana.synchronise(&http);
    let time_passes = async {
        street.relay.carried().swallowed().await;
        // From here on nothing happens but time, which need not be waited for.
        tokio::time::pause();
    };
    let (outcome, ()) = tokio::join!(waits, time_passes);
    tokio::time::resume();
    let error = outcome.unwrap_err();
    assert!(
        matches!(error, SyncError::Transport(TransportError::TimedOut)),
        "{error:?}"
    );
    street.relay.set(Fault::None);
    street.check_that_everything_arrives().await;
}

#[tokio::test]
async fn a_server_that_is_killed_between_two_batches_has_everything_once_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_crash"));
    let mut server = start_server(program, folder.path()).unwrap();
    let first = wait_for_server(folder.path()).unwrap();
    let socket = |address: &str| address.trim_start_matches("http://").parse().unwrap();
    let relay = Relay::to(socket(&first)).await.unwrap();
    let ana = enrolled(folder.path(), "ana", &relay.address()).await;
    let given = (0..2_500).map(|number| Given {
        collection: QuickNote::NAME,
        record: RecordId::new(Uuid::from_u128(number)),
        set: Fields::from([(FieldName::new("text").unwrap(), Value::from("Stond bij de brug"))]),
    });
    let _ = ana.create_all(team(&ana).unwrap(), given.collect()).unwrap();
    // The first batch passes; the connection breaks within the second, and the server is gone.
    let half = batches_up_to(&ana, &relay).await;
    server.kill().unwrap();
    std::fs::remove_file(folder.path().join("address")).unwrap();
    assert!((1..2_500).contains(&half), "{half}");
    let error = sync(&ana, &relay.address()).await.unwrap_err();
    assert!(matches!(error, SyncError::Transport(_)), "{error:?}");
    let _server = start_server(program, folder.path()).unwrap();
    relay.lead_to(socket(&wait_for_server(folder.path()).unwrap()));
    assert!(sync(&ana, &relay.address()).await.unwrap().complete);
    assert_eq!(ana.waiting().unwrap(), 0);
    let bo = enrolled(folder.path(), "bo", &relay.address()).await;
    assert!(sync(&bo, &relay.address()).await.unwrap().complete);
    assert_eq!(notes(&bo), 2_500);
}

/// Lets ana deliver until the connection breaks behind the first batch; how many changes still wait then.
async fn batches_up_to(ana: &Client, relay: &Relay) -> u64 {
    for bytes in (2_000..400_000).step_by(2_000) {
        relay.set(Fault::CutRequest(bytes));
        let outcome = sync(ana, &relay.address()).await;
        relay.set(Fault::None);
        assert!(outcome.is_err(), "the connection was to break");
        let waiting = ana.waiting().unwrap();
        if waiting < 2_500 {
            return waiting;
        }
    }
    panic!("no batch was delivered");
}
