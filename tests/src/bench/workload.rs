//! The workload: made-up records of fourteen fields, about 600 bytes of JSON each, the same for the same seed.

use crate::network::dice::Dice;
use drempel_domain::time::{DAY, MINUTE, Moment};
use serde::{Deserialize, Serialize};

/// One record of the workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRecord {
    /// Its identifier, a UUID.
    pub id: String,
    /// `street_contact`, `doorstep_talk` or `quick_note`.
    pub kind: String,
    /// When, RFC 3339 in UTC.
    pub happened_at: String,
    /// The neighbourhood, a code.
    pub neighbourhood: String,
    /// Where, in words.
    pub location: String,
    /// How many people.
    pub participants: i64,
    /// What was spoken of, in the order in which it was.
    pub themes: Vec<String>,
    /// What to remember.
    pub note: String,
    /// What there is to do.
    pub follow_up: Option<String>,
    /// The young person.
    pub youth_id: Option<String>,
    /// Who recorded it.
    pub author: String,
    /// How long it took.
    pub duration_min: i64,
    /// How it felt, a code.
    pub mood: Option<String>,
    /// When it was recorded, RFC 3339 in UTC.
    pub created_at: String,
}

/// So many records, in the order in which they were recorded.
pub fn generate(records: u64, seed: u64) -> impl Iterator<Item = WorkRecord> {
    let mut dice = Dice::new(seed);
    let youths: Vec<String> = (0..400).map(|_| uuid(&mut dice, START)).collect();
    let pace = HALF_A_YEAR / whole(records.max(1));
    (0..records).map(move |number| record(&mut dice, &youths, START.plus_millis(whole(number) * pace)))
}

/// When the first one happened: 1 January 2026.
const START: Moment = Moment::from_millis(1_767_290_400_000);
/// How long the records go on, in milliseconds.
const HALF_A_YEAR: i64 = 180 * DAY;

fn record(dice: &mut Dice, youths: &[String], from: Moment) -> WorkRecord {
    let happened = from.plus_millis(whole(dice.below(60)) * MINUTE);
    let recorded = happened.plus_millis(whole(dice.below(90_000)) + 5_000);
    let words = 30 + dice.below(24);
    WorkRecord {
        id: uuid(dice, recorded),
        kind: word(
            dice,
            &[
                "street_contact",
                "street_contact",
                "street_contact",
                "doorstep_talk",
                "quick_note",
            ],
        ),
        happened_at: happened.to_string(),
        neighbourhood: word(dice, NEIGHBOURHOODS),
        location: sentence(dice, 3),
        participants: whole(dice.below(7)) + 1,
        themes: themes(dice),
        note: sentence(dice, words),
        follow_up: dice.chance(40).then(|| sentence(dice, 5)),
        youth_id: if dice.chance(60) {
            dice.one_of(youths).cloned()
        } else {
            None
        },
        author: word(dice, &["ana", "bo", "chris"]),
        duration_min: whole(dice.below(55)) + 5,
        mood: dice.chance(75).then(|| word(dice, MOODS)),
        created_at: recorded.to_string(),
    }
}

fn themes(dice: &mut Dice) -> Vec<String> {
    let mut themes = Vec::new();
    for _ in 0..=dice.below(3) {
        let theme = word(dice, THEMES);
        if !themes.contains(&theme) {
            themes.push(theme);
        }
    }
    themes
}

fn sentence(dice: &mut Dice, words: u64) -> String {
    let mut text = String::new();
    for _ in 0..words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word(dice, WORDS));
    }
    text
}

fn word(dice: &mut Dice, words: &[&str]) -> String {
    dice.one_of(words).copied().unwrap_or_default().to_owned()
}

