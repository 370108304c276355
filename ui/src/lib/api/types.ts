/**
 * The shapes that cross from the core to the screens and back. Nothing here computes.
 *
 * Names and codes are those of the records in `crates/domain`. Fields are written as they are serialised: snake_case.
 * A field that is not known is `null`, never left out. Instants are milliseconds since 1970 in UTC; days are
 * `YYYY-MM-DD` in Europe/Amsterdam. Every text that a person typed is shown as text only.
 */

/** An instant, in milliseconds since 1970-01-01T00:00Z. */
export type Moment = number;
/** A calendar day in Europe/Amsterdam, `YYYY-MM-DD`. */
export type Day = string;
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

/* Errors ---------------------------------------------------------------------------------------------------------- */

/** What a command answers when it did not do what was asked. Nothing was changed; what a form held is still there. */
export interface Failure {
  /** Stable; see {@link FailureCode}. A code that is not known is shown as a general failure. */
  code: FailureCode | (string & {});
  /** The fields concerned, by the names of the form that was sent. */
  fields: FieldFailure[];
}

export type FailureCode =
  /** Only an unlocked app may do this. */
  | 'locked'
  /** The device has no room: the text stays where it is. */
  | 'storage_full'
  /** The database cannot be written or read for another reason. */
  | 'storage_failed'
  /** One or more fields cannot be taken: `fields` is not empty. */
  | 'refused'
  /** The author may not write in that space: `not_a_member`, `membership_ended`, `reader_cannot_write` in `fields[0].fault`. */
  | 'forbidden'
  /** The record is not on this device (any more). */
  | 'not_found'
  /** There is no way to the municipality now. */
  | 'no_connection'
  /** The address answers, but not as a municipal server. */
  | 'not_a_municipality'
  /** The enrolment code is wrong or was used. */
  | 'code_not_valid'
  /** The enrolment code is older than ten minutes. */
  | 'code_expired'
  /** The administrator has not confirmed the device yet: ask again. */
  | 'awaits_confirmation'
  /** The device cannot do this: no camera, no fingerprint, no messages app. */
  | 'not_available'
  /** The text holds what looks like a BSN; answer with `bsn` in the form. `fields[0].field` names the text. */
  | 'bsn_found'
  /** The command is not known to this version of the core. */
  | 'unknown_command';

/** What is wrong with one field. */
export interface FieldFailure {
  field: string;
  /** The domain's code of the fault: `too_long`, `out_of_range`, `before_2000`, `in_the_future`, `required`, … */
  fault: string;
}

/* The app and its lock (01, 11) ------------------------------------------------------------------------------------ */

/** In which of its lives the app is. */
export type Stage = 'not_enrolled' | 'locked' | 'open' | 'revoked';

/** What the very first screen needs. Answered while locked, from what lies outside the encrypted database. */
export interface Start {
  stage: Stage;
  /** Present in every stage but `not_enrolled` and `revoked`. */
  lock: LockState | null;
  appearance: Appearance;
  /** Present when `stage` is `revoked`. */
  revoked: Revoked | null;
}

/** How the app looks; kept outside the database so that the lock screen has it too. */
export interface Appearance {
  theme: 'light' | 'dark' | 'device';
  /** The municipality's theme: of the twelve tokens those that it sets, by name without `--`. */
  tokens: Record<string, string>;
  /** A short vibration after a save. */
  vibrate: boolean;
}

/** Everything that the lock screen may know. It holds no name, no place and no text. */
export interface LockState {
  /** Why reading is not possible: the secret is asked, or the lease ended and only a connection helps. */
  reason: 'secret' | 'lease';
  /** Whether the secret is digits or a passphrase. */
  secret: 'digits' | 'passphrase';
  /** The fewest digits that are accepted: 6, or 8 without a hardware key. */
  least_digits: number;
  /** Whether a fingerprint or face opens the app. */
  biometric: boolean;
  /** Wrong tries in a row; 0 after a right one. */
  wrong: number;
  /** How many tries are left before readable data is wiped (ten in all). */
  left: number;
  /** From 1 to this number of tries left, the screen says so: 3. */
  warn_from_left: number;
  /** Whole seconds to wait before the next try; 0 when none. The core counts, on a clock that cannot be set. */
  wait_seconds: number;
  /** How many entries made while locked wait to be read in. */
  set_aside: number;
  lease: Lease;
  /** The administrator's telephone number, when the municipality gave one. */
  administrator_phone: string | null;
}

