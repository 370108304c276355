//! Young people and groups in lists: by name, by what was typed, by what holds of them.

use crate::configuration::settings;
use crate::failure::CommandError;
use crate::names::{chip, nickname_beside};
use crate::rounds::first_name;
use crate::screens::{Deed, Screens};
use crate::shapes::{
    GroupForm, GroupRow, Names, Opened, Page, Saved, YouthCounts, YouthFilter, YouthForm, YouthRow,
    YouthsHead,
};
use crate::street_contacts::code;
use drempel_client as client;
use drempel_client::actions::{self, TrackStart};
use drempel_domain::id::{Id, RecordId, UserId};
use drempel_domain::record::{Code, EventDay, Named, Whole};
use drempel_domain::records::contacts::StreetContact;
use drempel_domain::records::course::Track;
use drempel_domain::records::groups::YouthGroup;
use drempel_domain::records::rounds::Spot;
use drempel_domain::records::youths::Youth;
use drempel_domain::time::{DAY, Day, Moment};
use drempel_store::{Query, Reader, StoreError, YouthQuery};
use std::collections::BTreeMap;

/// The most rows that one window has.
const MOST_ROWS: usize = 100;
/// The most young people that a search looks through.
const MOST_FOUND: usize = 200;

/// What a row of the list needs besides the young person, read once.
struct Around {
    me: UserId,
    names: Names,
    today: Day,
    now: Moment,
    long_unseen_days: u32,
    coaches: BTreeMap<UserId, String>,
}

