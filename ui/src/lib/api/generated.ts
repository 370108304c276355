/**
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

/**
 * An instant, in milliseconds since 1970-01-01T00:00Z.
 */
export type Moment = number;

/**
 * A calendar day in Europe/Amsterdam, `YYYY-MM-DD`.
 */
export type Day = string;

/**
 * What a command answers when it did not do what was asked. Nothing was changed; what a form held is still there.
 */
export type Failure = { 
/**
 * Stable. A code that is not known is shown as a general failure.
 */
code: FailureCode | (string & {}), 
/**
 * The fields concerned, by the names of the form that was sent.
 */
fields: Array<FieldFailure>, };

/**
 * Why something was not done.
 */
export type FailureCode = "locked" | "storage_full" | "storage_failed" | "refused" | "forbidden" | "not_found" | "no_connection" | "not_a_municipality" | "code_not_valid" | "code_expired" | "not_available" | "bsn_found" | "unknown_command";

/**
 * What is wrong with one field.
 */
export type FieldFailure = { 
/**
 * The field of the form.
 */
field: string, 
/**
 * The domain's code of the fault: `text_too_long`, `out_of_range`, `date_out_of_range`, `missing`, …
 */
fault: string, };

/**
 * A code of a list, with what to show.
 */
export type ListedCode = { 
/**
 * The code.
 */
code: string, 
/**
 * What to show.
 */
label: string, 
/**
 * Whether it can still be chosen; one that cannot is still shown where a record holds it.
 */
active: boolean, };

/**
 * The lists by name (`topics`, `moods`, `districts`, …) and the settings that sentences need.
 */
export type Configuration = { 
/**
 * The municipality's name; empty while locked.
 */
municipality: string, 
/**
 * The lists by name.
 */
lists: Record<string, ListedCode[]>, 
/**
 * What sentences need.
 */
settings: MunicipalSettings, };

/**
 * Whole numbers that the municipality set. A sentence never holds one of these as fixed text.
 */
export type MunicipalSettings = { 
/**
 * Days after which a quick note that nobody processed goes.
 */
quick_note_days: number, 
/**
 * Days without contact from which somebody counts as not seen for long.
 */
long_unseen_days: number, 
/**
 * The caseload above which there is a warning.
 */
caseload: number, 
/**
 * Days without contact after which reading locks.
 */
reading_locks_days: number, 
/**
 * Days without contact after which readable data is purged.
 */
purge_days: number, 
/**
 * Minutes without a touch after which the app locks, at most.
 */
idle_minutes: number, 
/**
 * Seconds in the background after which the app locks, at most.
 */
background_seconds: number, };

/**
 * Where a record is, in one word. `on_device` never means that something went wrong.
 */
export type Status = "draft" | "on_device" | "under_way" | "received" | "rejected" | "overwritten";

/**
 * What a space is for.
 */
export type SpaceKind = "team" | "personal" | "joint";

/**
 * Who can read what is about to be saved: one Save, one or two records.
 */
export type Audience = { 
/**
 * The space that gets everything, or the own half on a joint round.
 */
own: SpaceId, 
/**
 * The joint space that gets the shared core; `null` when alone.
 */
joint: SpaceId | null, };

/**
 * One of the audiences that a person may choose; only spaces that the person may write in are ever listed.
 */
export type AudienceChoice = { 
/**
 * What is chosen by it.
 */
audience: Audience, 
/**
 * What it is for.
 */
kind: SpaceKind, 
/**
 * The name of the own space.
 */
name: string, 
/**
 * How many people read in the own space, the person included.
 */
people: number, 
/**
 * Who walk along, by first name, when `kind` is `joint`.
 */
with: Array<string>, };

/**
 * A young person as may be shown now: `shown` is the name, the street name or the initials, as the core decided.
 */
export type YouthChip = { 
/**
 * The young person.
 */
id: RecordId, 
/**
 * The name as may be shown now.
 */
shown: string, 
/**
 * At most two letters.
 */
initials: string, 
/**
 * 0–3: which of the four avatar colours, always the same for the same person.
 */
tint: number, };

/**
 * A spot with its neighbourhood.
 */
export type SpotChip = { 
/**
 * The spot.
 */
spot: RecordId, 
/**
 * Its neighbourhood.
 */
district: string, 
/**
 * Its name.
 */
label: string, };

/**
 * A group that can be chosen.
 */
export type GroupChip = { 
/**
 * The group.
 */
id: RecordId, 
/**
 * Its name.
 */
name: string, };

/**
 * Where something was.
 */
export type PlaceChoice = { 
/**
 * The neighbourhood.
 */
district: string, 
/**
 * The spot.
 */
spot: RecordId | null, };

/**
 * Somebody who took part. Exactly one of the two is set.
 */
export type Participant = { 
/**
 * A young person who is known.
 */
youth: RecordId | null, 
/**
 * What somebody unknown looked like: "rode jas".
 */
unknown: string | null, };

/**
 * On what words rest.
 */
export type Basis = "observed" | "hearsay" | "judgement";

/**
 * Something to do that follows.
 */
export type FollowUp = { 
/**
 * What kind.
 */
kind: string, 
/**
 * What to do.
 */
title: string | null, 
/**
 * By which day.
 */
due: Day | null, 
/**
 * The young person.
 */
youth: RecordId | null, 
/**
 * Why, for the kinds that ask it.
 */
reason: string | null, };

/**
 * Something that can follow.
 */