/** How long the municipality has not been reached. Terms are municipal settings. */
export interface Lease {
  /** Whole days since the last contact. */
  days_without_contact: number;
  /** Whole days until reading locks; `null` while there is no need to say so (before the warning term). */
  reading_ends_in_days: number | null;
  /** The last contact. */
  last_contact: Moment | null;
}

/** What became of a try to unlock. */
export interface Unlocking {
  outcome: 'open' | 'wrong' | 'wait' | 'wiped' | 'cancelled';
  /** The lock as it is now; `null` when open. */
  lock: LockState | null;
}

/** What is left after the municipality ended this device's access. */
export interface Revoked {
  /** Entries that were not yet delivered; they lie sealed and go when there is a connection. */
  undelivered: number;
  administrator_phone: string | null;
}

/** What is known before enrolling. */
export interface EnrolmentStart {
  /** The municipality's address from managed configuration or an earlier try; empty when none. */
  server: string;
  /** Whether a camera can scan the invitation. */
  camera: boolean;
  /** Whether the secret was chosen already: a second try with a new code goes on from there. */
  secret_chosen: boolean;
  least_digits: number;
}

/** What an invitation holds. */
export interface Invitation {
  server: string;
  code: string;
}

/** What the core thinks of a secret before it is chosen. */
export type SecretVerdict = 'good' | 'too_short' | 'too_easy';

/** The first synchronisation, and for whom it is. */
export interface FirstSync {
  municipality: string;
  spaces: FirstSyncSpace[];
}

export interface FirstSyncSpace {
  id: SpaceId;
  kind: SpaceKind;
  name: string;
  /** How many people belong to it, the person included. */
  people: number;
  /** The others of a joint space, by first name. */
  with: string[];
  state: 'waiting' | 'busy' | 'done';
}

export type SpaceKind = 'team' | 'personal' | 'joint';

/* Lists and settings of the municipality --------------------------------------------------------------------------- */

/** A code of a list, with what to show. */
export interface ListedCode {
  code: Code;
  label: string;
  /** Whether it can still be chosen; one that cannot is still shown where a record holds it. */
  active: boolean;
}

/** The lists by name (`topics`, `moods`, `districts`, …) and the settings that sentences need. */
export interface Configuration {
  municipality: string;
  lists: Record<string, ListedCode[]>;
  settings: MunicipalSettings;
}

/** Whole numbers that the municipality set. A sentence never holds one of these as fixed text. */
export interface MunicipalSettings {
  /** Days after which a quick note that nobody processed goes. */
  quick_note_days: number;
  /** Days without contact from which somebody counts as not seen for long. */
  long_unseen_days: number;
  /** The caseload above which there is a warning. */
  caseload: number;
  /** Days without contact after which reading locks. */
  reading_locks_days: number;
  /** Days without contact after which readable data is purged. */
  purge_days: number;
  /** Minutes without a touch after which the app locks, at most. */
  idle_minutes: number;
  /** Seconds in the background after which the app locks, at most. */
  background_seconds: number;
}

/* What screens share ----------------------------------------------------------------------------------------------- */

/** Where a record is, in one word. `on_device` never means that something went wrong. */
export type Status = 'draft' | 'on_device' | 'under_way' | 'received' | 'rejected' | 'overwritten';

/** Who can read what is about to be saved: one Save, one or two records. */
export interface Audience {
  /** The space that gets everything, or the own half on a joint round. */
  own: SpaceId;
  /** The joint space that gets the shared core; `null` when alone. */
  joint: SpaceId | null;
}

/** One of the audiences that a person may choose; only spaces that the person may write in are ever listed. */
export interface AudienceChoice {
  audience: Audience;
  kind: SpaceKind;
  /** The name of the own space. */
  name: string;
  /** How many people read in the own space, the person included. */
  people: number;
  /** Who walk along, by first name, when `kind` is `joint`. */
  with: string[];
}

