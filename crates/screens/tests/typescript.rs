//! The types in `ui/src/lib/api/generated.ts` are those of this crate.

use drempel_screens::shapes::*;
use drempel_screens::{CommandError, FailureCode, FieldFailure};
use std::fs;
use std::path::{Path, PathBuf};
use ts_rs::{Config, TS};

const BEGINNING: &str = "/**
 * The shapes that cross from the core to the screens and back, written from the types in `crates/screens`.
 *
 * A field that is not known is `null`, never left out. Instants are milliseconds since 1970 in UTC; days are
 * `YYYY-MM-DD` in Europe/Amsterdam. Every text that a person typed is shown as text only.
 */

/** A record's identifier (UUID). */
export type RecordId = string;
/** A space's identifier (UUID). */
export type SpaceId = string;
/** A person who works with Drempel (UUID). */
export type UserId = string;
/** A code of one of the municipality's lists; one that a newer version made is kept and shown as it is. */
export type Code = string;
/** A kind of record, by the name of its collection. */
export type Collection = string;
";

#[test]
fn the_types_of_the_screens_are_those_of_the_core() {
    let path = ui().join("src/lib/api/generated.ts");
    let expected = typescript();
    if fs::read_to_string(&path).unwrap_or_default() != expected {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated.ts");
        fs::write(&fresh, expected).unwrap();
        panic!(
            "the shapes have changed: cp {} ui/src/lib/api/generated.ts",
            fresh.display()
        );
    }
}

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui")
}

fn typescript() -> String {
    let all = [
        of::<Moment>(),
        of::<Day>(),
        of::<CommandError>(),
        of::<FailureCode>(),
        of::<FieldFailure>(),
        of::<ListedCode>(),
        of::<Configuration>(),
        of::<MunicipalSettings>(),
        of::<Status>(),
        of::<SpaceKind>(),
        of::<Audience>(),
        of::<AudienceChoice>(),
        of::<YouthChip>(),
        of::<SpotChip>(),
        of::<GroupChip>(),
        of::<PlaceChoice>(),
        of::<Participant>(),
        of::<Basis>(),
        of::<FollowUp>(),
        of::<FollowUpChoice>(),
        of::<Saved>(),
        of::<Warning>(),
        of::<Reopened>(),
        of::<FormName>(),
        of::<DraftKept>(),
        of::<DraftState>(),
        of::<DraftRow>(),
        of::<Opened<(), ()>>(),
        of::<Today>(),
        of::<RoundNow>(),
        of::<VisitCount>(),
        of::<PlanLine>(),
        of::<RoundChoices>(),
        of::<RoundPartner>(),
        of::<RoundStart>(),
        of::<WasThere>(),
        of::<RoundCode>(),
        of::<TimelineItem>(),
        of::<Happening>(),
        of::<StreetContactForm>(),
        of::<StreetContactKnown>(),
        of::<PlaceFrom>(),
        of::<DoorstepTalkForm>(),
        of::<VisitAgain>(),
        of::<Agreement>(),
        of::<DoorstepTalkKnown>(),
        of::<DoorResults>(),
        of::<Visit>(),
        of::<VisitState>(),
        of::<ShareTemplate>(),
        of::<ShareReceiver>(),
        of::<SharePart>(),
        of::<ShareChoice>(),
        of::<SharedPart>(),
        of::<Informed>(),
        of::<QuickNoteForm>(),
        of::<QuickNoteKnown>(),
        of::<WaitingNote>(),
        of::<MessageContactForm>(),
        of::<MessageContactKnown>(),
        of::<NoteSuggestions>(),
        of::<NoteInto>(),
        of::<YouthFilter>(),
        of::<Page<()>>(),
        of::<YouthRow>(),
        of::<YouthsHead>(),
        of::<YouthCounts>(),
        of::<Names>(),
        of::<GroupRow>(),
        of::<YouthForm>(),
        of::<GroupForm>(),
        of::<Dossier>(),
        of::<ReachBy>(),
        of::<DossierSpace>(),
        of::<FixedContact>(),
        of::<Measurements>(),
        of::<MeasuredOn>(),
        of::<DomainScores>(),
        of::<ActionScope>(),
        of::<ActionList>(),
        of::<ActionRow>(),
        of::<ThreeWayTalkForm>(),
        of::<ThreeWayTalkKnown>(),
        of::<Invitee>(),
        of::<InviteeKind>(),
        of::<Colleague>(),
        of::<SyncStatus>(),
        of::<Connection>(),
        of::<Running>(),
        of::<Lease>(),
        of::<SyncPage>(),
        of::<ProblemRow>(),
        of::<OverwrittenRow>(),
        of::<SyncItem>(),
        of::<Problem>(),
        of::<Overwritten>(),
        of::<ValueNow>(),
        of::<ValueMine>(),
        of::<AlsoChanged>(),
        of::<OverwrittenChoice>(),
        of::<Appearance>(),
        of::<Theme>(),
        of::<Settings>(),
        of::<SettingsPerson>(),
        of::<SettingsChange>(),
        of::<OnThisDevice>(),
        of::<KeptKind>(),
        of::<KindKept>(),
        of::<LeavesSoon>(),
        of::<KindLeaving>(),
        of::<DeviceSpace>(),
        of::<AccessPreview>(),
        of::<AccessCounts>(),
    ];
    [BEGINNING.to_owned(), all.concat()].concat()
}

/// The declaration of one type, with what is said about it.
fn of<T: TS>() -> String {
    let numbers = Config::new().with_large_int("number");
    let said = T::docs().unwrap_or_default();
    let declaration = T::decl(&numbers);
    format!("\n{}export {declaration}\n", said.trim_start())
}