export type FollowUpChoice = { 
/**
 * What kind.
 */
kind: string, 
/**
 * What to show.
 */
label: string, 
/**
 * The day that is proposed with it; `null` when none.
 */
due: Day | null, 
/**
 * Whether a reason is asked, which the young person may read.
 */
asks_reason: boolean, };

/**
 * What was saved: enough to show it, and to take it back.
 */
export type Saved = { 
/**
 * Names this save for `reopen` and `undo`.
 */
token: string, 
/**
 * The kind of record.
 */
collection: string, 
/**
 * The record.
 */
record: RecordId, 
/**
 * What the person may want to know; nothing was stopped by it.
 */
warnings: Array<Warning>, };

/**
 * Something that a person is told, and that stops nothing.
 */
export type Warning = { "kind": "caseload", 
/**
 * The limit.
 */
above: number, } | { "kind": "age_outside", 
/**
 * Whole years.
 */
age: number, };

/**
 * A form that was opened again from something saved.
 */
export type Reopened = { 
/**
 * Which form.
 */
form: FormName, 
/**
 * The draft that holds it.
 */
draft: RecordId, };

/**
 * A form that can be left and opened again.
 */
export type FormName = "street_contact" | "doorstep_talk" | "quick_note" | "message_contact" | "three_way_talk" | "youth" | "youth_group";

/**
 * How a draft was kept. While locked it is sealed: it can be read again after unlocking.
 */
export type DraftKept = { 
/**
 * How.
 */
state: DraftState, };

/**
 * Where a draft is.
 */
export type DraftState = "kept" | "sealed";

/**
 * A form that is not finished.
 */
export type DraftRow = { 
/**
 * The draft.
 */
id: RecordId, 
/**
 * Which form.
 */
form: FormName, 
/**
 * When it was last touched.
 */
updated_at: Moment, 
/**
 * Whether it was written while locked.
 */
while_locked: boolean, };

/**
 * A form that was opened, with what is known at once.
 */
export type Opened<Form, Known> = { 
/**
 * The draft's name; `keep_draft` and the save use it.
 */
draft: RecordId, 
/**
 * The form as it was left, or filled in with what is known: time, place and number, never what was seen or done.
 */
form: Form, 
/**
 * What can be chosen from.
 */
known: Known, 
/**
 * The clock of the core when it was opened.
 */
now: Moment, };

/**
 * The first screen.
 */
export type Today = { 
/**
 * Today.
 */
day: Day, 
/**
 * The round that runs.
 */
round: RoundNow | null, 
/**
 * What a start needs; `null` while a round runs.
 */
start: RoundChoices | null, 
/**
 * Quick notes that wait.
 */
inbox: number, 
/**
 * Forms that are not finished, the last one first.
 */
drafts: Array<DraftRow>, 
/**
 * Actions that are due today or late, late ones last, at most five.
 */
due: Array<ActionRow>, 
/**
 * How many actions are late, for the tab's count.
 */
late: number, 
/**
 * What was recorded in the running round, or today when none runs; the newest first, at most 100.
 */
timeline: Array<TimelineItem>, 
/**
 * Rounds of today that others started and the person may have walked: "Was je erbij?".
 */
was_there: Array<WasThere>, };

/**
 * The round that runs.
 */
export type RoundNow = { 
/**
 * The round.
 */
id: RecordId, 
/**
 * Where; empty when it was not said.
 */
district: string, 
/**
 * When it began.
 */
started: Moment, 
/**
 * First names of the others.
 */
with: Array<string>, 
/**
 * Contacts, talks and notes so far.
 */
recorded: number, 
/**
 * Tonight's addresses.
 */
visits: VisitCount | null, 
/**
 * Tonight's plan, in words.
 */
plan: PlanLine | null, };

/**
 * How far tonight's list is.
 */
export type VisitCount = { 
/**
 * Visited.
 */
done: number, 
/**
 * On the list.
 */
total: number, };

/**
 * A plan in two lines.
 */
export type PlanLine = { 
/**
 * Where: the spots, or the neighbourhoods.
 */
title: string, 
/**
 * When, and how much, in words; empty when the plan does not say.
 */
detail: string, };

/**
 * What a start of a round needs.
 */
export type RoundChoices = { 
/**
 * Neighbourhoods, the likeliest first.
 */
districts: Array<ListedCode>, 
/**
 * The likeliest, from the plan or the last round; `null` when there is no reason to think so.
 */
likely_district: string | null, 
/**
 * Organisations of the joint space that can walk along.
 */
partners: Array<RoundPartner>, };

/**
 * An organisation that can walk along.
 */
export type RoundPartner = { 
/**
 * The function of its people, such as `attendance_officer`.
 */
kind: string, 
/**
 * What to show.
 */
label: string, 
/**
 * Whether the last joint round was walked with it.
 */
planned: boolean, };

/**
 * A round that starts.
 */
export type RoundStart = { 
/**
 * Where.
 */
district: string | null, 
/**
 * Who walk along.
 */
partners: Array<string>, };

/**
 * A round that the person may have walked.
 */
export type WasThere = { 
/**
 * The round.
 */
round: RecordId, 
/**
 * Where; empty when it was not said.
 */
district: string, 
/**
 * When it began.
 */
started: Moment, 
/**
 * Who started it, by first name.
 */
by: string, };

/**
 * The code that the other phone scans to walk along: rows of `0` and `1`, dark where `1`.
 */
export type RoundCode = { 
/**
 * The same, to be typed.
 */
text: string, 
/**
 * The picture.
 */
rows: Array<string>, };