/** A young person as may be shown now: `shown` is the name, the street name or the initials, as the core decided. */
export interface YouthChip {
  id: RecordId;
  shown: string;
  initials: string;
  /** 0–3: which of the four avatar colours, always the same for the same person. */
  tint: number;
}

/** A spot with its neighbourhood. */
export interface SpotChip {
  spot: RecordId;
  district: Code;
  label: string;
}

/** Somebody who took part. Exactly one of the two is set. */
export interface Participant {
  youth: RecordId | null;
  /** What somebody unknown looked like: "rode jas". */
  unknown: string | null;
}

/** Something to do that follows. */
export interface FollowUp {
  kind: Code;
  title: string | null;
  due: Day | null;
  youth: RecordId | null;
  /** Why, for the kinds that ask it. */
  reason: string | null;
}

/** Something that can follow. */
export interface FollowUpChoice {
  kind: Code;
  label: string;
  /** The day that is proposed with it; `null` when none. */
  due: Day | null;
  /** Whether a reason is asked, which the young person may read. */
  asks_reason: boolean;
}

/** What was saved: enough to show it, and to take it back. */
export interface Saved {
  /** Names this save for {@link reopen}. */
  token: string;
  collection: Collection;
  record: RecordId;
  /** What the person may want to know; nothing was stopped by it. */
  warnings: Warning[];
}

export type Warning =
  | { kind: 'caseload'; above: number }
  | { kind: 'age_outside'; age: number }
  | { kind: 'personal_data_hint'; words: string[] };

/** A form that was opened again from something saved. */
export interface Reopened {
  form: FormName;
  draft: RecordId;
}

export type FormName = 'street_contact' | 'doorstep_talk' | 'quick_note' | 'three_way_talk' | 'youth' | 'youth_group';

/** How a draft was kept. While locked it is sealed: it can be read again after unlocking. */
export interface DraftKept {
  state: 'kept' | 'sealed';
}

/** A form that is not finished. */
export interface DraftRow {
  id: RecordId;
  form: FormName;
  updated_at: Moment;
  /** Whether it was written while locked. */
  while_locked: boolean;
}

/* Today (02) ------------------------------------------------------------------------------------------------------- */

export interface Today {
  day: Day;
  round: RoundNow | null;
  /** What a start needs; `null` while a round runs. */
  start: RoundChoices | null;
  /** Quick notes that wait. */
  inbox: number;
  /** Forms that are not finished, the last one first. */
  drafts: DraftRow[];
  /** Actions that are late or due today, late ones last, at most five. */
  due: ActionRow[];
  /** How many actions are late, for the tab's count. */
  late: number;
  /** What was recorded in the running round, or today when none runs; the newest first, at most 100. */
  timeline: TimelineItem[];
  /** Rounds of today that others started and the person may have walked: "Was je erbij?". */
  was_there: WasThere[];
}

export interface RoundNow {
  id: RecordId;
  district: string;
  started: Moment;
  /** First names of the others. */
  with: string[];
  /** Contacts, talks and notes so far. */
  recorded: number;
  visits: { done: number; total: number } | null;
  /** Tonight's plan, in words. */
  plan: { title: string; detail: string } | null;
}

export interface RoundChoices {
  /** Neighbourhoods, the likeliest first. */
  districts: ListedCode[];
  /** The likeliest, from the plan or the last round; `null` when there is no reason to think so. */
  likely_district: Code | null;
  /** Organisations of the joint space that can walk along. */
  partners: RoundPartner[];
}

export interface RoundPartner {
  /** The kind of organisation: `attendance`, `youth_officer`, `coaching`. */
  kind: Code;
  label: string;
  /** Whether the plan of tonight names it. */
  planned: boolean;
}

export interface RoundStart {
  district: Code | null;
  partners: Code[];
}

export interface WasThere {
  round: RecordId;
  district: string;
  started: Moment;
  by: string;
}

/** The code that the other phone scans to walk along: rows of `0` and `1`, dark where `1`. */
export interface RoundCode {
  text: string;
  rows: string[];
}

