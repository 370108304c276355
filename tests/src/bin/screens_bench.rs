//! Measures how quickly the screens answer over five years of one team's work, and prints it beside the goals.

use clap::Parser;
use drempel_client::Client;
use drempel_client::system::{RandomIds, SystemClock};
use drempel_domain::id::{DeviceId, Id, RecordId, SpaceId, UserId};
use drempel_domain::record::{Code, Common, EventDay, EventMoment, FieldType, Link, Named, Record, Whole};
use drempel_domain::records::contacts::{Participation, StreetContact};
use drempel_domain::records::course::Track;
use drempel_domain::records::youths::Youth;
use drempel_domain::space::{Regime, Role, Space, SpaceKind};
use drempel_domain::sync_log::{Eff, FeedRecord};
use drempel_domain::time::{Clock as _, DAY, MINUTE, Moment};
use drempel_protocol::access::{Granted, Member, Person};
use drempel_screens::shapes::YouthFilter;
use drempel_screens::{CommandError, Recent, Screens};
use drempel_store::{Key, StoreError};
use drempel_tests::bench::clock::{Stopwatch, percentile};
use std::error::Error;
use std::io::{Write, stdout};
use std::sync::Arc;
use uuid::Uuid;

/// What to measure.
#[derive(Parser)]
struct Arguments {
    /// Young people.
    #[arg(long, default_value_t = 10_000)]
    youths: u64,
    /// Contacts on the street, spread over five years.
    #[arg(long, default_value_t = 176_000)]
    contacts: u64,
    /// How often each screen is asked.
    #[arg(long, default_value_t = 40)]
    repeats: u64,
}

const ANA: UserId = UserId::new(Uuid::from_u128(0xa0a));
const BO: UserId = UserId::new(Uuid::from_u128(0xb0));
const TEAM: SpaceId = SpaceId::new(Uuid::from_u128(0x7ea));
/// Records that are taken in together.
const PAGE: u64 = 2_000;
const YEARS: i64 = 5 * 365 * DAY;
/// The caseload of a coach: every so many young people one has a track of the person's.
const CASELOAD: u64 = 35;
const GIVEN: [&str; 8] = ["Mila", "Sem", "Ilyas", "Noor", "Yara", "Thijs", "Zoë", "Karim"];
const FAMILY: [&str; 7] = [
    "Vlierboom",
    "Zandstra",
    "Karataş",
    "Wigbold",
    "El Amrani",
    "Ter Horst",
    "Bakboord",
];

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Arguments::parse();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("library.db");
    let client = Client::open(
        &path,
        &Key::new([7; 32]),
        Arc::new(SystemClock),
        Arc::new(RandomIds),
    )?;
    let filling = Stopwatch::start();
    grant(&client)?;
    fill(&client, &asked)?;
    let mut out = stdout().lock();
    writeln!(
        out,
        "{} young people and {} contacts, {} MB, filled in {} s{}",
        asked.youths,
        asked.contacts,
        client.store().size() / 1_000_000,
        filling.elapsed().as_secs(),
        if cfg!(debug_assertions) {
            " (not a release build)"
        } else {
            ""
        },
    )?;
    let recent = Recent::default();
    measure(&mut out, &Screens::new(&client, &recent), &asked)
}

/// Asks each screen as often as wanted.
fn measure(out: &mut impl Write, screens: &Screens<'_>, asked: &Arguments) -> Result<(), Box<dyn Error>> {
    let all = YouthFilter::default();
    let words = |words: &str| YouthFilter {
        words: words.to_owned(),
        ..YouthFilter::default()
    };
    let unseen = YouthFilter {
        long_unseen: true,
        ..YouthFilter::default()
    };
    let letters = ["k", "ka", "kar", "kara", "karat", "karta", "ily", "vlierb"];
    let middle = usize::try_from(asked.youths / 2)?;
    print(out, "Vandaag", 30, asked, |_| screens.today().map(drop))?;
    print(out, "Jongeren, first window", 50, asked, |_| {
        screens.youths(&all, 0, 40).map(drop)
    })?;
    print(out, "Jongeren, in the middle", 50, asked, |_| {
        screens.youths(&all, middle, 40).map(drop)
    })?;
    print(out, "Jongeren, not seen for long", 50, asked, |_| {
        screens.youths(&unseen, 0, 40).map(drop)
    })?;
    print(out, "what stands above Jongeren", 50, asked, |_| {
        screens.youths_head().map(drop)
    })?;
    print(out, "search, a letter more each time", 30, asked, |turn| {
        let typed = usize::try_from(turn).unwrap_or(0) % letters.len();
        screens
            .youths(&words(letters.get(typed).copied().unwrap_or("k")), 0, 40)
            .map(drop)
    })?;
    print(out, "a dossier", 50, asked, |turn| {
        screens
            .dossier(youth_id(turn * 7 % asked.youths).record())
            .map(drop)
    })?;
    print(out, "a new street contact", 50, asked, |_| {
        screens.open_street_contact(None, None).map(drop)
    })?;
    Ok(())
}

