//! A disk that is full or read-only: a clear error, nothing half-saved, and recording works again when it can.

use super::{CRASH, enrolled_device, note};
use drempel_tests::crash::small_disk::count;
use drempel_tests::network::device::open;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a script with these arguments where it may mount what nobody else sees; nothing where this machine lets nobody
/// do so.
fn in_own_mounts(script: &str, arguments: &[&Path]) -> Option<Output> {
    let own = |user: bool| {
        let mut command = Command::new("unshare");
        command.arg("--mount");
        if user {
            command.args(["--user", "--map-root-user"]);
        }
        command
    };
    // Root needs no user namespace, which may be forbidden; others need one.
    let user = [false, true].into_iter().find(|user| {
        let tried = own(*user).args(["mount", "-t", "tmpfs", "none", "/mnt"]).output();
        tried.is_ok_and(|tried| tried.status.success())
    })?;
    let mut command = own(user);
    command.args(["sh", "-ec", script, "sh"]).args(arguments);
    Some(command.output().unwrap())
}

/// The output of a program that has to succeed.
fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_full_disk_refuses_a_save_whole_and_takes_the_next_one_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let device = enrolled_device(folder.path());
    let script = r#"
        mount -t tmpfs -o size=12m none /mnt
        cp "$2"/* /mnt
        head -c 3000000 /dev/zero > /mnt/ballast
        exec "$1" fill-up --folder /mnt --ballast /mnt/ballast"#;
    let Some(output) = in_own_mounts(script, &[Path::new(CRASH), &device]) else {
        return a_file_that_may_not_grow_refuses_a_save_whole(&device);
    };
    let counts = said(&output);
    let lines: Vec<_> = counts.lines().collect();
    assert_eq!(lines.len(), 2, "{counts}");
    for line in lines {
        let numbers: Vec<usize> = line
            .split([' ', ','])
            .filter_map(|word| word.parse().ok())
            .collect();
        assert!(numbers[0] > 10 && numbers[0] == numbers[1], "{line}");
    }
}

/// Where nothing can be mounted, a limit on the size of files stands for the full disk.
fn a_file_that_may_not_grow_refuses_a_save_whole(device: &Path) {
    let script = r#"trap "" XFSZ; ulimit -f 6000; exec "$1" fill-up --folder "$2" --ballast /dev/null/none"#;
    let output = Command::new("sh")
        .args(["-c", script, "sh", CRASH])
        .arg(device)
        .output()
        .unwrap();
    assert!(!output.status.success());
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<usize> = line
        .split([' ', ',', '\n'])
        .filter_map(|word| word.parse().ok())
        .collect();
    assert!(numbers[0] > 10 && numbers[0] == numbers[1], "{line}");
    let client = open(device).unwrap();
    note(&client, "Er is weer plaats");
    assert_eq!(count(&client).unwrap(), numbers[0] + 1);
}

#[test]
fn a_read_only_disk_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let device = enrolled_device(folder.path());
    let client = open(&device).unwrap();
    note(&client, "Stond bij de brug");
    client.close().unwrap();
    let script = r#"
        mount -t tmpfs none /mnt
        cp "$2"/* /mnt
        mount -o remount,ro /mnt
        exec "$1" fill-up --folder /mnt --ballast /mnt/none"#;
    if let Some(output) = in_own_mounts(script, &[Path::new(CRASH), &device]) {
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && errors.contains("ReadOnly"),
            "{errors}"
        );
    }
    assert_eq!(count(&open(&device).unwrap()).unwrap(), 1);
}