/** A moment in a list of what happened. Codes are labelled by the screen, names are as they may be shown now. */
export interface TimelineItem {
  id: RecordId;
  collection:
    | 'street_contact'
    | 'doorstep_talk'
    | 'quick_note'
    | 'round'
    | 'message_contact'
    | 'phase_change'
    | 'measurement'
    | 'action';
  at: Moment;
  /** Spot, place in words, address or neighbourhood. */
  place: string | null;
  /** Who took part, as shown now; for a started round the others, with their organisation. */
  names: string[];
  /** Counted but not known. */
  others: number;
  approach: Code | null;
  mood: Code | null;
  opened_by: Code | null;
  result: Code | null;
  /** The first words of a note or of own words, at most 120 characters. */
  text: string | null;
  status: Status;
  /** Whether it is on this device only for longer than a day. */
  late: boolean;
}

/* Forms: street contact (03) --------------------------------------------------------------------------------------- */

/** What a person fills in about a street contact; this is also the draft's content. Everything may be left out. */
export interface StreetContactForm {
  /** The record that is added to; `null` for a new one. */
  record: RecordId | null;
  round: RecordId | null;
  youth_group: RecordId | null;
  /** `null` is: when it was opened. */
  occurred_at: Moment | null;
  place: { district: Code; spot: RecordId | null } | null;
  place_text: string | null;
  headcount: number | null;
  age_bands: Record<Code, number>;
  approach: Code | null;
  mood: Code | null;
  topics: Code[];
  talents: Code[];
  note: string | null;
  basis: Basis | null;
  participants: Participant[];
  follow_up: FollowUp[];
  audience: Audience | null;
  /** The quick note that this is made from; it is then processed. */
  from_note: RecordId | null;
  /** The answer to `bsn_found`: "Geen BSN". */
  not_a_bsn: boolean;
}

/** On what words rest. */
export type Basis = 'observed' | 'hearsay' | 'judgement';

/** A form that was opened, with what is known at once. */
export interface Opened<Form, Known> {
  /** The draft's name; `keep_draft` and the save use it. */
  draft: RecordId;
  /** The form as it was left, or filled in with what is known: time, place and number, never what was seen or done. */
  form: Form;
  known: Known;
  /** The clock of the core when it was opened. */
  now: Moment;
}

/** What a street contact can choose from. While locked every list is empty, and `audiences` holds the own space only. */
export interface StreetContactKnown {
  /** Young people that the form names already, as may be shown now; empty while locked. */
  chosen: YouthChip[];
  /** Nearest first, then the last used; at most 8. */
  places: SpotChip[];
  /** How the first place was found. */
  place_from: 'location' | 'last' | 'none';
  /** Seen here in 30 days, then the caseload; at most 12. */
  youths: YouthChip[];
  groups: GroupChip[];
  /** What can follow, the likeliest first. */
  follow_ups: FollowUpChoice[];
  audiences: AudienceChoice[];
}

export interface GroupChip {
  id: RecordId;
  name: string;
}

/* Forms: doorstep talk (04) ---------------------------------------------------------------------------------------- */

/** What a person fills in about a talk at a door; this is also the draft's content. */
export interface DoorstepTalkForm {
  record: RecordId | null;
  round: RecordId | null;
  visit_request: RecordId | null;
  youth: RecordId | null;
  occurred_at: Moment | null;
  address: string | null;
  opened_by: Code | null;
  /** Known from the visit list, or chosen. */
  reason: Code | null;
  absence_kind: Code | null;
  /** How it went; with nobody home what was done. */
  result: Code | null;
  mood: Code | null;
  how_are_things: string | null;
  basis: Basis | null;
  /** Per life domain `good`, `watch` or `concern`; one that is absent was not discussed. */
  obstacles: Record<Code, Code>;
  agreements: Agreement[];
  entered: boolean | null;
  identification_shown: boolean | null;
  purpose_stated: boolean | null;
  consent_to_enter: boolean | null;
  /** With nobody home: `none` is "Niet nodig", a day makes an action, `null` was not filled in. */
  visit_again: Day | 'none' | null;
  follow_up: FollowUp[];
  /** Copies to make with this save. */
  shares: ShareChoice | null;
  audience: Audience | null;
  not_a_bsn: boolean;
}

