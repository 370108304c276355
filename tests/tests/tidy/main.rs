//! Guards over the source itself: who may know whom, how a file opens, how long it is, what must stay as it was.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what is wrong by failing"
)]

mod mobile;
mod source;

use serde_json::Value;
use sha2::{Digest, Sha256};
use source::{Source, code_of, root, sources, within_parentheses};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// Which packages of this workspace each one may know. `tests` may know all, nobody knows `tests`.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("drempel-domain", &[]),
    ("drempel-protocol", &["drempel-domain"]),
    ("drempel-sealing", &["drempel-domain"]),
    ("drempel-store", &["drempel-domain"]),
    (
        "drempel-server",
        &["drempel-domain", "drempel-protocol", "drempel-sealing"],
    ),
    (
        "drempel-client",
        &[
            "drempel-domain",
            "drempel-protocol",
            "drempel-sealing",
            "drempel-store",
        ],
    ),
    (
        "drempel-screens",
        &[
            "drempel-client",
            "drempel-domain",
            "drempel-protocol",
            "drempel-store",
        ],
    ),
    ("drempel-hardware-key", &["drempel-sealing"]),
    (
        "drempel-app",
        &[
            "drempel-client",
            "drempel-domain",
            "drempel-hardware-key",
            "drempel-protocol",
            "drempel-screens",
            "drempel-sealing",
        ],
    ),
    ("drempel-browser-host", &["drempel-app"]),
];

/// What stays out of the packages that do no input or output, or only that of a database.
const NEVER: &[(&str, &[&str])] = &[
    (
        "drempel-domain",
        &["tokio", "rusqlite", "reqwest", "axum", "getrandom"],
    ),
    (
        "drempel-protocol",
        &["tokio", "rusqlite", "reqwest", "axum", "getrandom"],
    ),
    ("drempel-sealing", &["tokio", "rusqlite", "reqwest", "axum"]),
    ("drempel-store", &["tokio", "reqwest", "axum"]),
];

/// Folders within the client whose files do not mention one another.
const STRANGERS: &[(&str, &str)] = &[
    ("crates/client/src/actions", "crate::sync"),
    ("crates/client/src/sync", "crate::actions"),
];

/// Files named `mod.rs` that hold more than names, each with the reason.
const MORE_THAN_NAMES: &[&str] = &[
    // The list of all kinds of record, beside the modules that it lists.
    "crates/domain/src/records/mod.rs",
];

/// The most lines that a file may have, and those past which one is named in the output.
const LONGEST_FILE: usize = 600;
const LONG_FILE: usize = 400;

#[test]
fn packages_know_only_those_they_may() {
    for (package, dependencies) in dependencies() {
        if package == "drempel-tests" {
            continue;
        }
        let (_, may_know) = MAY_KNOW
            .iter()
            .find(|(name, _)| *name == package)
            .unwrap_or_else(|| panic!("{package}: say in MAY_KNOW which packages it may know"));
        for known in dependencies.iter().filter(|name| name.starts_with("drempel-")) {
            assert!(
                may_know.contains(&known.as_str()),
                "{package} must not know {known}"
            );
        }
    }
}

#[test]
fn packages_without_input_and_output_stay_so() {
    let dependencies = dependencies();
    for (package, never) in NEVER {
        for name in *never {
            assert!(
                !dependencies[*package].contains(*name),
                "{package} must not depend on {name}"
            );
        }
    }
}

#[test]
fn folders_that_are_strangers_do_not_mention_one_another() {
    for (folder, other) in STRANGERS {
        let files: Vec<Source> = sources()
            .into_iter()
            .filter(|file| file.path.starts_with(folder))
            .collect();
        assert!(!files.is_empty(), "{folder} has moved: name the new folder here");
        for file in files {
            // `crate::sync` is the folder, `crate::sync_log` would be something else.
            let mentions = file.code.match_indices(other).any(|(at, _)| {
                !file.code[at + other.len()..].starts_with(|next: char| next == '_' || next.is_alphanumeric())
            });
            assert!(!mentions, "{} mentions {other}", file.path);
        }
    }
}

#[test]
fn every_file_opens_with_a_sentence_that_says_what_it_owns() {
    for file in sources() {
        let first = file.text.lines().next().unwrap_or_default();
        let sentence = first.starts_with("//! ") && first.len() > 12;
        assert!(
            sentence,
            "{} must open with one sentence: //! What it owns.",
            file.path
        );
    }
}

#[test]
fn no_file_is_too_long_to_read_in_one_go() {
    for file in sources() {
        let lines = file.text.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines: cut it where its subjects part",
            file.path
        );
        if lines > LONG_FILE {
            println!("{} has {lines} lines: is it one subject?", file.path);
        }
    }
}

