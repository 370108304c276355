//! What the team did in the week: contacts on the street, a talk at a door, notes, measurements, things to do.

use super::people::Youths;
use crate::world::World;
use drempel_client::ClientError;
use drempel_client::actions::{DoorstepTalkForm, FollowUp, Person, RoundStart, StreetContactForm};
use drempel_domain::id::{Id, SpaceId};
use drempel_domain::record::{Code, Codes, EventDay, Keyed, Score, Whole};
use drempel_domain::records::contacts::{DoorstepTalk, Place, StreetContact};
use drempel_domain::records::course::Measurement;
use drempel_domain::records::groups::YouthGroup;
use drempel_domain::records::lists::{Basis, VisitState};
use drempel_domain::records::rounds::VisitRequest;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{DAY, HOUR, MINUTE, Moment};

/// The week that is being filled.
pub(super) struct Week<'a> {
    pub(super) world: &'a World,
    pub(super) team: SpaceId,
    pub(super) joint: SpaceId,
    /// The instant at which the week ends.
    pub(super) now: Moment,
    pub(super) youths: Youths,
}

/// A contact on the street: how long ago in days and hours, on whose phone, at which spot of which neighbourhood, how
/// many there were, how it felt, who of them are known, what to remember.
struct Contact {
    ago: (i64, i64),
    phone: &'static str,
    spot: (&'static str, &'static str),
    headcount: i64,
    age_band: &'static str,
    mood: &'static str,
    approach: &'static str,
    topic: &'static str,
    known: &'static [&'static str],
    note: &'static str,
}

const CONTACTS: &[Contact] = &[
    Contact {
        ago: (6, 3),
        phone: "ana",
        spot: ("kadebuurt", "skatebaan"),
        headcount: 4,
        age_band: "16-17",
        mood: "friendly",
        approach: "preventive",
        topic: "leisure",
        known: &["Noortje", "Yas"],
        note: "Willen een lamp bij de baan. Noor doet het woord.",
    },
    Contact {
        ago: (6, 2),
        phone: "bo",
        spot: ("kadebuurt", "steiger"),
        headcount: 6,
        age_band: "16-17",
        mood: "restless",
        approach: "corrective",
        topic: "nuisance",
        known: &["Mo"],
        note: "Muziek zacht gezet na één keer vragen.",
    },
    Contact {
        ago: (5, 4),
        phone: "esra",
        spot: ("het-zand", "veldje"),
        headcount: 5,
        age_band: "12-15",
        mood: "calm",
        approach: "preventive",
        topic: "school",
        known: &["Jay", "Finn"],
        note: "Jay zegt dat hij maandag weer gaat.",
    },
    Contact {
        ago: (4, 3),
        phone: "ana",
        spot: ("molenveld", "molenpoort"),
        headcount: 3,
        age_band: "18-22",
        mood: "tense",
        approach: "corrective",
        topic: "money",
        known: &["Tibo"],
        note: "Gaat over geld dat iemand nog krijgt. Doorgepraat tot het rustig was.",
    },
    Contact {
        ago: (3, 5),
        phone: "ana",
        spot: ("kadebuurt", "loods"),
        headcount: 2,
        age_band: "18-22",
        mood: "calm",
        approach: "preventive",
        topic: "work",
        known: &["Sammie", "Dex"],
        note: "Dex helpt Sammie met haar sollicitatie bij de fietsenmaker.",
    },
    Contact {
        ago: (2, 4),
        phone: "bo",
        spot: ("molenveld", "molenpoort"),
        headcount: 4,
        age_band: "16-17",
        mood: "friendly",
        approach: "preventive",
        topic: "friends",
        known: &["Lot", "Roos"],
        note: "Nieuwe groep, nog afwachtend.",
    },
    Contact {
        ago: (1, 3),
        phone: "ana",
        spot: ("kadebuurt", "skatebaan"),
        headcount: 5,
        age_band: "16-17",
        mood: "calm",
        approach: "preventive",
        topic: "motivation",
        known: &["Noortje", "Kroelie"],
        note: "Kroelie wil weten hoe een leerwerkplek werkt.",
    },
];

