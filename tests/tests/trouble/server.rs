//! A server that cannot start, or a file that it cannot take in: one sentence, an exit code, and everything as it was.

use drempel_tests::network::site::{MUNICIPALITY, open};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

/// Runs the server's program, which must fail with one sentence that says this, and leave nothing running.
fn check_fails(arguments: &[&str], sentence: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_server-program"))
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {errors}");
    assert!(errors.contains(sentence), "{arguments:?}: {errors}");
    assert_eq!(errors.lines().count(), 1, "{errors}");
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(open(&data).unwrap());
    let data = text(&data);
    let rubbish = folder.path().join("rubbish.pem");
    fs::write(&rubbish, "geen certificaat").unwrap();
    let rubbish = text(&rubbish);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let beneath_file = [rubbish, "/data"].concat();
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("drempel.sqlite"), "geen database ".repeat(1_000)).unwrap();

    check_fails(
        &["serve", "--data", data, "--listen", &taken],
        &format!("cannot listen on {taken}"),
    );
    check_fails(
        &["serve", "--data", data, "--listen", "0.0.0.0:0"],
        "without a certificate",
    );
    check_fails(
        &[
            "serve",
            "--data",
            data,
            "--listen",
            "127.0.0.1:0",
            "--certificate",
            rubbish,
            "--key",
            rubbish,
        ],
        "the certificate or its key cannot be used",
    );
    check_fails(
        &[
            "serve",
            "--data",
            data,
            "--listen",
            "127.0.0.1:0",
            "--certificate",
            "/nowhere",
            "--key",
            "/nowhere",
        ],
        "the certificate or its key cannot be used",
    );
    check_fails(
        &["serve", "--data", &beneath_file, "--listen", "127.0.0.1:0"],
        "the data directory cannot be used",
    );
    check_fails(
        &["serve", "--data", text(&foreign), "--listen", "127.0.0.1:0"],
        "is no Drempel database",
    );

    assert_eq!(
        fs::read_to_string(foreign.join("drempel.sqlite")).unwrap(),
        "geen database ".repeat(1_000)
    );
    open(Path::new(data)).unwrap().make_code("ana").unwrap();
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    check_fails(
        &["serve", "--data", text(folder.path()), "--listen", "127.0.0.1:0"],
        "another server is running",
    );
    first.make_code("ana").unwrap();
}

#[test]
fn a_municipality_file_with_an_error_names_the_place_and_nothing_is_imported() {
    let with = |pointer: &str, value: Value| {
        let mut file: Value = serde_json::from_str(MUNICIPALITY).unwrap();
        *file.pointer_mut(pointer).unwrap() = value;
        file.to_string()
    };
    let cases = [
        (
            MUNICIPALITY.replacen("\"users\"", "users", 1),
            "line 14, column 43",
        ),
        (with("/memberships/2/user", json!("dirk")), "memberships[2].user"),
        (
            with("/memberships/1/space", json!("elders")),
            "memberships[1].space",
        ),
        (
            with("/memberships/0/from", json!("2026-02-30")),
            "memberships[0].from",
        ),
        (with("/spaces/0/regime", json!("geheim")), "regime"),
        (with("/users/1/name", json!(7)), "line 1, column"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("municipality.json");
    for (content, place) in cases {
        fs::write(&file, content).unwrap();
        check_fails(&["admin", "--data", text(&data), "import", text(&file)], place);
        check_fails(&["admin", "--data", text(&data), "make-code", "ana"], "");
    }
    open(&data).unwrap().make_code("ana").unwrap();
}