/**
 * A moment in a list of what happened. Codes are labelled by the screen, names are as they may be shown now.
 */
export type TimelineItem = { 
/**
 * The record.
 */
id: RecordId, 
/**
 * Its kind.
 */
collection: Happening, 
/**
 * When.
 */
at: Moment, 
/**
 * Spot, place in words, address or neighbourhood.
 */
place: string | null, 
/**
 * Who took part, as shown now; for a started round the others, with their organisation.
 */
names: Array<string>, 
/**
 * Counted but not known.
 */
others: number, 
/**
 * Preventive or corrective.
 */
approach: string | null, 
/**
 * How it felt.
 */
mood: string | null, 
/**
 * Who opened the door.
 */
opened_by: string | null, 
/**
 * How it ended.
 */
result: string | null, 
/**
 * The first words of a note or of own words, at most 120 characters.
 */
text: string | null, 
/**
 * Where the record is.
 */
status: Status, 
/**
 * Whether it is on this device only for longer than a day.
 */
late: boolean, };

/**
 * What can be in a list of what happened.
 */
export type Happening = "street_contact" | "doorstep_talk" | "quick_note" | "round" | "message_contact" | "phase_change" | "measurement" | "action";

/**
 * What a person fills in about a street contact; this is also the draft's content. Everything may be left out.
 */
export type StreetContactForm = { 
/**
 * The record that is added to; `null` for a new one.
 */
record: RecordId | null, 
/**
 * The round.
 */
round: RecordId | null, 
/**
 * The group.
 */
youth_group: RecordId | null, 
/**
 * `null` is: when it was saved.
 */
occurred_at: Moment | null, 
/**
 * Where.
 */
place: PlaceChoice | null, 
/**
 * Where, in words.
 */
place_text: string | null, 
/**
 * How many young people, 0 to 500.
 */
headcount: number | null, 
/**
 * How many of them in each age band.
 */
age_bands: Record<Code, number>, 
/**
 * Preventive or corrective.
 */
approach: string | null, 
/**
 * How it felt.
 */
mood: string | null, 
/**
 * What was talked about.
 */
topics: Array<string>, 
/**
 * What someone turned out to be good at.
 */
talents: Array<string>, 
/**
 * What to remember.
 */
note: string | null, 
/**
 * On what the note rests.
 */
basis: Basis | null, 
/**
 * Who took part.
 */
participants: Array<Participant>, 
/**
 * What follows.
 */
follow_up: Array<FollowUp>, 
/**
 * Who can read it.
 */
audience: Audience | null, 
/**
 * The quick note that this is made from; it is then processed.
 */
from_note: RecordId | null, 
/**
 * The answer to `bsn_found`: "Geen BSN".
 */
not_a_bsn: boolean, };

/**
 * What a street contact can choose from. While locked every list is empty.
 */
export type StreetContactKnown = { 
/**
 * Young people that the form names already, as may be shown now; empty while locked.
 */
chosen: Array<YouthChip>, 
/**
 * The last used first; at most 8.
 */
places: Array<SpotChip>, 
/**
 * How the first place was found.
 */
place_from: PlaceFrom, 
/**
 * Seen here in 30 days, then the caseload; at most 12.
 */
youths: Array<YouthChip>, 
/**
 * The groups of the person's spaces.
 */
groups: Array<GroupChip>, 
/**
 * What can follow, the likeliest first.
 */
follow_ups: Array<FollowUpChoice>, 
/**
 * Who can be chosen to read it, the usual one first.
 */
audiences: Array<AudienceChoice>, };

/**
 * How a place was found.
 */
export type PlaceFrom = "last" | "none";

/**
 * What a person fills in about a talk at a door; this is also the draft's content.
 */
export type DoorstepTalkForm = { 
/**
 * The record that is added to; `null` for a new one.
 */
record: RecordId | null, 
/**
 * The round.
 */
round: RecordId | null, 
/**
 * The address on tonight's list.
 */
visit_request: RecordId | null, 
/**
 * The young person.
 */
youth: RecordId | null, 
/**
 * `null` is: when it was saved.
 */
occurred_at: Moment | null, 
/**
 * Where, in words.
 */
address: string | null, 
/**
 * Who opened.
 */
opened_by: string | null, 
/**
 * Known from the visit list, or chosen.
 */
reason: string | null, 
/**
 * Which kind of absence.
 */
absence_kind: string | null, 
/**
 * How it went; with nobody home what was done.
 */
result: string | null, 
/**
 * How things are.
 */
mood: string | null, 
/**
 * How things are, in own words.
 */
how_are_things: string | null, 
/**
 * On what the words rest.
 */
basis: Basis | null, 
/**
 * Per life domain `good`, `watch` or `concern`; one that is absent was not discussed.
 */
obstacles: Record<Code, Code>, 
/**
 * What was agreed.
 */
agreements: Array<Agreement>, 
/**
 * Whether the house was entered.
 */
entered: boolean | null, 
/**
 * Whether identification was shown.
 */
identification_shown: boolean | null, 
/**
 * Whether the purpose was told.
 */
purpose_stated: boolean | null, 
/**
 * Whether there was consent to enter.
 */
consent_to_enter: boolean | null, 
/**
 * With nobody home: `none` is "Niet nodig", a day makes an action, `null` was not filled in.
 */
visit_again: VisitAgain | null, 
/**
 * What follows.
 */
follow_up: Array<FollowUp>, 
/**
 * Copies to make with this save.
 */
shares: ShareChoice | null, 
/**
 * Who can read it.
 */
audience: Audience | null, 
/**
 * The answer to `bsn_found`: "Geen BSN".
 */
not_a_bsn: boolean, };

