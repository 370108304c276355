//! Names that must be in no byte of any file and in no line of any log, whatever becomes of the phone.

use drempel_client::phone::{Ending, Stage, Unlocking};
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{DAY, HOUR};
use drempel_tests::world::{CODE, Fate, Handset, World};
use serde_json::json;
use std::io::{self, Write};
use std::sync::{LazyLock, Mutex, PoisonError};

const NAME: &str = "Sentinella van der Proefstraat";
const NOTE: &str = "sentinelnotitie over het bankje";
const SET_ASIDE: &str = "sentinelregel zonder ontgrendelen";
const DRAFT: &str = "sentinelconcept half af";
const WRONG: &str = "59182736";

/// What must nowhere be found in the clear.
const SENTINELS: [&str; 6] = [NAME, NOTE, SET_ASIDE, DRAFT, CODE, WRONG];

/// Everything that was logged in this process, at the finest level.
static LOG: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(|| {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(|| IntoLog)
        .finish();
    // Another test of this process may have been first with the same.
    let _ = tracing_subscriber::util::SubscriberInitExt::try_init(subscriber);
    Mutex::default()
});

struct IntoLog;

impl Write for IntoLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The sentinel as it may lie in a file or a log: in UTF-8 and in both orders of UTF-16.
fn forms(sentinel: &str) -> [Vec<u8>; 3] {
    let units = || sentinel.encode_utf16();
    [
        sentinel.as_bytes().to_vec(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
    ]
}

fn is_in(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn assert_hidden(ana: &Handset, when: &str) {
    let files = ana.files();
    assert!(!files.is_empty());
    for (file, bytes) in files {
        for sentinel in SENTINELS {
            for form in forms(sentinel) {
                assert!(
                    !is_in(&bytes, &form),
                    "{when}: {sentinel} is in {}",
                    file.display()
                );
            }
        }
    }
}

/// A phone with a sentinel in everything that a person can write.
fn written_on(world: &World) -> Handset {
    let ana = world.handset("ana");
    let team = world.space("team");
    let written = ana.phone().with_open(|client| {
        let youth = Youth {
            nickname: Some(NAME.to_owned()),
            ..Youth::default()
        };
        client.create(team, &youth).map(drop).unwrap();
        client
            .keep_draft(client.new_draft(), "quick_note", json!({ "text": DRAFT }))
            .unwrap();
        client.search("sentinella", 10).map(drop).unwrap();
    });
    written.unwrap();
    ana.note(NOTE);
    ana
}

/// Records and keeps a form while locked.
fn write_locked(ana: &Handset, world: &World) {
    ana.set_aside(SET_ASIDE);
    let name = drempel_domain::id::RecordId::new(uuid::Uuid::from_u128(7));
    ana.phone()
        .seal_draft(name, "quick_note", json!({ "text": DRAFT }))
        .unwrap();
    assert_eq!(ana.unlock(WRONG), Unlocking::Wrong);
    world.pass(HOUR);
}

#[test]
fn names_texts_and_codes_are_in_no_byte_of_any_file_open_locked_killed_or_closed() {
    let world = World::new();
    let ana = written_on(&world);
    assert_hidden(&ana, "open");
    ana.sync();
    assert_hidden(&ana, "after a synchronisation");
    ana.note(NOTE);
    ana.kill();
    assert_hidden(&ana, "after a kill");
    ana.unlock(CODE);
    ana.lock();
    write_locked(&ana, &world);
    assert_hidden(&ana, "locked");
    ana.kill();
    assert_hidden(&ana, "killed while locked");
    ana.unlock(CODE);
    assert!(ana.notes().contains(&SET_ASIDE.to_owned()));
    assert_hidden(&ana, "unlocked");
    ana.close();
    assert_hidden(&ana, "closed");
}

#[test]
fn names_texts_and_codes_are_in_no_byte_of_any_file_after_a_wipe() {
    let world = World::new();
    let ana = written_on(&world);
    ana.lock();
    write_locked(&ana, &world);
    while ana.phone().stage() == Stage::Locked {
        ana.unlock(WRONG);
        world.pass(2 * HOUR);
    }
    assert_hidden(&ana, "wiped");
    ana.deliver();
    assert_hidden(&ana, "wiped and handed in");
}

#[test]
fn names_texts_and_codes_are_in_no_byte_of_any_file_after_a_purge() {
    let world = World::new();
    let ana = written_on(&world);
    ana.lock();
    write_locked(&ana, &world);
    world.pass(15 * DAY);
    ana.wait(ana.phone().tick()).unwrap();
    ana.line().next([Fate::Lost]);
    assert!(ana.wait(ana.phone().deliver(ana.line())).is_err());
    world.pass(2 * HOUR);
    let stage = ana.wait(ana.phone().tick()).unwrap();
    assert_eq!(stage, Stage::Ended(Ending::LeaseOver));
    assert_hidden(&ana, "purged");
}

#[test]
fn a_sentinel_is_found_in_each_of_its_forms() {
    let world = World::new();
    let ana = world.new_handset("ana");
    for form in forms(NAME) {
        std::fs::write(ana.folder().join("leak"), [b"...", &form[..], b"..."].concat()).unwrap();
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| assert_hidden(&ana, "a leak")));
        assert!(found.is_err());
    }
}

#[test]
fn names_texts_and_codes_are_in_no_line_of_any_log_at_the_finest_level() {
    LazyLock::force(&LOG);
    let world = World::new();
    let ana = written_on(&world);
    ana.sync();
    ana.lock();
    write_locked(&ana, &world);
    // Something goes wrong with a text in it, so that there is something to be told.
    let drafts = ana.folder().join("app/drafts");
    for draft in std::fs::read_dir(drafts).unwrap() {
        let draft = draft.unwrap().path();
        let mut bytes = std::fs::read(&draft).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(draft, bytes).unwrap();
    }
    ana.unlock(CODE);
    ana.line().next([Fate::SignInPage]);
    assert!(ana.wait(ana.phone().synchronise(ana.line())).is_err());
    ana.sync();
    ana.lock();
    let log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(is_in(&log, b"a sealed draft is damaged"), "the log is heard");
    for sentinel in SENTINELS {
        assert!(!is_in(&log, sentinel.as_bytes()), "{sentinel} is in a log");
    }
}