/// What was noted, how many hours ago, and on what it rests.
const NOTES: &[(i64, &str, Option<Basis>)] = &[
    (26, "Bellen met de school van Noor over dinsdag", None),
    (
        22,
        "Scooter bij de loods, volgens Yas van zijn neef",
        Some(Basis::Hearsay),
    ),
    (
        2,
        "Lamp bij de skatebaan: navragen bij beheer",
        Some(Basis::Observed),
    ),
];

/// What there is to do: whose, what kind, what, in how many days (behind us, when negative), about whom.
const ACTIONS: &[(&str, &str, &str, i64, &str)] = &[
    (
        "ana",
        "three_way_talk",
        "Driehoeksgesprek met ouders",
        -2,
        "Noortje",
    ),
    ("ana", "task", "Brief van de schuldhulp doornemen", -1, "Tibo"),
    (
        "ana",
        "appointment",
        "Mee naar de intake bij De Brug",
        0,
        "Sammie",
    ),
    ("ana", "task", "Samen bellen met het ROC", 0, "Yas"),
    (
        "ana",
        "return_visit",
        "Nog eens langs, ouders waren weg",
        3,
        "Yas",
    ),
    ("ana", "task", "Halfjaarmeting plannen", 12, "Dex"),
    ("bo", "task", "Voetbaltoernooi met Het Zand afspreken", 2, "Mo"),
    ("esra", "appointment", "Koffie met moeder", 1, "Jay"),
];

impl Week<'_> {
    fn youth(&self, nickname: &str) -> Result<Id<Youth>, ClientError> {
        self.youths.get(nickname).copied().ok_or(ClientError::NotFound)
    }

    /// Lets the time come that lies so many days and hours before the end.
    fn until(&self, days: i64, hours: i64) {
        let then = self.now.plus_millis(-days * DAY - hours * HOUR);
        let ahead = then.millis() - self.world.time().now().millis();
        self.world.pass(ahead.max(MINUTE));
    }
}

/// The contacts, evening after evening; every phone synchronises after its own.
pub(super) fn evenings(week: &Week<'_>) -> Result<(), ClientError> {
    for contact in CONTACTS {
        week.until(contact.ago.0, contact.ago.1);
        let phone = week.world.device(contact.phone);
        let form = StreetContactForm {
            contact: street_contact(contact),
            people: contact
                .known
                .iter()
                .map(|name| week.youth(name).map(Person::Known))
                .collect::<Result<_, _>>()?,
            ..StreetContactForm::default()
        };
        let _ = phone.app().record_street_contact(week.team, form)?;
        phone.sync();
    }
    Ok(())
}

fn street_contact(contact: &Contact) -> StreetContact {
    let (district, spot) = contact.spot;
    StreetContact {
        place: Some(Place {
            district: Some(Code::from(district)),
            spot: Some(Id::new(drempel_server::spot_id(spot))),
        }),
        headcount: Some(Whole(contact.headcount)),
        age_bands: Keyed::from_iter([(contact.age_band.to_owned(), Whole(contact.headcount))]),
        approach: Some(Code::from(contact.approach)),
        mood: Some(Code::from(contact.mood)),
        topics: Codes::from_iter([(contact.topic.to_owned(), true)]),
        note: Some(contact.note.to_owned()),
        basis: Some(Basis::Observed),
        ..StreetContact::default()
    }
}