/**
 * Whether to come back to a door that nobody opened.
 */
export type VisitAgain = Day | 'none';

/**
 * What was agreed: an action, of a colleague or of an outsider who is only named.
 */
export type Agreement = { 
/**
 * What.
 */
text: string, 
/**
 * By which day.
 */
due: Day | null, };

/**
 * What a talk at a door can choose from. While locked without the visit list.
 */
export type DoorstepTalkKnown = { 
/**
 * The address that is filled in; `null` without a visit list.
 */
visit: Visit | null, 
/**
 * The address after it.
 */
next_address: string | null, 
/**
 * Tonight's list.
 */
visits: Array<Visit>, 
/**
 * Life domains, the four that are shown first in front.
 */
domains: Array<ListedCode>, 
/**
 * Who can be chosen to read it, the usual one first.
 */
audiences: Array<AudienceChoice>, 
/**
 * What can be the result when nobody opened, and when somebody did.
 */
results: DoorResults, 
/**
 * What can follow.
 */
follow_ups: Array<FollowUpChoice>, 
/**
 * Days to propose for another visit or talk: working days ahead, at most 5.
 */
days: Array<Day>, 
/**
 * What sharing from the covenant's template offers; `null` when alone.
 */
share_template: ShareTemplate | null, };

/**
 * What can be the result of a talk at a door.
 */
export type DoorResults = { 
/**
 * When nobody opened.
 */
nobody: Array<ListedCode>, 
/**
 * When somebody did.
 */
opened: Array<ListedCode>, };

/**
 * An address on tonight's list.
 */
export type Visit = { 
/**
 * The address on the list.
 */
id: RecordId, 
/**
 * Where.
 */
address: string, 
/**
 * First name or initials, as may be shown now.
 */
shown: string, 
/**
 * About how old, as a code of `age_bands`.
 */
age_band: string | null, 
/**
 * Whether that is under sixteen, so that parents may read along.
 */
under_16: boolean, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who asked, with the function.
 */
asked_by: string | null, 
/**
 * From 1.
 */
position: number, 
/**
 * How many addresses the list has.
 */
total: number, 
/**
 * Where it stands.
 */
state: VisitState, 
/**
 * The young person, when known in a space of the person's.
 */
youth: RecordId | null, };

/**
 * Where an address on tonight's list stands.
 */
export type VisitState = "open" | "visited" | "dropped";

/**
 * What may be shared with whom, from the covenant's template.
 */
export type ShareTemplate = { 
/**
 * "Samen op straat".
 */
covenant: string, 
/**
 * Until when the copy may be used.
 */
expires: Day, 
/**
 * Who can receive a copy.
 */
receivers: Array<ShareReceiver>, 
/**
 * What can be shared.
 */
parts: Array<SharePart>, };

/**
 * A space that can receive a copy.
 */
export type ShareReceiver = { 
/**
 * The space.
 */
space: SpaceId, 
/**
 * What to show.
 */
label: string, };

/**
 * A part of a talk that can be shared.
 */
export type SharePart = { 
/**
 * Which part.
 */
part: string, 
/**
 * Whether everyone on the round has it already.
 */
joint: boolean, 
/**
 * The spaces for which it is proposed.
 */
suggested: SpaceId[], };

/**
 * Which parts go to which spaces, and whether the young person knows.
 */
export type ShareChoice = { 
/**
 * What goes where.
 */
parts: Array<SharedPart>, 
/**
 * `yes`, or `not_yet`, which makes an action.
 */
informed: Informed, };

/**
 * A part and the spaces that it goes to.
 */
export type SharedPart = { 
/**
 * Which part.
 */
part: string, 
/**
 * Whereto.
 */
spaces: SpaceId[], };

/**
 * Whether a young person knows of a copy.
 */
export type Informed = "yes" | "not_yet";

/**
 * A few words to oneself; this is also the draft's content.
 */
export type QuickNoteForm = { 
/**
 * The note that is added to; `null` for a new one.
 */
record: RecordId | null, 
/**
 * The words.
 */
text: string | null, 
/**
 * On what they rest.
 */
basis: Basis | null, 
/**
 * Where it was.
 */
place: PlaceChoice | null, 
/**
 * The young person that it is about.
 */
youth: RecordId | null, 
/**
 * The group that it is about.
 */
youth_group: RecordId | null, 
/**
 * Take along to the running consultation.
 */
for_meeting: boolean, 
/**
 * Who can read it.
 */
audience: Audience | null, 
/**
 * The answer to `bsn_found`: "Geen BSN".
 */
not_a_bsn: boolean, };

/**
 * What a note can be about. While locked every list is empty, and there is no audience to choose.
 */
export type QuickNoteKnown = { 
/**
 * The place of the form, or else the last place, which is only chosen already on a round.
 */
place: SpotChip | null, 
/**
 * The young person that the form names already, as may be shown now.
 */
youths: Array<YouthChip>, 
/**
 * The groups of the person's spaces.
 */
groups: Array<GroupChip>, 
/**
 * Who can be chosen to read it; the person alone first.
 */
audiences: Array<AudienceChoice>, };

/**
 * A note that waits, the newest first.
 */
