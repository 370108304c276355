//! What the server stores and what it logs hold nobody's words, names, codes and tokens.

use crate::attacks::post;
use crate::phones::*;
use crate::support::*;
use drempel_domain::sync_log::Change;
use drempel_protocol::{DEPOSITS, ENROLMENTS, SYNCHRONISATIONS};
use std::io::Write;
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn a_dump_of_everything_the_server_stores_holds_no_token_and_no_code() {
    let world = world();
    let code = world.app.make_code("ana").unwrap();
    let used = world.app.make_code("ana").unwrap();
    let token = "het-token-van-ana".to_owned();
    world.enrol_with(&used, &token).await;
    let address = "https://drempel.example.nl".parse().unwrap();
    let printed = world.app.invite_team("team", &address).unwrap();
    let invitation = printed[0].invitation.expose_code().to_string();
    world.enrol_with(&invitation, "het-token-dat-wacht").await;
    let mut bo = world.enrol("bo").await;
    let mut request = bo.greeting(&world);
    request.next_token_sha256 = Some(token_hash("het-volgende-token"));
    world.ask(&bo, &request).await;
    let old = std::mem::replace(&mut bo.token, "het-volgende-token".to_owned());
    world.ask(&bo, &bo.greeting(&world)).await;
    world
        .app
        .backup(&world.data.path().join("backup.sqlite"))
        .unwrap();
    let mut secrets: Vec<String> = [&token, "het-token-dat-wacht", &old, "het-volgende-token"]
        .iter()
        .flat_map(|token| [(*token).to_owned(), deposit_token(token)])
        .collect();
    for code in [code, used, invitation] {
        // All but the first group.
        secrets.push(code[5..].to_owned());
        secrets.push(code.replace('-', "")[4..].to_owned());
    }
    let mut files = 0;
    for file in std::fs::read_dir(world.data.path()).unwrap() {
        let file = file.unwrap();
        files += 1;
        let bytes = std::fs::read(file.path()).unwrap();
        for secret in &secrets {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{:?} holds {secret}", file.file_name());
        }
    }
    assert!(files >= 5, "database, its log, the keys, the backup, the journal");
}

/// What was logged, for a test to read.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Logged {
    /// Everything that is logged from now on, at every level.
    fn begin() -> Self {
        let logged = Self::default();
        let writer = logged.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .init();
        logged
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

const WORD: &str = "SCHUILWOORD";

/// Good and bad requests of a person whose name, words and tokens are all the same word.
async fn talk(world: &World, ana: &mut Device, code: &str) {
    for token in ["SCHUILWOORD-token", "SCHUILWOORD-ander"] {
        world.enrol_with(code, token).await;
    }
    let good = ana.make(world, team(), "street_contact x", &[("note", text(WORD))]);
    let bad = ana.make(world, team(), "street_contact y", &[("headcount", text(WORD))]);
    let third = ana.make(world, team(), "street_contact z", &[("note", text(WORD))]);
    let other = Change {
        set: fields(&[("note", text("SCHUILWOORD anders"))]),
        ..good.clone()
    };
    let first = ana.request(world, team(), &[good, bad]);
    world.ask(ana, &first).await;
    let entries = outbox(ana.id, sealing_key(&ana.keys), &[(team(), third)]);
    world.hand_in(ana, entries, Vec::new()).await;
    let bodies = [
        WORD.to_owned(),
        format!("{{\"{WORD}\":1}}"),
        format!("{{\"protocol\":\"{WORD}\"}}"),
    ];
    for body in bodies {
        for path in [ENROLMENTS, SYNCHRONISATIONS, DEPOSITS] {
            for token in [ana.token.clone(), deposit_token(&ana.token), WORD.to_owned()] {
                world.send(post(path, &token, body.clone().into_bytes())).await;
            }
        }
    }
    let copied = ana.request(world, team(), &[other]);
    world.ask(ana, &copied).await;
}

#[tokio::test]
async fn no_log_at_any_level_holds_a_word_a_name_a_code_or_a_token() {
    let logged = Logged::begin();
    let world = world();
    world
        .app
        .import(&MUNICIPALITY.replace("\"Ana\"", "\"SCHUILWOORD\""))
        .unwrap();
    let mut ana = world.enrol("ana").await;
    let code = world.app.make_code("ana").unwrap();
    talk(&world, &mut ana, &code).await;
    world.app.age().unwrap();
    world.app.rotate_keys().unwrap();
    world.app.revoke_device(ana.id, None).unwrap();
    let text = logged.text();
    assert!(text.contains("answered"), "something was logged at all");
    let token = ana.token.clone();
    let secrets = [
        WORD,
        &code,
        &code.replace('-', ""),
        &token,
        &deposit_token(&token),
        &token_hash(&token),
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} was logged");
    }
}
