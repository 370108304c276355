//! The young people of the fictional municipality. None of them exists.

use crate::world::{Device, World};
use drempel_client::ClientError;
use drempel_client::actions::{TrackStart, YouthForm};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::record::{BirthDay, Code, EventDay};
use drempel_domain::records::course::Track;
use drempel_domain::records::lists::Phase;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{DAY, Day};
use std::collections::BTreeMap;

/// The young people by what friends call them.
pub(super) type Youths = BTreeMap<&'static str, Id<Youth>>;

/// One young person: what friends call them, given and family name, day of birth, neighbourhood.
type Known = (
    &'static str,
    &'static str,
    &'static str,
    (i32, u32, u32),
    &'static str,
);

/// Those of whom the name is known, with who coaches them and how far that has come.
const KNOWN: &[(Known, &str, Option<Phase>)] = &[
    (
        ("Noortje", "Noor", "Wierdsma", (2008, 9, 2), "kadebuurt"),
        "ana",
        Some(Phase::Scan),
    ),
    (
        ("Tibo", "Thijs", "Ravestein", (2007, 1, 20), "molenveld"),
        "ana",
        None,
    ),
    (
        ("Sammie", "Samira", "El Kadiri", (2006, 4, 11), "kadebuurt"),
        "ana",
        Some(Phase::Match),
    ),
    (
        ("Dex", "Dexter", "Hofstra", (2005, 11, 30), "het-zand"),
        "ana",
        Some(Phase::Secure),
    ),
    (
        ("Yas", "Yassin", "Boulahrouz", (2008, 6, 17), "kadebuurt"),
        "ana",
        None,
    ),
    (
        ("Lot", "Lotte", "Zijlstra", (2009, 2, 8), "molenveld"),
        "bo",
        Some(Phase::Scout),
    ),
    (
        ("Mo", "Mohamed", "Arslan", (2004, 8, 25), "kadebuurt"),
        "bo",
        None,
    ),
    (
        ("Finn", "Finn", "Oosterveld", (2007, 12, 3), "het-zand"),
        "esra",
        Some(Phase::Scan),
    ),
    (
        ("Jay", "Jayden", "Pinas", (2010, 3, 14), "kadebuurt"),
        "esra",
        None,
    ),
    (
        ("Roos", "Roos", "Timmerman", (2006, 7, 19), "molenveld"),
        "esra",
        None,
    ),
];

/// Those who are only known by what friends call them, about how old they are, and where they are seen.
const BY_NICKNAME: &[(&str, &str, &str)] =
    &[("Kroelie", "16-17", "kadebuurt"), ("Stip", "12-15", "molenveld")];

/// Makes everyone known to the team, on that phone.
pub(super) fn meet(world: &World, phone: &Device, team: SpaceId) -> Result<Youths, ClientError> {
    let started = world.time().now().plus_millis(-60 * DAY).local_day();
    let mut youths = Youths::new();
    for (known, coach, phase) in KNOWN {
        let track = track(world, coach, phase.clone(), started);
        youths.insert(known.0, create(phone, team, youth(known), Some(track))?);
    }
    for (nickname, age_band, district) in BY_NICKNAME {
        let youth = Youth {
            nickname: Some((*nickname).to_owned()),
            age_band: Some(Code::from(*age_band)),
            district: Some(Code::from(*district)),
            ..Youth::default()
        };
        youths.insert(nickname, create(phone, team, youth, None)?);
    }
    Ok(youths)
}

fn create(
    phone: &Device,
    team: SpaceId,
    youth: Youth,
    track: Option<TrackStart>,
) -> Result<Id<Youth>, ClientError> {
    let form = YouthForm {
        youth,
        track,
        ..YouthForm::default()
    };
    let saved = phone.app().create_youth(team, form)?;
    saved.first().ok_or(ClientError::NotFound)
}

fn youth((nickname, given_name, family_name, born, district): &Known) -> Youth {
    let (year, month, day) = *born;
    Youth {
        nickname: Some((*nickname).to_owned()),
        given_name: Some((*given_name).to_owned()),
        family_name: Some((*family_name).to_owned()),
        birth_date: Day::new(year, month, day).ok().map(BirthDay),
        district: Some(Code::from(*district)),
        phone: Some("06 0000 01 23".to_owned()),
        ..Youth::default()
    }
}

fn track(world: &World, coach: &str, phase: Option<Phase>, started: Day) -> TrackStart {
    let method = if phase.is_some() {
        "rode_loper"
    } else {
        "jongerencoach"
    };
    TrackStart {
        track: Track {
            method: Some(Code::from(method)),
            coach: Some(world.user(coach)),
            phase,
            started: Some(EventDay(started)),
            ..Track::default()
        },
    }
}