export type WaitingNote = { 
/**
 * The note.
 */
id: RecordId, 
/**
 * When it was made.
 */
at: Moment, 
/**
 * Where, in words.
 */
place: string | null, 
/**
 * The words.
 */
text: string, 
/**
 * Whole days until it goes.
 */
days_left: number, 
/**
 * Whether it was written while locked.
 */
while_locked: boolean, };

/**
 * A message or a call; this is also the draft's content. No text of a message is ever read from the device.
 */
export type MessageContactForm = { 
/**
 * The record that is added to; `null` for a new one.
 */
record: RecordId | null, 
/**
 * The young person.
 */
youth: RecordId | null, 
/**
 * By which means.
 */
channel: string | null, 
/**
 * Who began.
 */
initiative: string | null, 
/**
 * When; `null` is now.
 */
occurred_at: Moment | null, 
/**
 * What to remember, in the coach's words.
 */
summary: string | null, 
/**
 * What there is to do because of it.
 */
follow_up: Array<FollowUp>, 
/**
 * Who can read it.
 */
audience: Audience | null, 
/**
 * The answer to `bsn_found`: "Geen BSN".
 */
not_a_bsn: boolean, };

/**
 * What a message or a call can choose from.
 */
export type MessageContactKnown = { 
/**
 * The young person that the form names already, as may be shown now.
 */
chosen: Array<YouthChip>, 
/**
 * Seen where the person was last in 30 days, then the caseload; at most 12.
 */
youths: Array<YouthChip>, 
/**
 * What can follow, the likeliest first.
 */
follow_ups: Array<FollowUpChoice>, 
/**
 * Who can be chosen to read it, the usual one first.
 */
audiences: Array<AudienceChoice>, };

/**
 * Whose name a note may hold; nothing is chosen by it.
 */
export type NoteSuggestions = { 
/**
 * The words of the note that were recognised.
 */
words: string | null, 
/**
 * Who they may be.
 */
youths: Array<YouthRow>, 
/**
 * Who can read the note once it is attached.
 */
audience: AudienceChoice, };

/**
 * Where a note goes.
 */
export type NoteInto = { "into": "youth", 
/**
 * The young person.
 */
youth: RecordId, } | { "into": "discard" };

/**
 * Which young people to list. Several together: all must hold.
 */
export type YouthFilter = { 
/**
 * Of the person's own caseload.
 */
mine: boolean, 
/**
 * Not seen for long.
 */
long_unseen: boolean, 
/**
 * With a running track in this phase.
 */
phase: string | null, 
/**
 * In this neighbourhood.
 */
district: string | null, 
/**
 * What was typed; names and nicknames by prefix, one typo a word forgiven. Empty: no search.
 */
words: string, };

/**
 * A window of a list: rows `from` to `from + rows.length` of `total`.
 */
export type Page<Row> = { 
/**
 * The first row, from 0.
 */
from: number, 
/**
 * How many there are.
 */
total: number, 
/**
 * The rows.
 */
rows: Array<Row>, };

/**
 * A young person in a list.
 */
export type YouthRow = { 
/**
 * The young person.
 */
id: RecordId, 
/**
 * The name as may be shown now.
 */
shown: string, 
/**
 * The street name; `null` where `shown` is it.
 */
nickname: string | null, 
/**
 * At most two letters.
 */
initials: string, 
/**
 * 0–3: which of the four avatar colours.
 */
tint: number, 
/**
 * Whole years.
 */
age: number | null, 
/**
 * The phase of the running track.
 */
phase: string | null, 
/**
 * The neighbourhood.
 */
district: string | null, 
/**
 * Whole days since the last contact; `null` when there never was one.
 */
days_unseen: number | null, 
/**
 * Whether that is long.
 */
long_unseen: boolean, 
/**
 * The coach, by first name; `null` when it is the person or nobody.
 */
coach: string | null, 
/**
 * Whether the person is the coach of a running track.
 */
mine: boolean, };

/**
 * What stands above the list.
 */
export type YouthsHead = { 
/**
 * Running tracks of the person.
 */
caseload: number, 
/**
 * How many each chip would show, within the person's own spaces.
 */
counts: YouthCounts, 
/**
 * The neighbourhood that is proposed as a filter.
 */
district: ListedCode | null, 
/**
 * How names are shown now.
 */
names: Names, 
/**
 * Whether anybody is on the device at all.
 */
any: boolean, };

/**
 * How many young people each filter would show.
 */
export type YouthCounts = { 
/**
 * Of the person's own caseload.
 */
mine: number, 
/**
 * Of those, not seen for long.
 */
long_unseen: number, 
/**
 * Of those, per phase.
 */
phases: Record<Code, number>, };

/**
 * How names are shown.
 */
export type Names = "full" | "short";

/**
 * A group in a list.
 */
export type GroupRow = { 
/**
 * The group.
 */
id: RecordId, 
/**
 * Its name.
 */
name: string, 
/**
 * Where it meets.
 */
spots: Array<string>, 
/**
 * About how many.
 */
estimated_size: number | null, 
/**
 * The step of the seven-step model.
 */
step: string | null, };

/**
 * Somebody new.
 */
export type YouthForm = { 
/**
 * What friends call them.
 */
nickname: string | null, 
/**
 * Given name.
 */
given_name: string | null, 
/**
 * Family name.
 */
family_name: string | null, 
/**
 * About how old.
 */
age_band: string | null, 
/**
 * The neighbourhood.
 */
district: string | null, };

/**
 * A new group.
 */