fn print(
    out: &mut impl Write,
    what: &str,
    goal: u64,
    asked: &Arguments,
    ask: impl Fn(u64) -> Result<(), CommandError>,
) -> Result<(), Box<dyn Error>> {
    let mut took = Vec::new();
    for turn in 0..asked.repeats {
        let watch = Stopwatch::start();
        ask(turn).map_err(|failure| format!("{what}: {:?}", failure.code))?;
        took.push(u64::try_from(watch.elapsed().as_micros())?);
    }
    let half = percentile(&mut took, 500).unwrap_or(0);
    let most = percentile(&mut took, 950).unwrap_or(0);
    writeln!(
        out,
        "{what:34} median {:6.1} ms   p95 {:6.1} ms   goal {goal} ms",
        millis(half),
        millis(most)
    )?;
    Ok(())
}

fn millis(micros: u64) -> f64 {
    f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1_000.0
}

fn grant(client: &Client) -> Result<(), Box<dyn Error>> {
    let person = |id, name: &str| Person {
        id,
        name: name.to_owned(),
        function: "youth_coach".to_owned(),
    };
    let member = |person| Member {
        person,
        role: Role::Member,
    };
    let granted = Granted {
        space: Space {
            id: TEAM,
            name: "Coachteam".to_owned(),
            kind: SpaceKind::Team,
            regime: Regime::CoachingAvg,
            covenant: None,
            covenant_fields: None,
        },
        role: Role::Member,
        from: Moment::from_millis(0),
        until: None,
        members: vec![
            member(person(ANA, "Ana Vlierboom")),
            member(person(BO, "Bo Zandstra")),
        ],
    };
    let me = serde_json::to_string(&person(ANA, "Ana Vlierboom"))?;
    let granted = serde_json::to_string(&granted)?;
    client.store().write(|writer| {
        writer.take_identity(DeviceId::new(Uuid::from_u128(1)))?;
        writer.set_setting("person", &me)?;
        writer.grant_space(TEAM, &granted)
    })?;
    Ok(())
}

fn fill(client: &Client, asked: &Arguments) -> Result<(), StoreError> {
    let now = SystemClock.now();
    let each = |count: u64, make: &dyn Fn(u64) -> Vec<FeedRecord>| -> Result<(), StoreError> {
        let mut page = Vec::new();
        for number in 0..count {
            page.extend(make(number));
            if number % PAGE == PAGE - 1 || number == count - 1 {
                let records = std::mem::take(&mut page);
                client
                    .store()
                    .take_in(|writer| writer.take_records(TEAM, &records))?;
            }
        }
        Ok(())
    };
    each(asked.youths, &|number| youth(number, asked, now))?;
    each(asked.contacts, &|number| contact(number, asked, now))
}

fn youth_id(number: u64) -> Id<Youth> {
    Id::new(record_id(1, number))
}

fn youth(number: u64, asked: &Arguments, now: Moment) -> Vec<FeedRecord> {
    let pick = |all: &[&str], by: u64| {
        let at = usize::try_from(by).unwrap_or(0) % all.len();
        all.get(at).copied().unwrap_or_default().to_owned()
    };
    let family = pick(&FAMILY, number / 8);
    let person = Youth {
        given_name: Some(pick(&GIVEN, number)),
        family_name: Some([&family, " ", &(number / 56).to_string()].concat()),
        nickname: number
            .is_multiple_of(3)
            .then(|| ["Nick", &number.to_string()].concat()),
        district: Some(Code::from(if number.is_multiple_of(2) { "haven" } else { "hof" })),
        ..Youth::default()
    };
    let mine = number.is_multiple_of((asked.youths / CASELOAD).max(1));
    let track = Track {
        youth: Some(youth_id(number)),
        coach: Some(if mine { ANA } else { BO }),
        started: Some(EventDay(now.local_day().minus_days(200))),
        ..Track::default()
    };
    vec![
        fed(youth_id(number).record(), &person, now),
        fed(record_id(2, number), &track, now),
    ]
}

fn contact(number: u64, asked: &Arguments, now: Moment) -> Vec<FeedRecord> {
    let back = YEARS / i64::try_from(asked.contacts).unwrap_or(1).max(1);
    let at = now.plus_millis(-back * i64::try_from(number).unwrap_or(0) - MINUTE);
    let id = Id::<StreetContact>::new(record_id(3, number));
    let record = StreetContact {
        occurred_at: Some(EventMoment(at)),
        headcount: Some(Whole(3)),
        mood: Some(Code::from("calm")),
        note: Some(["Sprak over school en werk, keer ", &number.to_string()].concat()),
        ..StreetContact::default()
    };
    let took_part = Participation {
        contact: Some(Link::to(id)),
        youth: Some(youth_id(number * 31 % asked.youths)),
        unknown: None,
    };
    vec![
        fed(id.record(), &record, at),
        fed(record_id(4, number), &took_part, at),
    ]
}

fn record_id(kind: u128, number: u64) -> RecordId {
    RecordId::new(Uuid::from_u128((kind << 100) | u128::from(number)))
}

/// A record as the server sends it.
fn fed<K: Record + Named>(id: RecordId, record: &K, made: Moment) -> FeedRecord {
    let mut fields = record.to_fields();
    let common = Common {
        created_at: Some(EventMoment(made)),
        created_by: Some(ANA),
        ..Common::default()
    };
    FieldType::put(&common.created_at, "created_at", &mut fields);
    FieldType::put(&common.created_by, "created_by", &mut fields);
    FeedRecord {
        id,
        collection: K::NAME.to_owned(),
        eff: Eff::at(made),
        effs: Default::default(),
        fields,
        whole: true,
    }
}
