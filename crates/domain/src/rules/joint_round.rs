//! One save on a joint round, two records: the shared core and the author's own half.

use crate::space::Space;
use crate::sync_log::Fields;

/// What a joint space holds unless its covenant decides otherwise: time, place, headcount, ages, who opened, result.
pub const CORE_FIELDS: &[&str] = &[
    "created_at",
    "created_by",
    "round",
    "visit_request",
    "occurred_at",
    "place",
    "headcount",
    "age_bands",
    "opened_by",
    "result",
];

/// Divides what was filled in into the core for the joint space and the rest for the author's own space.
///
/// The covenant's list decides what the core may hold; what every record has goes to both.
pub fn split(fields: Fields, joint: &Space) -> (Fields, Fields) {
    let goes_along = |name: &str| match &joint.covenant_fields {
        Some(allowed) => allowed.contains(name) || matches!(name, "created_at" | "created_by"),
        None => CORE_FIELDS.contains(&name),
    };
    let (mut core, mut own) = (Fields::new(), Fields::new());
    for (name, value) in fields {
        if matches!(name.as_str(), "created_at" | "created_by") {
            core.insert(name.clone(), value.clone());
            own.insert(name, value);
        } else if goes_along(name.name()) {
            core.insert(name, value);
        } else {
            own.insert(name, value);
        }
    }
    (core, own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SpaceId;
    use crate::space::{Regime, SpaceKind};
    use crate::sync_log::FieldName;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn joint(allowed: Option<&[&str]>) -> Space {
        Space {
            id: SpaceId::new(Uuid::from_u128(1)),
            name: "Ronde".to_owned(),
            kind: SpaceKind::Joint,
            regime: Regime::CoachingAvg,
            covenant: None,
            covenant_fields: allowed.map(|names| {
                names
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect::<BTreeSet<_>>()
            }),
        }
    }

    fn filled_in() -> Fields {
        [
            "created_at",
            "headcount",
            "age_bands/12-15",
            "note",
            "mood",
            "topics/school",
        ]
        .into_iter()
        .map(|name| (FieldName::new(name).unwrap(), true.into()))
        .collect()
    }

    fn names(fields: &Fields) -> Vec<&str> {
        fields.keys().map(FieldName::as_str).collect()
    }

    #[test]
    fn the_core_holds_facts_and_the_rest_stays_with_its_author() {
        let (core, own) = split(filled_in(), &joint(None));
        assert_eq!(names(&core), ["age_bands/12-15", "created_at", "headcount"]);
        assert_eq!(names(&own), ["created_at", "mood", "note", "topics/school"]);
    }

    #[test]
    fn the_covenant_decides() {
        let (core, own) = split(filled_in(), &joint(Some(&["headcount", "mood"])));
        assert_eq!(names(&core), ["created_at", "headcount", "mood"]);
        assert_eq!(
            names(&own),
            ["age_bands/12-15", "created_at", "note", "topics/school"]
        );
    }
}