/// An identifier as a device makes it (UUID version 7): it follows time.
fn uuid(dice: &mut Dice, at: Moment) -> String {
    let mut random = [0; 10];
    let bits = dice
        .bits()
        .to_be_bytes()
        .into_iter()
        .chain(dice.bits().to_be_bytes());
    random.iter_mut().zip(bits).for_each(|(to, from)| *to = from);
    let millis = u64::try_from(at.millis()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    id.hyphenated().to_string()
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

const NEIGHBOURHOODS: &[&str] = &[
    "noord",
    "zuid",
    "oost",
    "west",
    "havenkwartier",
    "molenbuurt",
    "stationsplein",
];

const MOODS: &[&str] = &["calm", "friendly", "restless", "tense"];

const THEMES: &[&str] = &[
    "school", "work", "money", "home", "friends", "drugs", "sport", "family", "debts", "police",
];

/// Ordinary words of a street coach's notes.
const WORDS: &[&str] = &[
    "aan",
    "achter",
    "afgesproken",
    "afspraak",
    "al",
    "alleen",
    "altijd",
    "anders",
    "appt",
    "avond",
    "bal",
    "bang",
    "bankje",
    "basketbal",
    "bellen",
    "beter",
    "bij",
    "bijna",
    "blij",
    "blijft",
    "boos",
    "brief",
    "broer",
    "brug",
    "bus",
    "buurman",
    "contact",
    "daar",
    "dacht",
    "dag",
    "daarna",
    "dan",
    "deur",
    "dicht",
    "docent",
    "doet",
    "donker",
    "door",
    "druk",
    "duidelijk",
    "durft",
    "een",
    "eerst",
    "even",
    "fiets",
    "gaat",
    "gamen",
    "geeft",
    "geen",
    "gehoord",
    "geld",
    "gepraat",
    "gesprek",
    "gezien",
    "gister",
    "goed",
    "groep",
    "haalt",
    "half",
    "hangt",
    "heeft",
    "helpen",
    "hier",
    "hoek",
    "honger",
    "huis",
    "idee",
    "in",
    "inschrijven",
    "jas",
    "jongens",
    "jongste",
    "kan",
    "kent",
    "kijkt",
    "klas",
    "komt",
    "koud",
    "kranten",
    "kwijt",
    "kwam",
    "laat",
    "lacht",
    "lastig",
    "laten",
    "leraar",
    "lijkt",
    "loopt",
    "luid",
    "maandag",
    "maar",
    "meedoen",
    "meegaan",
    "meisje",
    "mentor",
    "met",
    "middag",
    "misschien",
    "moe",
    "moeder",
    "moet",
    "morgen",
    "muziek",
    "naar",
    "naast",
    "nacht",
    "niet",
    "niks",
    "nieuw",
    "nog",
    "nooit",
    "om",
    "onder",
    "ook",
    "oom",
    "op",
    "opa",
    "open",
    "oud",
    "over",
    "overleg",
    "park",
    "plan",
    "plein",
    "praten",
    "probeert",
    "rap",
    "regen",
    "rustig",
    "rond",
    "samen",
    "scooter",
    "school",
    "sinds",
    "slecht",
    "slaapt",
    "snel",
    "soms",
    "spreekt",
    "staat",
    "stage",
    "stil",
    "straat",
    "stress",
    "studie",
    "taxi",
    "telefoon",
    "terug",
    "thuis",
    "toen",
    "tot",
    "trainer",
    "trap",
    "trots",
    "twijfelt",
    "uit",
    "uur",
    "vader",
    "van",
    "vandaag",
    "veel",
    "veld",
    "vertelde",
    "vindt",
    "voetbal",
    "volgende",
    "voor",
    "vraagt",
    "vriend",
    "vrijdag",
    "vroeg",
    "wacht",
    "wandelt",
    "want",
    "warm",
    "wat",
    "week",
    "weer",
    "weet",
    "weg",
    "weinig",
    "werk",
    "wijk",
    "wil",
    "winkel",
    "woont",
    "zaal",
    "zaterdag",
    "zegt",
    "zei",
    "zelf",
    "ziek",
    "zingt",
    "zoekt",
    "zondag",
    "zorgen",
    "zusje",
    "zwemmen",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_records_of_about_600_bytes() {
        let records: Vec<_> = generate(500, 7).collect();
        assert!(generate(500, 7).eq(records.iter().cloned()));
        assert!(!generate(500, 8).eq(records.iter().cloned()));
        let bytes: usize = records
            .iter()
            .map(|record| serde_json::to_string(record).unwrap().len())
            .sum();
        assert!(
            (550..=650).contains(&(bytes / records.len())),
            "{}",
            bytes / records.len()
        );
    }
}