export type GroupForm = { 
/**
 * What it is called.
 */
name: string | null, 
/**
 * About how many.
 */
estimated_size: number | null, 
/**
 * Where it meets.
 */
spots: RecordId[], };

/**
 * A young person's dossier.
 */
export type Dossier = { 
/**
 * The young person.
 */
id: RecordId, 
/**
 * The name as may be shown now.
 */
shown: string, 
/**
 * How the young person is called in a sentence: first name, street name or initials, as may be shown now.
 */
called: string, 
/**
 * The street name; `null` where `shown` is it.
 */
nickname: string | null, 
/**
 * At most two letters.
 */
initials: string, 
/**
 * 0–3: which of the four avatar colours.
 */
tint: number, 
/**
 * Whole years.
 */
age: number | null, 
/**
 * The neighbourhood.
 */
district: string | null, 
/**
 * Where it is kept, and how many read there.
 */
space: DossierSpace, 
/**
 * Who is the fixed contact.
 */
fixed_contact: FixedContact | null, 
/**
 * The phase of the running track; only for a track that has phases.
 */
phase: string | null, 
/**
 * The phone number.
 */
phone: string | null, 
/**
 * What happened, the newest first, at most 100.
 */
timeline: Array<TimelineItem>, 
/**
 * How life goes.
 */
measurements: Measurements | null, };

/**
 * By which of the device's own apps a young person is reached.
 */
export type ReachBy = "message" | "phone";

/**
 * Where a dossier is kept.
 */
export type DossierSpace = { 
/**
 * The space.
 */
id: SpaceId, 
/**
 * Its name.
 */
name: string, 
/**
 * How many people read there.
 */
people: number, };

/**
 * A fixed contact.
 */
export type FixedContact = { 
/**
 * The name.
 */
shown: string, 
/**
 * Whether it is the person.
 */
me: boolean, };

/**
 * The first and the last measurement, or the only one.
 */
export type Measurements = { 
/**
 * The story in the young person's own words.
 */
own_story: string | null, 
/**
 * The day on which it was told.
 */
story_on: Day | null, 
/**
 * The first.
 */
first: MeasuredOn, 
/**
 * The last.
 */
last: MeasuredOn | null, 
/**
 * The day on which the next falls due.
 */
next_due: Day, 
/**
 * Whether that day has come.
 */
is_due: boolean, 
/**
 * The scores, domain by domain.
 */
domains: Array<DomainScores>, };

/**
 * Which measurement, and when.
 */
export type MeasuredOn = { 
/**
 * 0 for the first, then 1, 2, 3.
 */
number: number, 
/**
 * The day.
 */
date: Day, };

/**
 * How a life domain went, 1 to 5 according to the young person; `null` where it was not discussed.
 */
export type DomainScores = { 
/**
 * The life domain.
 */
domain: string, 
/**
 * At the first measurement.
 */
first: number | null, 
/**
 * At the last.
 */
last: number | null, };

/**
 * Which actions to list.
 */
export type ActionScope = "mine" | "round" | "meeting" | "three_way_talk";

/**
 * Open actions.
 */
export type ActionList = { 
/**
 * Everything open that is in one of the scopes.
 */
open: number, 
/**
 * How many each scope has.
 */
counts: Record<ActionScope, number>, 
/**
 * Their day is over.
 */
late: Array<ActionRow>, 
/**
 * Their day is today.
 */
today: Array<ActionRow>, 
/**
 * The next seven days.
 */
week: Array<ActionRow>, 
/**
 * After that, or without a day.
 */
later: Array<ActionRow>, };

/**
 * Something to do.
 */
export type ActionRow = { 
/**
 * The action.
 */
id: RecordId, 
/**
 * What kind.
 */
kind: string, 
/**
 * What to do; empty where only its kind says it.
 */
title: string, 
/**
 * By which day.
 */
due: Day | null, 
/**
 * Whole days late; 0 when not.
 */
days_late: number, 
/**
 * The young person.
 */
youth: YouthChip | null, 
/**
 * Where the contact or talk was that it came from.
 */
from: string | null, 
/**
 * Who does it; `null` when it is the person or nobody.
 */
assignee: string | null, 
/**
 * Whether the invitation of a three-way talk still has to go.
 */
to_invite: boolean, 
/**
 * Where the record is.
 */
status: Status, };

/**
 * A three-way talk that is being planned; this is also the draft's content.
 */
export type ThreeWayTalkForm = { 
/**
 * The action that it comes from.
 */
action: RecordId, 
/**
 * The young person.
 */
youth: RecordId | null, 
/**
 * Who are invited, in words.
 */
invited: Array<string>, 
/**
 * On which day.
 */
day: Day | null, 
/**
 * `HH:MM`, Europe/Amsterdam.
 */
time: string | null, 
/**
 * Where.
 */
place: string | null, 
/**
 * The message that goes with it.
 */
message: string | null, 
/**
 * Who can read it.
 */
audience: Audience | null, };

/**
 * What a three-way talk can choose from.
 */
export type ThreeWayTalkKnown = { 
/**
 * The young person.
 */
youth: YouthChip | null, 
/**
 * Whole years.
 */
age: number | null, 
/**
 * Who can be invited; the first ones are proposed.
 */
people: Array<Invitee>, 
/**
 * Days to propose: working days ahead.
 */
days: Array<Day>, 
/**
 * Times to propose, `HH:MM`.
 */
times: Array<string>, 
/**
 * Places to propose.
 */
places: Array<ListedCode>, 
/**
 * How the person signs, by first name.
 */
me: string, 
/**
 * Who can be chosen to read it.
 */
audiences: Array<AudienceChoice>, 
/**
 * Who gets a copy of day, time and place; `null` when nobody.
 */
copy_to: string | null, };