#[test]
fn mod_files_hold_only_names() {
    for file in sources() {
        let named = file.path.ends_with("/mod.rs") || file.path.ends_with("/lib.rs");
        if !named || MORE_THAN_NAMES.contains(&file.path.as_str()) {
            continue;
        }
        for line in file.text.lines().map(str::trim_start) {
            let definition = ["fn ", "struct ", "enum ", "trait ", "impl ", "impl<"]
                .iter()
                .any(|word| {
                    line.trim_start_matches("pub ")
                        .trim_start_matches("pub(crate) ")
                        .starts_with(word)
                });
            assert!(!definition, "{} holds more than names: {line}", file.path);
        }
    }
}

#[test]
fn no_sql_is_built_by_formatting() {
    for file in sources().iter().filter(|file| file.path.contains("/src/")) {
        for call in ["format!(", "write!(", "writeln!(", "format_args!("] {
            for (at, _) in file.code.match_indices(call) {
                let arguments = within_parentheses(&file.code[at + call.len()..]);
                assert!(
                    !looks_like_sql(arguments),
                    "{}: SQL in {call}{arguments})",
                    file.path
                );
            }
        }
    }
}

#[test]
fn sql_that_is_formatted_is_recognised() {
    for sql in [
        "\"select {column} from youth\"",
        "\"INSERT INTO {} values (1)\"",
        "\"update youth set {}\"",
        "\"pragma key = {key}\"",
    ] {
        assert!(looks_like_sql(sql), "{sql}");
    }
    for words in ["\"{name} selects nothing\"", "\"an update of {name}\""] {
        assert!(!looks_like_sql(words), "{words}");
    }
}

#[test]
fn the_protocols_text_belongs_to_these_wire_types() {
    let document = fs::read_to_string(root().join("sync-protocol.md")).unwrap();
    let written = document
        .lines()
        .find_map(|line| line.strip_prefix("wire-types: sha256:"))
        .expect("sync-protocol.md has a line `wire-types: sha256:…`");
    let actual = hash_of_wire_types();
    assert!(
        written == actual,
        "the types that carry the protocol have changed since sync-protocol.md was last read beside them: \
         read your change, mend the text where it no longer says what the types do, then write \
         `wire-types: sha256:{actual}` in it"
    );
}

#[test]
fn comments_and_spaces_do_not_count_as_a_change_of_the_wire_types() {
    let one =
        code_of("//! Owns.\npub struct A { // why\n    b: &'static str, /* c */ }\nconst Q: char = '\"';\n");
    let other =
        code_of("pub struct A{b:&'static str,}\n\nconst Q:char='\"'; // \"\n#[cfg(test)]\nmod tests {}\n");
    assert_eq!(without_spaces(&one), without_spaces(&other));
    assert_ne!(
        without_spaces(&code_of("a(\"x // y\")")),
        without_spaces(&code_of("a(\"x\")"))
    );
}

#[test]
fn released_migrations_stay_as_they_were() {
    let list = root().join("migrations/released.sha256");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let released = !manifest.contains("\nversion = \"0.");
    assert_eq!(
        list.exists(),
        released,
        "migrations/released.sha256 lists them from version 1.0 on"
    );
    for line in fs::read_to_string(&list).unwrap_or_default().lines() {
        let (hash, name) = line
            .split_once("  ")
            .expect("each line is <sha256><two spaces><path>");
        let content = fs::read(root().join(name)).unwrap_or_default();
        assert_eq!(
            hash,
            hex(&content),
            "{name} was released: add a new migration instead of editing it"
        );
    }
}

/// The names of the packages that each package of the workspace depends on, for its tests too.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let of = |package: &Value| {
        package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(name)
            .collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (name(package), of(package)))
        .collect()
}

fn hash_of_wire_types() -> String {
    let carries = |path: &str| {
        ["crates/protocol/src/", "crates/domain/src/sync_log/"]
            .iter()
            .any(|folder| path.starts_with(folder))
            || path == "crates/domain/src/space.rs"
    };
    let mut all = String::new();
    for file in sources().iter().filter(|file| carries(&file.path)) {
        writeln!(all, "{}\n{}", file.path, without_spaces(&file.code)).unwrap();
    }
    hex(all.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
}

fn without_spaces(code: &str) -> String {
    code.split_whitespace().collect()
}

fn looks_like_sql(text: &str) -> bool {
    let text = text.to_lowercase();
    let both = |one: &str, two: &str| text.find(one).is_some_and(|at| text[at..].contains(two));
    both("select ", " from ")
        || both("\"update ", " set ")
        || [
            "insert into ",
            "delete from ",
            "create table ",
            "alter table ",
            "drop table ",
            "attach database ",
        ]
        .iter()
        .any(|words| text.contains(words))
        || text.contains("\"pragma ")
}
