//! The life of a phone in a pocket, which may be killed at any moment: it is locked, recorded on while locked, unlocked, synchronised.

use crate::network::device::plain_way;
use crate::network::dice::Dice;
use crate::world::{CODE, code};
use drempel_client::phone::{Cost, FileKey, Machine, Phone, Stage, Unlocking};
use drempel_client::sync::Http;
use drempel_client::system::SystemClock;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::{Clock, Clocks};
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// How much faster time is counted than it passes, so that a try at a code that was killed costs no real half minute.
const FASTER: i64 = 100;

/// The system's clocks; what it counts runs fast.
#[derive(Debug)]
struct FastClock;

impl Clock for FastClock {
    fn clocks(&self) -> Clocks {
        let clocks = SystemClock.clocks();
        Clocks {
            mono: clocks.mono.map(|mono| mono.saturating_mul(FASTER)),
            ..clocks
        }
    }
}

/// The app whose files are in that folder.
///
/// # Errors
/// When its files cannot be used.
pub fn start(folder: &Path) -> Done<Phone> {
    fs::create_dir_all(folder)?;
    let machine = Machine {
        clock: Arc::new(FastClock),
        cost: Some(Cost::FLOOR),
        ..Machine::with_key(Arc::new(FileKey::at(&folder.join("hardware"))))
    };
    Ok(Phone::start(&folder.join("app"), machine)?)
}

/// Lives until it is killed, or nobody listens any more; says each text once it was acknowledged.
///
/// # Errors
/// What the phone itself could not do; a server that is away is no error.
pub async fn live(folder: &Path, address: &str, seed: u64, out: &mut impl Write) -> Done {
    let phone = start(folder)?;
    let http = Http::to(address, &[])?;
    let mut dice = Dice::new(seed);
    for number in 0_u64.. {
        let text = format!("{seed}-{number}");
        match (phone.stage(), dice.below(10)) {
            (Stage::Locked, 0..=5) => set_aside(&phone, &text, out)?,
            (Stage::Locked, 6) => drop(phone.deliver(&http).await),
            (Stage::Locked, _) => drop(phone.unlock(&code(CODE)).await?),
            (Stage::Open, 0..=4) => save(&phone, &text, out)?,
            (Stage::Open, 5..=7) => drop(phone.synchronise(&http).await),
            (Stage::Open, 8) => phone.went_to_background()?,
            (Stage::Open, _) => phone.lock().await?,
            (stage, _) => return Err(format!("the phone is {stage:?}").into()),
        }
    }
    Ok(())
}

/// Enrols a new phone, and has it learn which spaces there are.
///
/// # Errors
/// When the server of the tests does not let it.
pub async fn enrol(folder: &Path, address: &str) -> Done {
    let phone = start(folder)?;
    let http = Http::to(address, &[])?;
    let asked = plain_way()?.post(format!("{address}/codes/ana")).send().await?;
    let invitation = asked.error_for_status()?.text().await?;
    phone.choose_code(&code(CODE)).await?;
    let _ = phone.enrol(&http, invitation.trim(), "test").await?;
    let _ = phone.synchronise(&http).await?;
    Ok(phone.lock().await?)
}

fn set_aside(phone: &Phone, text: &str, out: &mut impl Write) -> Done {
    let note = QuickNote {
        text: Some(text.to_owned()),
        ..QuickNote::default()
    };
    let _ = phone.set_aside(note, None)?;
    say(text, out)
}

fn save(phone: &Phone, text: &str, out: &mut impl Write) -> Done {
    let saved = phone.with_open(|client| -> Done {
        let space = client
            .personal_space()?
            .ok_or("everyone has a space of their own")?;
        Ok(client.note(space, text, None).map(drop)?)
    })?;
    saved?;
    say(text, out)
}

fn say(text: &str, out: &mut impl Write) -> Done {
    out.write_all([text, "\n"].concat().as_bytes())?;
    Ok(out.flush()?)
}

/// Unlocks a phone whose process is dead, lets it synchronise until nothing is left, and reads every note on it.
///
/// # Errors
/// When it does not open, or does not come to rest.
pub async fn come_to_rest(phone: &Phone, address: &str) -> Done<Vec<String>> {
    let http = Http::to(address, &[])?;
    while phone.stage() == Stage::Locked {
        match phone.unlock(&code(CODE)).await? {
            // It waits because of tries that were killed.
            Unlocking::TooEarly => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            Unlocking::Open => {}
            other => return Err(format!("the code makes it {other:?}").into()),
        }
    }
    let report = phone.synchronise(&http).await?;
    if !report.complete {
        return Err("the phone does not come to rest".into());
    }
    let query = drempel_store::Query::of::<QuickNote>();
    let notes = phone.with_open(|client| client.store().read(|reader| reader.find(&query)))??;
    Ok(notes
        .iter()
        .filter_map(|note| note.typed::<QuickNote>().text)
        .collect())
}
