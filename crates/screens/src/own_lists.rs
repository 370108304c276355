//! The app's own lists of codes with their Dutch labels: what a municipality does not configure, and all there is while
//! locked.

use crate::shapes::ListedCode;
use std::collections::BTreeMap;

/// Codes and labels, in the order in which they are shown.
type Labels = &'static [(&'static str, &'static str)];

/// A list of the app's own.
struct OwnList {
    name: &'static str,
    /// Whether the lock screen may have it: it says nothing about a place or a person.
    while_locked: bool,
    codes: Labels,
}

const fn list(name: &'static str, while_locked: bool, codes: Labels) -> OwnList {
    OwnList {
        name,
        while_locked,
        codes,
    }
}

const OWN: &[OwnList] = &[
    list(
        "approaches",
        true,
        &[("preventive", "Preventief"), ("corrective", "Correctief")],
    ),
    list(
        "moods",
        true,
        &[
            ("calm", "Rustig"),
            ("friendly", "Gezellig"),
            ("restless", "Onrustig"),
            ("tense", "Gespannen"),
        ],
    ),
    list(
        "age_bands",
        true,
        &[
            ("<12", "Jonger dan 12"),
            ("12-15", "12 t/m 15"),
            ("16-17", "16 en 17"),
            ("18-22", "18 t/m 22"),
            ("23-26", "23 t/m 26"),
            ("27+", "27 en ouder"),
        ],
    ),
    list(
        "door_openers",
        true,
        &[
            ("youth", "Jongere"),
            ("guardian", "Ouder"),
            ("other", "Iemand anders"),
            ("nobody", "Niemand"),
        ],
    ),
    list(
        "door_reasons",
        true,
        &[
            ("absence", "Verzuim"),
            ("off_radar", "Van de radar"),
            ("concern", "Zorg"),
            ("other", "Iets anders"),
        ],
    ),
    list(
        "absence_kinds",
        true,
        &[
            ("relative", "Mist lessen"),
            ("late", "Vaak te laat"),
            ("absolute", "Niet ingeschreven"),
            ("unknown", "Weet ik niet"),
        ],
    ),
    list(
        "door_results",
        true,
        &[
            ("conversation", "Gesproken"),
            ("refused", "Wil nu niet praten"),
            ("moved", "Woont hier niet"),
            ("card_left", "Kaartje in de bus"),
            ("phoned", "Gebeld"),
        ],
    ),
    list(
        "door_moods",
        true,
        &[
            ("good", "Goed"),
            ("so_so", "Gaat wel"),
            ("bad", "Niet goed"),
            ("watch", "Let op"),
            ("concern", "Zorg"),
        ],
    ),
    list(
        "topics",
        false,
        &[
            ("school", "School"),
            ("work", "Werk"),
            ("money", "Geld"),
            ("home", "Thuis"),
            ("friends", "Vrienden"),
            ("motivation", "Motivatie"),
            ("leisure", "Vrije tijd"),
            ("nuisance", "Overlast"),
            ("substances", "Middelen"),
            ("safety", "Veiligheid"),
        ],
    ),
    list(
        "talents",
        false,
        &[
            ("sport", "Sport"),
            ("music", "Muziek"),
            ("repair", "Techniek"),
            ("caring", "Zorgt voor anderen"),
            ("leading", "Neemt de leiding"),
        ],
    ),
    list(
        "life_domains",
        false,
        &[
            ("housing", "Wonen"),
            ("work", "Werk"),
            ("education", "Onderwijs"),
            ("money", "Geld en schulden"),
            ("health", "Gezondheid"),
            ("substances", "Middelen"),
            ("home", "Thuis en familie"),
            ("network", "Vrienden en netwerk"),
            ("leisure", "Vrije tijd"),
            ("justice", "Justitie"),
        ],
    ),
    list(
        "phases",
        false,
        &[
            ("scout", "Scout"),
            ("scan", "Scan"),
            ("match", "Match"),
            ("secure", "Borg"),
        ],
    ),
    list(
        "action_kinds",
        false,
        &[
            ("task", "Taak"),
            ("appointment", "Afspraak"),
            ("reminder", "Appen"),
            ("return_visit", "Langsgaan"),
            ("three_way_talk", "Driehoeksgesprek"),
            ("going_along", "Meegaan"),
            ("calling_together", "Samen bellen"),
            ("contribution", "Meenemen naar overleg"),
            ("help_framework", "Hulpverlening"),
            ("person_approach", "PGA"),
            ("group_approach", "Groepsaanpak"),
            ("case_meeting", "Overleg"),
            ("inform", "Vertellen wat je deelde"),
            ("correction", "Rechtzetten"),
        ],
    ),
    list(
        "channels",
        false,
        &[
            ("message", "App"),
            ("phone", "Gebeld"),
            ("missed", "Gemist"),
            ("mail", "Mail"),
        ],
    ),
    list("initiatives", false, &[("youth", "Jongere"), ("coach", "Ik")]),
    list(
        "talk_places",
        false,
        &[
            ("office", "Wijkhuis"),
            ("home", "Thuis"),
            ("school", "School"),
            ("outside", "Wandelen"),
        ],
    ),
    list(
        "partners",
        false,
        &[
            ("attendance_officer", "Leerplicht"),
            ("youth_officer", "jeugdboa"),
            ("youth_coach", "jongerencoach"),
            ("street_coach", "straatcoach"),
            ("case_manager", "casemanager"),
            ("team_lead", "leidinggevende"),
        ],
    ),
    list(
        "functions",
        false,
        &[
            ("youth_coach", "Jongerencoach"),
            ("street_coach", "Straatcoach"),
            ("attendance_officer", "Leerplichtambtenaar"),
            ("youth_officer", "Jeugdboa"),
            ("case_manager", "Casemanager"),
            ("team_lead", "Leidinggevende"),
            ("privacy_officer", "Privacyfunctionaris"),
            ("administrator", "Beheerder"),
        ],
    ),
];

/// The app's own lists; `locked`: only those that say nothing about a place or a person.
pub(crate) fn own_lists(locked: bool) -> BTreeMap<String, Vec<ListedCode>> {
    OWN.iter()
        .filter(|list| list.while_locked || !locked)
        .map(|list| (list.name.to_owned(), list.codes.iter().map(listed).collect()))
        .collect()
}

fn listed((code, label): &(&'static str, &'static str)) -> ListedCode {
    ListedCode {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
        active: true,
    }
}
/// The label of a code in one of the app's own lists; the code itself where it is not in it.
pub(crate) fn own_label<'c>(list: &str, code: &'c str) -> &'c str {
    OWN.iter()
        .filter(|own| own.name == list)
        .flat_map(|own| own.codes)
        .find(|(own, _)| *own == code)
        .map_or(code, |(_, label)| label)
}
