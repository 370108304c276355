//! Spots to choose from: where the person was last, then the others. No device location is asked or kept.

use crate::failure::CommandError;
use crate::screens::Screens;
use crate::shapes::{Configuration, PlaceChoice, SpotChip};
use drempel_domain::id::{Id, RecordId, UserId};
use drempel_domain::record::{Code, Named as _};
use drempel_domain::records::contacts::{Place, StreetContact};
use drempel_domain::records::rounds::Spot;
use drempel_domain::time::{DAY, Moment};
use drempel_store::{Query, Reader, StoreError};

/// The most spots that a form offers.
pub(crate) const MOST_PLACES: usize = 8;
/// Days back in which the last used spots are looked for.
const LOOK_BACK: i64 = 60 * DAY;
/// The person's last contacts among which they are looked for.
const CONTACTS: usize = 60;

/// Spots to choose from.
pub(crate) struct Places {
    /// The last used first, then by name.
    pub(crate) spots: Vec<SpotChip>,
    /// Whether the first was used lately.
    pub(crate) first_is_last_used: bool,
}

impl Screens<'_> {
    /// Spots to choose from, on a round only those of its neighbourhood in front.
    pub(crate) fn places(&self, district: Option<&str>) -> Result<Places, CommandError> {
        let me = self.me()?.id;
        let now = self.client.now();
        self.client.store().read(|reader| {
            let mut spots = used_lately(reader, me, now)?;
            let lately = spots.len();
            let active = reader.find(&Query::of::<Spot>())?;
            let mut others: Vec<SpotChip> = active
                .iter()
                .filter_map(|stored| spot_chip(Id::new(stored.id), &stored.typed()))
                .filter(|chip| spots.iter().all(|used| used.spot != chip.spot))
                .collect();
            others.sort_by(|one, other| one.label.cmp(&other.label));
            spots.extend(others);
            let first = spots.first().map(|chip| chip.spot);
            // A stable order: within the round's neighbourhood the last used stays first.
            spots.sort_by_key(|chip| district.is_some_and(|district| chip.district != district));
            let first_is_last_used =
                lately > 0 && (district.is_none() || spots.first().map(|chip| chip.spot) == first);
            spots.truncate(MOST_PLACES);
            Ok(Places {
                spots,
                first_is_last_used,
            })
        })
    }

    /// A spot that was chosen, whether or not it is offered still.
    pub(crate) fn spot(&self, spot: RecordId) -> Result<Option<SpotChip>, CommandError> {
        let stored = self
            .client
            .store()
            .read(|reader| reader.record(Spot::NAME, spot))?;
        Ok(stored.map(|stored| chip(Id::new(spot), &stored.typed())))
    }
}

fn used_lately(reader: &Reader<'_>, me: UserId, now: Moment) -> Result<Vec<SpotChip>, StoreError> {
    let mine = Query::of::<StreetContact>()
        .whose("created_by", me.to_string())
        .from("occurred_at", now.plus_millis(-LOOK_BACK).to_string())
        .newest_first("occurred_at")
        .limit(CONTACTS);
    let mut chips: Vec<SpotChip> = Vec::new();
    for stored in reader.find(&mine)? {
        let place = stored.typed::<StreetContact>().place.unwrap_or_default();
        let Some(spot) = place
            .spot
            .filter(|spot| chips.iter().all(|chip| chip.spot != spot.record()))
        else {
            continue;
        };
        let stored = reader.record(Spot::NAME, spot.record())?;
        chips.extend(
            stored
                .filter(|stored| !stored.is_deleted())
                .and_then(|stored| spot_chip(spot, &stored.typed())),
        );
    }
    Ok(chips)
}

fn spot_chip(id: Id<Spot>, spot: &Spot) -> Option<SpotChip> {
    let active = spot.active != Some(false);
    active.then(|| chip(id, spot))
}

fn chip(id: Id<Spot>, spot: &Spot) -> SpotChip {
    SpotChip {
        spot: id.record(),
        district: spot
            .district
            .as_ref()
            .map(|code| code.as_str().to_owned())
            .unwrap_or_default(),
        label: spot.name.clone().unwrap_or_default(),
    }
}

/// Where something was, in words: the spot, or the neighbourhood.
pub(crate) fn place_label(
    reader: &Reader<'_>,
    lists: &Configuration,
    place: Option<&Place>,
) -> Result<Option<String>, StoreError> {
    let Some(place) = place else { return Ok(None) };
    let spot = match place.spot {
        Some(spot) => reader.record(Spot::NAME, spot.record())?,
        None => None,
    };
    let name = spot.and_then(|stored| stored.typed::<Spot>().name);
    let district = place
        .district
        .as_ref()
        .map(|code| lists.label("districts", code.as_str()));
    Ok(name.or_else(|| district.map(str::to_owned)))
}

/// A chosen place as the record has it. A neighbourhood that nobody named is none.
pub(crate) fn place(choice: &PlaceChoice) -> Place {
    let district = Some(choice.district.as_str()).filter(|code| !code.is_empty());
    Place {
        district: district.map(Code::from),
        spot: choice.spot.map(Id::new),
    }
}

/// The place of a record as a form has it.
pub(crate) fn place_choice(place: &Place) -> PlaceChoice {
    PlaceChoice {
        district: place
            .district
            .as_ref()
            .map(|code| code.as_str().to_owned())
            .unwrap_or_default(),
        spot: place.spot.map(Id::record),
    }
}