/**
 * Somebody who can be invited.
 */
export type Invitee = { 
/**
 * The name as may be shown now; empty where only the kind says it.
 */
label: string, 
/**
 * What they are.
 */
kind: InviteeKind, 
/**
 * Whether they are proposed.
 */
proposed: boolean, };

/**
 * What somebody is who can be invited.
 */
export type InviteeKind = "youth" | "guardian" | "attendance" | "me" | "other";

/**
 * A colleague to hand an action over to.
 */
export type Colleague = { 
/**
 * The colleague.
 */
id: UserId, 
/**
 * The name.
 */
name: string, };

/**
 * How far everything is. Also the payload of the event `sync`.
 */
export type SyncStatus = { 
/**
 * What the way to the municipality is like.
 */
connection: Connection, 
/**
 * Changes on this device only, as a person counts them: recordings, not fields.
 */
waiting: number, 
/**
 * Whether the oldest of them is older than a day.
 */
late: boolean, 
/**
 * While one runs: how many of how many.
 */
running: Running | null, 
/**
 * When the municipality was last reached.
 */
last_sync: Moment | null, 
/**
 * How long the municipality has not been reached.
 */
lease: Lease, 
/**
 * Refused recordings that nobody settled.
 */
problems: number, 
/**
 * Overwritten values that nobody settled.
 */
overwritten: number, };

/**
 * What the way to the municipality is like.
 */
export type Connection = "online" | "weak" | "offline";

/**
 * How far a synchronisation is.
 */
export type Running = { 
/**
 * Recordings that were sent.
 */
sent: number, 
/**
 * Recordings in all.
 */
total: number, };

/**
 * How long the municipality has not been reached. Terms are municipal settings.
 */
export type Lease = { 
/**
 * Whole days since the last contact.
 */
days_without_contact: number, 
/**
 * Whole days until reading locks; `null` while there is no need to say so (before the warning term).
 */
reading_ends_in_days: number | null, 
/**
 * The last contact.
 */
last_contact: Moment | null, };

/**
 * The page about synchronising.
 */
export type SyncPage = { 
/**
 * How far everything is.
 */
status: SyncStatus, 
/**
 * What was not taken.
 */
problems: Array<ProblemRow>, 
/**
 * What was overwritten.
 */
overwritten: Array<OverwrittenRow>, 
/**
 * What waits, is under way, or arrived in the last hour; the newest first, at most 50.
 */
items: Array<SyncItem>, };

/**
 * A recording that was not taken, in a list.
 */
export type ProblemRow = { 
/**
 * The space.
 */
space: SpaceId, 
/**
 * The number of the change there.
 */
seq: number, 
/**
 * The kind of record.
 */
collection: string, 
/**
 * When it was recorded.
 */
at: Moment, 
/**
 * The server's reason.
 */
code: string, };

/**
 * An overwritten value, in a list.
 */
export type OverwrittenRow = { 
/**
 * The kept value.
 */
id: RecordId, 
/**
 * Who wrote what counts now, by first name.
 */
by: string, 
/**
 * When that counted.
 */
at: Moment, 
/**
 * The kind of record.
 */
collection: string, 
/**
 * The field.
 */
field: string, 
/**
 * Whose record, as may be shown now; empty where it is nobody's.
 */
about: string, };

/**
 * Something on its way.
 */
export type SyncItem = { 
/**
 * The record.
 */
id: RecordId, 
/**
 * Its kind.
 */
collection: string, 
/**
 * When it was recorded.
 */
at: Moment, 
/**
 * Where.
 */
place: string | null, 
/**
 * Where the record is.
 */
status: Status, 
/**
 * Whether it is on this device only for longer than a day.
 */
late: boolean, };

/**
 * A recording that was not taken.
 */
export type Problem = { 
/**
 * The space's name as it was.
 */
space_name: string, 
/**
 * When the person's access ended, for `membership_ended`.
 */
ended_at: Moment | null, 
/**
 * What was recorded.
 */
item: TimelineItem, 
/**
 * Other spaces that it can be filed in; the person's own first.
 */
choices: Array<AudienceChoice>, 
/**
 * The space.
 */
space: SpaceId, 
/**
 * The number of the change there.
 */
seq: number, 
/**
 * The kind of record.
 */
collection: string, 
/**
 * When it was recorded.
 */
at: Moment, 
/**
 * The server's reason.
 */
code: string, };

/**
 * A value that somebody else's later change replaced.
 */
export type Overwritten = { 
/**
 * What counts now.
 */
now: ValueNow, 
/**
 * What the person wrote.
 */
mine: ValueMine, 
/**
 * Fields that the same person changed then and that did not collide.
 */
also: Array<AlsoChanged>, 
/**
 * Whether both texts can stand under one another (only texts).
 */
can_put_below: boolean, 
/**
 * The kept value.
 */
id: RecordId, 
/**
 * Who wrote what counts now, by first name.
 */
by: string, 
/**
 * When that counted.
 */
at: Moment, 
/**
 * The kind of record.
 */
collection: string, 
/**
 * The field.
 */
field: string, 
/**
 * Whose record, as may be shown now; empty where it is nobody's.
 */
about: string, };

/**
 * What counts now.
 */