/** What was agreed: an action, of a colleague or of an outsider who is only named. */
export interface Agreement {
  text: string;
  due: Day | null;
}

export interface DoorstepTalkKnown {
  /** The address that is filled in; `null` without a visit list. */
  visit: Visit | null;
  /** The address after it. */
  next_address: string | null;
  visits: Visit[];
  /** Life domains, the four that are shown first in front. */
  domains: ListedCode[];
  audiences: AudienceChoice[];
  /** What can be the result when nobody opened, and when somebody did. */
  results: { nobody: ListedCode[]; opened: ListedCode[] };
  follow_ups: FollowUpChoice[];
  /** Days to propose for another visit or talk: working days ahead, at most 5. */
  days: Day[];
  /** What sharing from the covenant's template offers; `null` when alone. */
  share_template: ShareTemplate | null;
}

/** An address on tonight's list. */
export interface Visit {
  id: RecordId;
  address: string;
  /** First name or initials, as may be shown now. */
  shown: string;
  age: number | null;
  reason: Code | null;
  /** The organisation that asked. */
  asked_by: string;
  /** From 1. */
  position: number;
  total: number;
  state: 'open' | 'visited' | 'dropped';
  youth: RecordId | null;
}

/** What may be shared with whom, from the covenant's template. */
export interface ShareTemplate {
  /** "Samen op straat". */
  covenant: string;
  /** Until when the copy may be used. */
  expires: Day;
  receivers: { space: SpaceId; label: string }[];
  parts: { part: Code; label: string; detail: string; joint: boolean; suggested: SpaceId[] }[];
}

/** Which parts go to which spaces, and whether the young person knows. */
export interface ShareChoice {
  parts: { part: Code; spaces: SpaceId[] }[];
  /** `yes`, or `not_yet`, which makes an action. */
  informed: 'yes' | 'not_yet';
}

/* Forms: quick note and processing (05) ---------------------------------------------------------------------------- */

/** A few words to oneself; this is also the draft's content. */
export interface QuickNoteForm {
  text: string | null;
  basis: Basis | null;
  place: { district: Code; spot: RecordId | null } | null;
  youth: RecordId | null;
  youth_group: RecordId | null;
  /** Take along to the running consultation. */
  for_meeting: boolean;
  audience: Audience | null;
  not_a_bsn: boolean;
}

export interface QuickNoteKnown {
  /** The nearest or last place, proposed and not chosen. */
  place: SpotChip | null;
  youths: YouthChip[];
  groups: GroupChip[];
  audiences: AudienceChoice[];
}

/** A note that waits, the newest first. */
export interface WaitingNote {
  id: RecordId;
  at: Moment;
  place: string | null;
  text: string;
  /** Whole days until it goes. */
  days_left: number;
  while_locked: boolean;
}

/** Whose name a note may hold; nothing is chosen by it. */
export interface NoteSuggestions {
  /** The words of the note that were recognised. */
  words: string | null;
  youths: YouthRow[];
  /** Who can read the note once it is attached. */
  audience: AudienceChoice;
}

/** Where a note goes. */
export type NoteInto = { into: 'youth'; youth: RecordId } | { into: 'discard' };

/* Youths (06) ------------------------------------------------------------------------------------------------------ */

/** Which young people to list. Several together: all must hold. */
export interface YouthFilter {
  mine: boolean;
  long_unseen: boolean;
  phase: Code | null;
  district: Code | null;
  /** What was typed; names and nicknames by prefix, one typo a word forgiven. Empty: no search. */
  words: string;
}

/** A window of a list: rows `from` to `from + rows.length` of `total`. */
export interface Page<Row> {
  from: number;
  total: number;
  rows: Row[];
}

export interface YouthRow {
  id: RecordId;
  /** The name as may be shown now. */
  shown: string;
  nickname: string | null;
  initials: string;
  tint: number;
  age: number | null;
  phase: Code | null;
  district: Code | null;
  /** Whole days since the last contact; `null` when there never was one. */
  days_unseen: number | null;
  long_unseen: boolean;
  /** The coach, by first name; `null` when it is the person. */
  coach: string | null;
  mine: boolean;
}

