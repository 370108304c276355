//! Forms while the app is locked: empty of names, places and lists, and recorded as a note to process. Pure.

use crate::own_lists::own_label;
use crate::shapes::{
    DoorResults, DoorstepTalkForm, DoorstepTalkKnown, DraftKept, DraftState, ListedCode, Opened, PlaceFrom,
    QuickNoteForm, QuickNoteKnown, Saved, StreetContactForm, StreetContactKnown,
};
use drempel_domain::id::RecordId;
use drempel_domain::record::Named as _;
use drempel_domain::records::notes::QuickNote;
use drempel_domain::time::Moment;

/// A draft that was sealed.
pub const SEALED: DraftKept = DraftKept {
    state: DraftState::Sealed,
};

/// A new contact: one young person, now.
pub fn open_street_contact(draft: RecordId, now: Moment) -> Opened<StreetContactForm, StreetContactKnown> {
    let known = StreetContactKnown {
        chosen: Vec::new(),
        places: Vec::new(),
        place_from: PlaceFrom::None,
        youths: Vec::new(),
        groups: Vec::new(),
        follow_ups: Vec::new(),
        audiences: Vec::new(),
    };
    let form = StreetContactForm {
        headcount: Some(1),
        ..StreetContactForm::default()
    };
    opened(draft, form, known, now)
}

/// A new talk at a door, without the visit list.
pub fn open_doorstep_talk(draft: RecordId, now: Moment) -> Opened<DoorstepTalkForm, DoorstepTalkKnown> {
    let listed = |codes: &[&str]| -> Vec<ListedCode> {
        codes
            .iter()
            .map(|code| ListedCode {
                code: (*code).to_owned(),
                label: own_label("door_results", code).to_owned(),
                active: true,
            })
            .collect()
    };
    let known = DoorstepTalkKnown {
        visit: None,
        next_address: None,
        visits: Vec::new(),
        domains: Vec::new(),
        audiences: Vec::new(),
        results: DoorResults {
            nobody: listed(&["card_left", "phoned", "moved"]),
            opened: listed(&["conversation", "refused", "moved"]),
        },
        follow_ups: Vec::new(),
        days: Vec::new(),
        share_template: None,
    };
    opened(draft, DoorstepTalkForm::default(), known, now)
}

/// A new note.
pub fn open_quick_note(draft: RecordId, now: Moment) -> Opened<QuickNoteForm, QuickNoteKnown> {
    opened(draft, QuickNoteForm::default(), QuickNoteKnown::default(), now)
}

fn opened<Form, Known>(draft: RecordId, form: Form, known: Known, now: Moment) -> Opened<Form, Known> {
    Opened {
        draft,
        form,
        known,
        now: now.into(),
    }
}

/// What a form answers when its note was set aside: nothing can be taken back while locked.
pub fn set_aside(draft: RecordId) -> Saved {
    Saved {
        token: String::new(),
        collection: QuickNote::NAME.to_owned(),
        record: draft,
        warnings: Vec::new(),
    }
}

/// A note as it is set aside.
pub fn quick_note(form: &QuickNoteForm) -> QuickNote {
    QuickNote {
        text: form.text.clone(),
        basis: form.basis.map(Into::into),
        ..QuickNote::default()
    }
}

/// A contact as a note in words, so that nothing that was tapped is lost.
pub fn street_contact(form: &StreetContactForm) -> QuickNote {
    let mut told = Told::default();
    told.say(Some("Straatcontact"));
    told.say(form.headcount.map(young));
    for (band, count) in &form.age_bands {
        told.say(Some(
            [own_label("age_bands", band), ": ", &count.to_string()].concat(),
        ));
    }
    told.say(form.approach.as_deref().map(|code| own_label("approaches", code)));
    told.say(form.mood.as_deref().map(|code| own_label("moods", code)));
    for topic in &form.topics {
        told.say(Some(own_label("topics", topic)));
    }
    for talent in &form.talents {
        told.say(Some(own_label("talents", talent)));
    }
    told.say(form.place_text.as_deref());
    for person in &form.participants {
        told.say(person.unknown.as_deref());
    }
    for follow_up in &form.follow_up {
        told.say(Some(own_label("action_kinds", &follow_up.kind)));
    }
    told.note(form.note.as_deref(), form.basis)
}

/// A talk at a door as a note in words.
pub fn doorstep_talk(form: &DoorstepTalkForm) -> QuickNote {
    let mut told = Told::default();
    told.say(Some("Drempelgesprek"));
    told.say(form.address.as_deref());
    told.say(
        form.opened_by
            .as_deref()
            .map(|code| own_label("door_openers", code)),
    );
    told.say(form.reason.as_deref().map(|code| own_label("door_reasons", code)));
    told.say(
        form.absence_kind
            .as_deref()
            .map(|code| own_label("absence_kinds", code)),
    );
    told.say(form.result.as_deref().map(|code| own_label("door_results", code)));
    told.say(form.mood.as_deref().map(|code| own_label("door_moods", code)));
    for (domain, mood) in &form.obstacles {
        let (domain, mood) = (own_label("life_domains", domain), own_label("door_moods", mood));
        told.say(Some([domain, ": ", mood].concat()));
    }
    for (asked, words) in [
        (form.entered, "Binnen geweest"),
        (form.identification_shown, "Gelegitimeerd"),
        (form.purpose_stated, "Doel verteld"),
        (form.consent_to_enter, "Toestemming om binnen te komen"),
    ] {
        let answer = asked.map(|yes| if yes { "ja" } else { "nee" });
        told.say(answer.map(|answer| [words, ": ", answer].concat()));
    }
    for agreement in &form.agreements {
        told.say(
            Some(["Afspraak: ", agreement.text.as_str()].concat())
                .filter(|_| !agreement.text.trim().is_empty()),
        );
    }
    told.note(form.how_are_things.as_deref(), form.basis)
}

fn young(count: i64) -> String {
    let word = if count == 1 { " jongere" } else { " jongeren" };
    [&count.to_string(), word].concat()
}

/// What was tapped, in words.
#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn say(&mut self, words: Option<impl AsRef<str>>) {
        let words = words
            .as_ref()
            .map(|words| words.as_ref().trim())
            .unwrap_or_default();
        if !words.is_empty() {
            self.0.push(words.to_owned());
        }
    }

    /// The note: what was tapped on the first line, what was typed below it.
    fn note(self, typed: Option<&str>, basis: Option<crate::shapes::Basis>) -> QuickNote {
        let tapped = self.0.join(" · ");
        let text = match typed.filter(|typed| !typed.trim().is_empty()) {
            Some(typed) => [&tapped, "\n", typed].concat(),
            None => tapped,
        };
        QuickNote {
            text: Some(text),
            basis: basis.map(Into::into),
            ..QuickNote::default()
        }
    }
}