/// A talk at a door, a measurement and its follow-up, a group, what there is to do, and the notes that wait.
pub(super) fn loose_ends(week: &Week<'_>) -> Result<(), ClientError> {
    let ana = week.world.device("ana");
    let noor = week.youth("Noortje")?;
    let door = DoorstepTalk {
        youth: Some(noor),
        address: Some("Kadewal 14".to_owned()),
        opened_by: Some(Code::from("guardian")),
        reason: Some(Code::from("absence")),
        result: Some(Code::from("conversation")),
        mood: Some(Code::from("so_so")),
        how_are_things: Some("Moeder: ze staat wel op, maar komt niet aan.".to_owned()),
        basis: Some(Basis::Hearsay),
        ..DoorstepTalk::default()
    };
    let talk = DoorstepTalkForm {
        talk: door,
        ..DoorstepTalkForm::default()
    };
    let _ = ana.app().record_doorstep_talk(week.team, talk)?;
    for (number, scores, story) in [
        (0, [1, 2, 1, 1], "Ik wil mijn dag weer gevuld hebben."),
        (1, [2, 2, 2, 3], "Ik sta op, ik ga, en ik weet waarom."),
    ] {
        let _ = ana
            .app()
            .record_measurement(week.team, &measurement(week, number, scores, story)?)?;
    }
    let group = YouthGroup {
        name: Some("De skaters".to_owned()),
        spots: Codes::from_iter([(drempel_server::spot_id("skatebaan").to_string(), true)]),
        estimated_size: Some(Whole(8)),
        step: Some(Code::from("1")),
        ..YouthGroup::default()
    };
    let _ = ana.app().create_youth_group(week.team, &group, None)?;
    things_to_do(week)?;
    for (hours, text, basis) in NOTES {
        week.until(0, *hours);
        let _ = ana.app().note(ana.own_space(), text, basis.clone())?;
        ana.sync();
    }
    Ok(())
}

fn measurement(
    week: &Week<'_>,
    number: i64,
    scores: [u8; 4],
    story: &str,
) -> Result<Measurement, ClientError> {
    let domains = ["housing", "work", "education", "money"];
    let day = week.now.plus_millis((number - 2) * 90 * DAY).local_day();
    Ok(Measurement {
        youth: Some(week.youth("Sammie")?),
        number: Some(Whole(number)),
        date: Some(EventDay(day)),
        scores: domains
            .into_iter()
            .zip(scores)
            .map(|(domain, score)| (domain.to_owned(), Score::Scored(score)))
            .collect(),
        own_story: Some(story.to_owned()),
        ..Measurement::default()
    })
}

fn things_to_do(week: &Week<'_>) -> Result<(), ClientError> {
    for (whose, kind, title, days, youth) in ACTIONS {
        let phone = week.world.device(whose);
        let follow_up = FollowUp {
            kind: Some(Code::from(*kind)),
            title: Some((*title).to_owned()),
            due: Some(week.now.plus_millis(days * DAY).local_day()),
            assignee: Some(week.world.user(whose)),
            youth: Some(week.youth(youth)?),
            ..FollowUp::default()
        };
        let _ = phone.app().create_action(week.team, follow_up, None)?;
    }
    Ok(())
}

/// The round that is being walked: together with leerplicht and the jeugdboa, with three addresses on its list.
pub(super) fn tonight(week: &Week<'_>) -> Result<(), ClientError> {
    week.until(0, 1);
    let ana = week.world.device("ana");
    let start = RoundStart {
        district: Some(Code::from("kadebuurt")),
        with: vec![week.world.user("chris"), week.world.user("diede")],
        ..RoundStart::default()
    };
    let round = ana.app().start_round(week.joint, start)?.first();
    ana.sync();
    let chris = week.world.device("chris");
    chris.sync();
    let addresses = [
        ("Jay", "Lindenhof 12", "absence"),
        ("Ilse", "Zilverhof 31", "absence"),
        ("Rik", "Kadewal 80", "off_radar"),
    ];
    for (position, (name, address, reason)) in (1..).zip(addresses) {
        let request = VisitRequest {
            round,
            name: Some(name.to_owned()),
            age_band: Some(Code::from("16-17")),
            address: Some(address.to_owned()),
            reason: Some(Code::from(reason)),
            asked_by: Some(week.world.user("chris")),
            position: Some(Whole(position)),
            state: Some(VisitState::Open),
        };
        let _ = chris.app().create(week.joint, &request)?;
    }
    chris.sync();
    Ok(())
}