/** What stands above the list. */
export interface YouthsHead {
  /** Running tracks of the person. */
  caseload: number;
  /** The likeliest names of chips and how many each would show, within the person's own spaces. */
  counts: { mine: number; long_unseen: number; phases: Record<Code, number> };
  district: ListedCode | null;
  /** Whether names are hidden now, and whether the person may show them (not during a round). */
  names: 'full' | 'short';
  /** Whether anybody is on the device at all. */
  any: boolean;
}

export interface GroupRow {
  id: RecordId;
  name: string;
  spots: string[];
  estimated_size: number | null;
  step: Code | null;
}

export interface YouthForm {
  nickname: string | null;
  given_name: string | null;
  family_name: string | null;
  age_band: Code | null;
  district: Code | null;
}

export interface GroupForm {
  name: string | null;
  estimated_size: number | null;
  spots: RecordId[];
}

/* Dossier (07, 20) ------------------------------------------------------------------------------------------------- */

export interface Dossier {
  id: RecordId;
  /** The name as may be shown now. */
  shown: string;
  /** How the young person is called in a sentence: first name, street name or initials, as may be shown now. */
  called: string;
  nickname: string | null;
  initials: string;
  tint: number;
  age: number | null;
  district: Code | null;
  space: { id: SpaceId; name: string; people: number };
  fixed_contact: { shown: string; me: boolean } | null;
  /** Only for a track that has phases. */
  phase: Code | null;
  phone: string | null;
  timeline: TimelineItem[];
  measurements: Measurements | null;
}

/** The last two measurements, or the only one. */
export interface Measurements {
  own_story: string | null;
  story_on: Day | null;
  first: { number: number; date: Day };
  last: { number: number; date: Day } | null;
  /** Day on which the next falls due. */
  next_due: Day;
  is_due: boolean;
  domains: { domain: Code; first: number | null; last: number | null }[];
}

/* Actions (08) ----------------------------------------------------------------------------------------------------- */

export type ActionScope = 'mine' | 'round' | 'meeting' | 'three_way_talk';

export interface ActionList {
  /** Everything open in the person's spaces that is the person's or the round's. */
  open: number;
  counts: Record<ActionScope, number>;
  late: ActionRow[];
  today: ActionRow[];
  /** The next seven days. */
  week: ActionRow[];
  /** After that, or without a day. */
  later: ActionRow[];
}

export interface ActionRow {
  id: RecordId;
  kind: Code;
  title: string;
  due: Day | null;
  /** Whole days late; 0 when not. */
  days_late: number;
  youth: YouthChip | null;
  /** Where it came from, in words: "beloofd bij Skatebaan". */
  from: string | null;
  assignee: string | null;
  /** Whether the invitation of a three-way talk still has to go. */
  to_invite: boolean;
  status: Status;
}

/** A three-way talk that is being planned; this is also the draft's content. */
export interface ThreeWayTalkForm {
  action: RecordId;
  youth: RecordId | null;
  invited: string[];
  day: Day | null;
  /** `HH:MM`, Europe/Amsterdam. */
  time: string | null;
  place: Code | null;
  message: string | null;
  audience: Audience | null;
}

export interface ThreeWayTalkKnown {
  youth: YouthChip | null;
  age: number | null;
  /** Who can be invited; the first ones are proposed. */
  people: { label: string; kind: 'youth' | 'guardian' | 'attendance' | 'me' | 'other'; proposed: boolean }[];
  days: Day[];
  times: string[];
  places: ListedCode[];
  /** How the person signs, by first name. */
  me: string;
  audiences: AudienceChoice[];
  /** Who gets a copy of day, time and place; `null` when nobody. */
  copy_to: string | null;
}

/** Colleagues to hand an action over to. */
export interface Colleague {
  id: UserId;
  name: string;
}

/* Sync (10) -------------------------------------------------------------------------------------------------------- */

/** How far everything is. Also the payload of the event `sync`. */
export interface SyncStatus {
  connection: 'online' | 'weak' | 'offline';
  /** Changes on this device only, as a person counts them: recordings, not fields. */
  waiting: number;
  /** Whether the oldest of them is older than a day. */
  late: boolean;
  /** While one runs: how many of how many. */
  running: { sent: number; total: number } | null;
  last_sync: Moment | null;
  lease: Lease;
  /** Refused recordings and overwritten values that nobody settled. */
  problems: number;
  overwritten: number;
}