impl Screens<'_> {
    /// What stands above the list.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn youths_head(&self) -> Result<YouthsHead, CommandError> {
        let around = self.around()?;
        let lists = self.configuration()?;
        let walked = self.walking()?;
        let district = walked
            .as_ref()
            .and_then(|walking| walking.district())
            .map(str::to_owned);
        let mut districts = lists.choices("districts").into_iter();
        self.client.store().read(|reader| {
            let caseload = Query::of::<Track>()
                .whose("coach", around.me.to_string())
                .without("ended");
            let tracks = reader.find(&caseload)?;
            let mut counts = YouthCounts::default();
            let mut seen = std::collections::BTreeSet::new();
            for track in tracks.iter().map(|stored| stored.typed::<Track>()) {
                if let Some(phase) = &track.phase {
                    *counts.phases.entry(phase.as_str().to_owned()).or_default() += 1;
                }
                let Some(youth) = track.youth.map(Id::record).filter(|youth| seen.insert(*youth)) else {
                    continue;
                };
                counts.mine += 1;
                let unseen = days_unseen(reader, youth, around.now)?;
                counts.long_unseen += usize::from(around.is_long(unseen));
            }
            Ok(YouthsHead {
                caseload: tracks.len(),
                counts,
                district: match &district {
                    Some(code) => districts.find(|listed| listed.code == *code),
                    None => districts.next(),
                },
                names: around.names,
                any: !reader.find(&Query::of::<Youth>().limit(1))?.is_empty(),
            })
        })
    }

    /// A window of the list, by family name; of a search, the newest on this device first. `count` at most 100.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn youths(
        &self,
        filter: &YouthFilter,
        from: usize,
        count: usize,
    ) -> Result<Page<YouthRow>, CommandError> {
        let count = count.min(MOST_ROWS);
        if !filter.words.trim().is_empty() {
            return self.found_youths(filter, from, count);
        }
        let around = self.around()?;
        let query = YouthQuery {
            coach: filter.mine.then_some(around.me),
            phase: filter.phase.as_deref(),
            district: filter.district.as_deref(),
            unseen_since: filter
                .long_unseen
                .then(|| around.now.plus_millis(-i64::from(around.long_unseen_days) * DAY)),
        };
        let page = self
            .client
            .store()
            .read(|reader| reader.youths(&query, from, count))?;
        Ok(Page {
            from,
            total: usize::try_from(page.total).unwrap_or(usize::MAX),
            rows: self.rows_around(page.youths, &around)?,
        })
    }

    fn found_youths(
        &self,
        filter: &YouthFilter,
        from: usize,
        count: usize,
    ) -> Result<Page<YouthRow>, CommandError> {
        let around = self.around()?;
        let mut found = self
            .client
            .store()
            .read(|reader| reader.search_youths(&filter.words, MOST_FOUND))?;
        let narrowed =
            filter.mine || filter.long_unseen || filter.phase.is_some() || filter.district.is_some();
        if narrowed {
            let rows = self.rows_around(found, &around)?;
            let fits = rows.into_iter().filter(|row| fits(row, filter));
            found = fits.map(|row| row.id).collect();
        }
        let total = found.len();
        let window = found.into_iter().skip(from).take(count);
        Ok(Page {
            from,
            total,
            rows: self.rows_around(window, &around)?,
        })
    }

    /// Those young people as rows, in the order asked.
    pub(crate) fn youth_rows(
        &self,
        youths: impl IntoIterator<Item = RecordId>,
    ) -> Result<Vec<YouthRow>, CommandError> {
        self.rows_around(youths, &self.around()?)
    }

    fn rows_around(
        &self,
        youths: impl IntoIterator<Item = RecordId>,
        around: &Around,
    ) -> Result<Vec<YouthRow>, CommandError> {
        self.client.store().read(|reader| {
            let rows = youths.into_iter().map(|youth| row(reader, youth, around));
            Ok(rows
                .collect::<Result<Vec<_>, StoreError>>()?
                .into_iter()
                .flatten()
                .collect())
        })
    }

    fn around(&self) -> Result<Around, CommandError> {
        let spaces = self.client.spaces()?;
        let members = spaces.into_iter().flat_map(|granted| granted.members);
        let coaches = members.map(|member| (member.person.id, first_name(&member.person.name).to_owned()));
        let set = self.client.configuration()?;
        Ok(Around {
            me: self.me()?.id,
            names: self.names()?,
            today: self.today_is(),
            now: self.client.now(),
            long_unseen_days: settings(set.as_ref()).long_unseen_days,
            coaches: coaches.collect(),
        })
    }

    /// Groups that have these words in their name or spots, by when they were last seen.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn groups(&self, words: &str) -> Result<Vec<GroupRow>, CommandError> {
        let words = words.trim().to_lowercase();
        self.client.store().read(|reader| {
            let mut rows = Vec::new();
            for stored in reader.find(&Query::of::<YouthGroup>())? {
                let row = group_row(reader, stored.id, stored.typed())?;
                let mut texts = std::iter::once(&row.name).chain(&row.spots);
                if texts.any(|text| text.to_lowercase().contains(&words)) {
                    let seen = Query::of::<StreetContact>()
                        .whose("youth_group", stored.id.to_string())
                        .newest_first("occurred_at")
                        .limit(1);
                    let seen = reader
                        .find(&seen)?
                        .first()
                        .and_then(|contact| contact.typed::<StreetContact>().occurred_at);
                    rows.push((seen, row));
                }
            }
            rows.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
            Ok(rows.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// Opens the form for somebody new, who is called that at first, or that draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_youth(
        &self,
        draft: Option<RecordId>,
        nickname: &Option<String>,
    ) -> Result<Opened<YouthForm, ()>, CommandError> {
        let begin = || {
            Ok(YouthForm {
                nickname: said(nickname),
                ..YouthForm::default()
            })
        };
        self.opened(draft, begin, |_| Ok(()))
    }

    /// Makes somebody known in the own team, with a track of the person's, and finishes the draft; one word is enough.
    ///
    /// # Errors
    /// `refused` naming `nickname` when there is no name at all; `refused` for limits. The draft is there still then.
    pub fn create_youth(&self, draft: RecordId, form: &YouthForm) -> Deed<Saved> {
        let named = [&form.nickname, &form.given_name, &form.family_name];
        if named.into_iter().flatten().all(|name| name.trim().is_empty()) {
            return Err(CommandError::refused("nickname", "missing"));
        }
        let youth = Youth {
            nickname: said(&form.nickname),
            given_name: said(&form.given_name),
            family_name: said(&form.family_name),
            age_band: form.age_band.as_deref().map(Code::from),
            district: form.district.as_deref().map(Code::from),
            ..Youth::default()
        };
        let track = Track {
            coach: Some(self.me()?.id),
            started: Some(EventDay(self.today_is())),
            ..Track::default()
        };
        let form = actions::YouthForm {
            youth,
            track: Some(TrackStart { track }),
            draft: Some(draft),
        };
        let saved = self.client.create_youth(self.team()?, form)?;
        self.made::<Youth>(saved)
    }

    /// Opens the form for a new group, or that draft.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_group(&self, draft: Option<RecordId>) -> Result<Opened<GroupForm, ()>, CommandError> {
        self.opened(draft, || Ok(GroupForm::default()), |_| Ok(()))
    }

    /// Makes a group known in the own team, and finishes the draft.
    ///
    /// # Errors
    /// `refused` naming `name` when there is none; `refused` for limits. The draft is there still then.
    pub fn create_group(&self, draft: RecordId, form: &GroupForm) -> Deed<Saved> {
        let group = YouthGroup {
            name: Some(said(&form.name).ok_or_else(|| CommandError::refused("name", "missing"))?),
            estimated_size: form.estimated_size.map(Whole),
            spots: form.spots.iter().map(|spot| (spot.to_string(), true)).collect(),
            ..YouthGroup::default()
        };
        let saved = self
            .client
            .create_youth_group(self.team()?, &group, Some(draft))?;
        self.made::<YouthGroup>(saved)
    }

    /// Something was made from a form that is no draft any more.
    fn made<K: Named>(&self, saved: client::Saved) -> Deed<Saved> {
        let record = saved
            .first::<K>()
            .map_or_else(|| self.client.new_draft(), Id::record);
        let mut done = self.deed_done::<K>(saved, record)?;
        done.changed.insert("draft");
        Ok(done)
    }
}

