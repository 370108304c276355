//! The program itself: what it refuses, how it serves, how it stops.

use crate::support::MUNICIPALITY;
use rustls::pki_types::ServerName;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

fn program(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drempel-server"));
    command
        .args(arguments)
        .env("DREMPEL_DATA", data)
        .env_remove("RUST_LOG");
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    program(data, arguments).output().unwrap()
}

/// A running server, stopped when it is dropped.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut command = program(data, &["serve", "--listen", "127.0.0.1:0", "--log", "json"]);
        let mut process = command.args(more).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap());
        let mut lines = log.lines().map(Result::unwrap);
        let address = lines.find_map(|line| {
            let event: serde_json::Value = serde_json::from_str(&line).unwrap();
            event["fields"]["address"]
                .as_str()
                .map(|address| address.parse().unwrap())
        });
        // Whoever does not read the rest would hold the server up.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            address: address.unwrap(),
        }
    }

    fn stop(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.process.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already when the test went well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn get(stream: &mut (impl Read + Write), path: &str) -> String {
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    // TLS may end without a farewell.
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence_and_ends_with_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let letter = folder.path().join("letter.pem");
    std::fs::write(&letter, "dear mother").unwrap();
    let letter = letter.to_str().unwrap();
    let foreign = folder.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("drempel.sqlite"), "x".repeat(5_000)).unwrap();
    let on_loopback = ["serve", "--listen", "127.0.0.1:0"];
    let with = |more: &[&'static str]| [&on_loopback[..], more].concat();
    let cases: [(&Path, Vec<&str>, &str); 8] = [
        (&data, vec!["serve", "--listen", "0.0.0.0:0"], "loopback"),
        (
            &data,
            with(&["--metrics", "0.0.0.0:0"]),
            "metrics are shown on a loopback address only",
        ),
        (&data, vec!["serve", "--listen", &taken], "cannot listen on"),
        (
            &data,
            [&on_loopback[..], &["--certificate", letter, "--key", letter]].concat(),
            "certificate",
        ),
        (Path::new("/proc/nowhere/data"), with(&[]), "data directory"),
        (&foreign, with(&[]), "no Drempel database"),
        (&data, vec!["admin", "make-code", "zoe"], "no such user"),
        (&data, vec!["admin", "import", letter], "line 1"),
    ];
    for (data, arguments, said) in cases {
        let output = run(data, &arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {error}");
        let last = error.lines().last().unwrap();
        assert!(
            last.starts_with("drempel-server: ") && last.contains(said),
            "{arguments:?}: {error}"
        );
    }
}

#[test]
fn it_serves_lets_an_administrator_work_beside_it_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("municipality.json");
    std::fs::write(&file, MUNICIPALITY).unwrap();
    let server = Server::start(&data, &[]);
    let second = run(&data, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(
        String::from_utf8(second.stderr)
            .unwrap()
            .contains("another server is running")
    );

    let imported = run(&data, &["admin", "import", file.to_str().unwrap()]);
    assert_eq!(
        String::from_utf8(imported.stdout).unwrap(),
        "4 users, 8 spaces, 12 memberships, 3 codes, 1 spots, 1 partners\n"
    );
    let code = run(&data, &["admin", "make-code", "ana"]);
    assert_eq!(String::from_utf8(code.stdout).unwrap().trim().len(), 14);
    let backup = folder.path().join("backup.sqlite");
    assert!(
        run(&data, &["admin", "backup", backup.to_str().unwrap()])
            .status
            .success()
    );
    assert!(backup.exists());
    for arguments in [
        ["admin", "devices"].as_slice(),
        &["admin", "quarantine", "list"],
        &["admin", "age"],
        &["admin", "grant", "ana", "cases", "reader"],
        &["admin", "revoke-membership", "ana", "cases"],
        &["admin", "set-code", "topics", "vapes", "Vapes"],
        &["admin", "confirm"],
        &["admin", "removals"],
        &["admin", "missing"],
        &["admin", "rotate-key"],
        &["admin", "audit", "list"],
        &["admin", "audit", "verify"],
    ] {
        assert!(run(&data, arguments).status.success(), "{arguments:?}");
    }
    let nobody = "00000000-0000-0000-0000-000000000001";
    let before = ["--before", "2026-03-06T22:31:00+01:00"];
    let release = ["admin", "quarantine", "release-device", nobody];
    let refused = run(&data, &[&release[..], &before].concat());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("no such device")
    );
    let answer = get(&mut TcpStream::connect(server.address).unwrap(), "/v1/health");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(!answer.to_lowercase().contains("strict-transport-security"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn invitations_are_printed_into_a_new_file_that_only_its_owner_reads() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (
        folder.path().join("data"),
        folder.path().join("municipality.json"),
    );
    std::fs::write(&file, MUNICIPALITY).unwrap();
    assert!(
        run(&data, &["admin", "import", file.to_str().unwrap()])
            .status
            .success()
    );
    let sheets = folder.path().join("uitnodigingen.html");
    let invite = |server: &str| {
        let print = sheets.to_str().unwrap();
        run(
            &data,
            &[
                "admin", "invite", "--team", "team", "--server", server, "--print", print,
            ],
        )
    };
    let refused = invite("http://drempel.example.nl");
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("an address is https://")
    );
    assert!(!sheets.exists());
    let printed = invite("https://drempel.example.nl");
    assert_eq!(
        String::from_utf8(printed.stdout).unwrap(),
        "3 invitations, valid for 72 hours\n"
    );
    let mode = std::fs::metadata(&sheets).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let page = std::fs::read_to_string(&sheets).unwrap();
    assert_eq!(page.matches("<svg").count(), 3);
    assert_eq!(
        invite("https://drempel.example.nl").status.code(),
        Some(1),
        "never overwritten"
    );
}

#[test]
fn an_audit_log_that_does_not_hold_is_told_with_the_first_entry_and_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (
        folder.path().join("data"),
        folder.path().join("municipality.json"),
    );
    std::fs::write(&file, MUNICIPALITY).unwrap();
    for arguments in [
        ["admin", "import", file.to_str().unwrap()].as_slice(),
        &["admin", "make-code", "ana"],
        &["admin", "make-code", "bo"],
    ] {
        assert!(run(&data, arguments).status.success());
    }
    let whole = run(&data, &["admin", "audit", "verify"]);
    let told = String::from_utf8(whole.stdout).unwrap();
    assert!(told.starts_with("audit log: 3 entries hold, head "), "{told}");
    let head = told.trim().rsplit(' ').next().unwrap();
    let known = run(&data, &["admin", "audit", "verify", "--head", head]);
    assert_eq!(known.status.code(), Some(0));
    let other = run(&data, &["admin", "audit", "verify", "--head", &"0".repeat(64)]);
    assert_eq!(other.status.code(), Some(1));
    let database = rusqlite::Connection::open(data.join("drempel.sqlite")).unwrap();
    database
        .execute_batch(
            "drop trigger audit_is_not_updated;
             update audit set fields = replace(fields, 'invited', 'refused') where number = 2;",
        )
        .unwrap();
    let broken = run(&data, &["admin", "audit", "verify"]);
    assert_eq!(broken.status.code(), Some(1));
    let told = String::from_utf8(broken.stderr).unwrap();
    assert!(told.contains("does not hold from entry 2 on"), "{told}");
}

#[test]
fn it_serves_over_tls_and_shows_metrics_without_names() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (
        folder.path().join("certificate.pem"),
        folder.path().join("key.pem"),
    );
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    // Free again as soon as it is known.
    let metrics = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::start(
        &folder.path().join("data"),
        &[
            "--certificate",
            certificate.to_str().unwrap(),
            "--key",
            key.to_str().unwrap(),
            "--metrics",
            &metrics.to_string(),
        ],
    );
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = rustls::ClientConnection::new(Arc::new(client), name).unwrap();
    let socket = TcpStream::connect(server.address).unwrap();
    let mut stream = rustls::StreamOwned::new(connection, socket);
    let answer = get(&mut stream, "/v1/health");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(
        answer
            .to_lowercase()
            .contains("strict-transport-security: max-age=")
    );

    let page = get(&mut TcpStream::connect(metrics).unwrap(), "/metrics");
    assert!(
        page.contains(r#"drempel_answers_total{path="/v1/health",status="200"} 1"#),
        "{page}"
    );
    assert_eq!(server.stop(), Some(0));
}