export interface SyncPage {
  status: SyncStatus;
  problems: ProblemRow[];
  overwritten: OverwrittenRow[];
  /** What waits, is under way, or arrived in the last hour; the newest first, at most 50. */
  items: SyncItem[];
}

export interface ProblemRow {
  space: SpaceId;
  seq: number;
  collection: Collection;
  at: Moment;
  /** The server's reason: see {@link FieldFailure} and `forbidden`. */
  code: string;
}

export interface OverwrittenRow {
  id: RecordId;
  by: string;
  at: Moment;
  field: string;
  /** Whose record, as may be shown now. */
  about: string;
}

export interface SyncItem {
  id: RecordId;
  collection: Collection;
  at: Moment;
  place: string | null;
  status: Status;
  /** Whether it is on this device only for longer than a day. */
  late: boolean;
}

/** A recording that was not taken. */
export interface Problem extends ProblemRow {
  /** The space's name as it was. */
  space_name: string;
  /** When the person's access ended, for `membership_ended`. */
  ended_at: Moment | null;
  /** What was recorded. */
  item: TimelineItem;
  /** Other spaces that it can be filed in; the person's own first. */
  choices: AudienceChoice[];
}

/** A value that somebody else's later change replaced. */
export interface Overwritten extends OverwrittenRow {
  /** What counts now. */
  now: { value: string; detail: string | null; by: string; at: Moment };
  /** What the person wrote. */
  mine: { value: string; detail: string | null; at: Moment };
  /** Fields of the same change that did not collide. */
  also: { field: string; before: string; after: string }[];
  /** Whether both texts can stand under one another (only texts). */
  can_put_below: boolean;
}

export type OverwrittenChoice = 'put_back' | 'put_below' | 'leave';

/* Settings and privacy (12) ---------------------------------------------------------------------------------------- */

export interface Settings {
  person: { name: string; initials: string; function: string };
  municipality: string;
  appearance: Appearance;
  short_names: boolean;
  /** Minutes; at most the municipality's. */
  idle_minutes: number;
  background_seconds: number;
  records: number;
  partners: number;
}

/** What a person can change; `null` leaves it. */
export interface SettingsChange {
  theme: Appearance['theme'] | null;
  vibrate: boolean | null;
  short_names: boolean | null;
  idle_minutes: number | null;
}

export interface OnThisDevice {
  records: number;
  bytes: number;
  kinds: KeptKind[];
  /** What leaves this device soon. */
  soon: { kind: 'dossiers' | 'notes'; count: number; days: number }[];
  spaces: { id: SpaceId; kind: SpaceKind; name: string; people: number; covenant_until: Day | null; role: Code }[];
  administrator_phone: string | null;
}

export interface KeptKind {
  kind: 'youths' | 'street_contacts' | 'doorstep_talks' | 'quick_notes' | 'round_reports';
  count: number;
  /** Days; `null` where it goes with the young person. */
  days: number | null;
}

/** What a young person may see: everything. */
export interface AccessPreview {
  youth: YouthChip;
  given_name: string;
  counts: { contacts: number; measurements: number; actions: number; shared: number; opened: number };
  shared_with: string[];
  /** How many other young people are blacked out. */
  redacted: number;
  /** The last day on which a formal request must be answered. */
  answer_by: Day;
}

/* Events ----------------------------------------------------------------------------------------------------------- */

/** What the core tells by itself. */
export interface Events {
  /**
   * Records changed, by the person or by a synchronisation: screens that show these collections ask again. Besides the
   * collections of records there are `draft`, `settings` and `problem`. During a synchronisation at most four times a second.
   */
  changed: { collections: Collection[] };
  /** How far the synchronisation is; at most four times a second. */
  sync: SyncStatus;
  /** The lock fell, or its state changed; `stage` says what to show. */
  lock: { stage: Stage; lock: LockState | null; revoked: Revoked | null };
  /** The first synchronisation went on. */
  first_sync: FirstSync;
}