impl Around {
    fn is_long(&self, days_unseen: Option<u32>) -> bool {
        days_unseen.is_none_or(|days| days >= self.long_unseen_days)
    }
}

fn fits(row: &YouthRow, filter: &YouthFilter) -> bool {
    (!filter.mine || row.mine)
        && (!filter.long_unseen || row.long_unseen)
        && (filter.phase.is_none() || row.phase == filter.phase)
        && (filter.district.is_none() || row.district == filter.district)
}

fn row(reader: &Reader<'_>, id: RecordId, around: &Around) -> Result<Option<YouthRow>, StoreError> {
    let stored = reader
        .record(Youth::NAME, id)?
        .filter(|stored| !stored.is_deleted());
    let Some(stored) = stored else { return Ok(None) };
    let youth: Youth = stored.typed();
    let running = reader.find(
        &Query::of::<Track>()
            .whose("youth", id.to_string())
            .without("ended"),
    )?;
    let tracks: Vec<Track> = running.iter().map(|stored| stored.typed()).collect();
    let mine = tracks.iter().find(|track| track.coach == Some(around.me));
    let shown = mine.or(tracks.first());
    let unseen = days_unseen(reader, id, around.now)?;
    let chip = chip(Id::new(id), &youth, around.names);
    Ok(Some(YouthRow {
        id,
        shown: chip.shown,
        nickname: nickname_beside(&youth, around.names),
        initials: chip.initials,
        tint: chip.tint,
        age: youth.birth_date.map(|born| born.0.years_until(around.today)),
        phase: shown
            .and_then(|track| track.phase.as_ref())
            .map(|phase| phase.as_str().to_owned()),
        district: code(youth.district.as_ref()),
        days_unseen: unseen,
        long_unseen: around.is_long(unseen),
        coach: match mine {
            Some(_) => None,
            None => shown.and_then(|track| around.coaches.get(&track.coach?).cloned()),
        },
        mine: mine.is_some(),
    }))
}

fn days_unseen(reader: &Reader<'_>, youth: RecordId, now: Moment) -> Result<Option<u32>, StoreError> {
    let seen = reader.last_seen(youth)?;
    Ok(seen.map(|seen| {
        let days = (now.millis() - seen.millis()).div_euclid(DAY).max(0);
        u32::try_from(days).unwrap_or(u32::MAX)
    }))
}

fn group_row(reader: &Reader<'_>, id: RecordId, group: YouthGroup) -> Result<GroupRow, StoreError> {
    let mut spots = Vec::new();
    for (spot, _) in group.spots.iter().filter(|(_, yes)| **yes) {
        if let Ok(spot) = spot.parse::<RecordId>() {
            let stored = reader.record(Spot::NAME, spot)?;
            spots.extend(stored.and_then(|stored| stored.typed::<Spot>().name));
        }
    }
    Ok(GroupRow {
        id,
        name: group.name.unwrap_or_default(),
        spots,
        estimated_size: group.estimated_size.map(|size| size.0),
        step: code(group.step.as_ref()),
    })
}

/// A text that was typed, without blanks around it; nothing when that leaves nothing.
fn said(text: &Option<String>) -> Option<String> {
    text.as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