export type ValueNow = { 
/**
 * The value, as a code or in words.
 */
value: string, 
/**
 * More about it.
 */
detail: string | null, 
/**
 * Who wrote it, by first name.
 */
by: string, 
/**
 * When it counted.
 */
at: Moment, };

/**
 * What the person wrote.
 */
export type ValueMine = { 
/**
 * The value, as a code or in words.
 */
value: string, 
/**
 * More about it.
 */
detail: string | null, 
/**
 * When it counted.
 */
at: Moment, };

/**
 * A field that changed with another.
 */
export type AlsoChanged = { 
/**
 * The field.
 */
field: string, 
/**
 * What it holds now. What it held before is not kept on a device: nobody's value was lost there.
 */
after: string, };

/**
 * What to do about an overwritten value.
 */
export type OverwrittenChoice = "put_back" | "put_below" | "leave";

/**
 * How the app looks; kept outside the database so that the lock screen has it too.
 */
export type Appearance = { 
/**
 * Light, dark, or as the device.
 */
theme: Theme, 
/**
 * The municipality's theme: of the twelve tokens those that it sets, by name without `--`.
 */
tokens: Record<string, string>, 
/**
 * A short vibration after a save.
 */
vibrate: boolean, };

/**
 * Light or dark.
 */
export type Theme = "light" | "dark" | "device";

/**
 * What a person can set, and about whom.
 */
export type Settings = { 
/**
 * The person.
 */
person: SettingsPerson, 
/**
 * The municipality's name.
 */
municipality: string, 
/**
 * How the app looks.
 */
appearance: Appearance, 
/**
 * Whether names are shown as street names or initials.
 */
short_names: boolean, 
/**
 * Minutes; at most the municipality's.
 */
idle_minutes: number, 
/**
 * Seconds; the municipality's.
 */
background_seconds: number, 
/**
 * Whether fingers or a face open the app as well; `null` where the device has none that could.
 */
biometrics: boolean | null, 
/**
 * Records on this device.
 */
records: number, 
/**
 * Partners in the directory.
 */
partners: number, };

/**
 * The person whose device this is.
 */
export type SettingsPerson = { 
/**
 * The name.
 */
name: string, 
/**
 * At most two letters.
 */
initials: string, 
/**
 * The function, a code such as `youth_coach`.
 */
function: string, };

/**
 * What a person can change; `null` leaves it.
 */
export type SettingsChange = { 
/**
 * Light or dark.
 */
theme: Theme | null, 
/**
 * A short vibration after a save.
 */
vibrate: boolean | null, 
/**
 * Whether names are shown as street names or initials.
 */
short_names: boolean | null, 
/**
 * Minutes; more than the municipality's is the municipality's.
 */
idle_minutes: number | null, 
/**
 * Whether fingers or a face open the app as well. Turning it on asks for them.
 */
biometrics: boolean | null, };

/**
 * What is on this device.
 */
export type OnThisDevice = { 
/**
 * Records.
 */
records: number, 
/**
 * Bytes of the library's file.
 */
bytes: number, 
/**
 * How many of each kind, and for how long.
 */
kinds: Array<KeptKind>, 
/**
 * What leaves this device soon.
 */
soon: Array<LeavesSoon>, 
/**
 * The person's spaces.
 */
spaces: Array<DeviceSpace>, 
/**
 * The administrator's telephone number, when the municipality gave one.
 */
administrator_phone: string | null, };

/**
 * How many records of a kind are on the device, and for how long.
 */
export type KeptKind = { 
/**
 * Which kind.
 */
kind: KindKept, 
/**
 * How many.
 */
count: number, 
/**
 * Days; `null` where it goes with the young person.
 */
days: number | null, };

/**
 * A kind of record, as a person counts them.
 */
export type KindKept = "youths" | "street_contacts" | "doorstep_talks" | "quick_notes" | "round_reports";

/**
 * What leaves this device soon.
 */
export type LeavesSoon = { 
/**
 * What.
 */
kind: KindLeaving, 
/**
 * How many.
 */
count: number, 
/**
 * Whole days until the first goes.
 */
days: number, };

/**
 * What can leave a device.
 */
export type KindLeaving = "dossiers" | "notes";

/**
 * A space of the person's.
 */
export type DeviceSpace = { 
/**
 * The space.
 */
id: SpaceId, 
/**
 * What it is for.
 */
kind: SpaceKind, 
/**
 * Its name.
 */
name: string, 
/**
 * How many people read there.
 */
people: number, 
/**
 * Until when the person belongs to it, where that is known.
 */
until: Day | null, 
/**
 * The person's role there, as a code.
 */
role: string, };

/**
 * What a young person may see: everything.
 */
export type AccessPreview = { 
/**
 * The young person.
 */
youth: YouthChip, 
/**
 * How the young person is called in a sentence.
 */
given_name: string, 
/**
 * How many of each kind there are about the young person.
 */
counts: AccessCounts, 
/**
 * With whom something was shared.
 */
shared_with: Array<string>, 
/**
 * How many other young people are blacked out.
 */
redacted: number, 
/**
 * The last day on which a formal request must be answered.
 */
answer_by: Day, };

/**
 * How many records there are about a young person.
 */
export type AccessCounts = { 
/**
 * Contacts and talks.
 */
contacts: number, 
/**
 * Measurements.
 */
measurements: number, 
/**
 * Things to do.
 */
actions: number, 
/**
 * Copies that went to others.
 */
shared: number, };
