/**
 * Every command of the core, one function each, grouped by noun. A command is asynchronous, has named snake_case
 * arguments, and answers a shape of `types.ts` or throws a `CommandError`.
 *
 * Which commands answer while the app is locked is said here; every other one answers `locked` then.
 * No command knows a screen, and no screen holds a rule: limits, defaults, suggestions and what may be shown are the core's.
 */
import { invoke } from './transport';
import type * as T from './types';

/** The app's life and its lock. All of these answer while locked. */
export const app = {
  /** What to show first. Called once, before anything else. */
  start: () => invoke<T.Start>('start'),
  /** The lock as it is now; asked again when `wait_seconds` has run out. */
  lockState: () => invoke<T.LockState>('lock_state'),
  /** Tries a secret. The try is counted durably before it is checked. `wait`: too early, not counted. */
  unlock: (secret: string) => invoke<T.Unlocking>('unlock', { secret }),
  /** Asks for a fingerprint or face. `not_available` when there is none. */
  unlockWithBiometrics: () => invoke<T.Unlocking>('unlock_with_biometrics'),
  /** Locks now: finishes what is being written, closes, forgets the keys. The event `lock` follows. */
  lock: () => invoke<null>('lock'),
  /** Says that the person is busy, which puts off the idle lock. Sent at most every 20 seconds. */
  stayAwake: () => invoke<null>('stay_awake'),
  /** Says whether the page can be seen: out of sight the lock falls sooner. */
  inSight: (seen: boolean) => invoke<null>('in_sight', { seen }),
  /** Opens the phone app with the administrator's number. `not_available` where there is none. */
  callAdministrator: () => invoke<null>('call_administrator'),
};

/** Making the device known. These answer in the stages `not_enrolled` and `revoked`. */
export const enrolment = {
  start: () => invoke<T.EnrolmentStart>('enrolment_start'),
  /** Scans an invitation with the camera; `null` when the person closed it, `not_available` without a camera. */
  scan: () => invoke<T.Invitation | null>('scan_invitation'),
  /**
   * Keeps the invitation for `enrol` and asks whether a municipality answers there. The code itself is not used yet:
   * nothing is fetched before the secret is chosen. `no_connection`, `not_a_municipality`, `code_not_valid` (not ten characters).
   */
  prepare: (invitation: T.Invitation) => invoke<null>('prepare_enrolment', { invitation }),
  /** What the core thinks of a secret; a rule, not a promise of strength. */
  judgeSecret: (secret: string) => invoke<T.SecretVerdict>('judge_secret', { secret }),
  /**
   * Writes the secret's slot (unless `secret` is `null` because it was chosen at an earlier try), makes the database and
   * enrols. Once it is enrolled the stage is `open` and the first synchronisation runs; the event `first_sync` tells how far.
   * `code_not_valid`, `code_expired`, `no_connection`: the slot stays, `enrolment_start` then says `secret_chosen`.
   */
  enrol: (secret: string | null) => invoke<T.EnrolmentAnswer>('enrol', { secret }),
};

/** The municipality's lists and settings. While locked: the app's own lists, without neighbourhoods, spots or partners. */
export const configuration = {
  read: () => invoke<T.Configuration>('configuration'),
};

/** Forms that are being filled in. All of these answer while locked. */
export const drafts = {
  /**
   * Keeps what a form holds now, durable when it answers; called at every keystroke, one at a time. While locked it is
   * sealed and replaces its predecessor. `storage_full`, `storage_failed`: the text on the screen stays.
   */
  keep: (id: T.RecordId, form: T.FormName, content: unknown) =>
    invoke<T.DraftKept>('keep_draft', { id, form, content }),
  /** Throws a draft away, because nothing was typed or its author wants so. */
  drop: (id: T.RecordId) => invoke<null>('drop_draft', { id }),
  /** The text without what looks like a BSN ("Weghalen"). */
  withoutBsn: (text: string) => invoke<string>('without_bsn', { text }),
};

/** What can be done with something that was just saved. */
export const saves = {
  /**
   * Takes a save back: what it made is deleted, what it changed gets its values back, and the form is a draft again with
   * everything that it held. Deletes no text. `not_found` when the record left the device meanwhile.
   */
  reopen: (token: string) => invoke<T.Reopened>('reopen', { token }),
  /** Opens what was saved to add to it: a draft whose form names the record; saving it changes that record. */
  addTo: (collection: T.Collection, record: T.RecordId) => invoke<T.Reopened>('add_to', { collection, record }),
  /** Takes back a save that was no form: done, moved, handed over, removed, processed, settled. */
  undo: (token: string) => invoke<T.Saved>('undo', { token }),
};

/** What runs, what must be done, what was recorded (02). */
export const today = {
  read: () => invoke<T.Today>('today'),
};

export const rounds = {
  /** Starts a round in the space that fits the partners: a joint one when any walks along. */
  start: (start: T.RoundStart) => invoke<T.Saved>('start_round', { start }),
  end: (round: T.RecordId) => invoke<T.Saved>('end_round', { round }),
  /** The code with which a colleague's phone walks along. */
  code: (round: T.RecordId) => invoke<T.RoundCode>('round_code', { round }),
  /** Answers "Was je erbij?". */
  wasThere: (round: T.RecordId, yes: boolean) => invoke<T.Saved>('was_there', { round, yes }),
};

/** Street contacts (03). Both answer while locked: then the record goes sealed to the person's own space, as a note to process. */
export const streetContacts = {
  /** Opens a new form, that draft, or the form made from that quick note. A draft that is not there begins under that name. */
  open: (draft: T.RecordId | null, from_note: T.RecordId | null) =>
    invoke<T.Opened<T.StreetContactForm, T.StreetContactKnown>>('open_street_contact', { draft, from_note }),
  /** Saves and finishes the draft: one record, or two on a joint round. `refused`, `forbidden`, `bsn_found`, `storage_full`. */
  record: (draft: T.RecordId, form: T.StreetContactForm) => invoke<T.Saved>('record_street_contact', { draft, form }),
};

/** Talks at a door (04). Both answer while locked, without the visit list. */
export const doorstepTalks = {
  /** Opens a new form at the next address of the list, that draft, or at that address. */
  open: (draft: T.RecordId | null, visit: T.RecordId | null) =>
    invoke<T.Opened<T.DoorstepTalkForm, T.DoorstepTalkKnown>>('open_doorstep_talk', { draft, visit }),
  record: (draft: T.RecordId, form: T.DoorstepTalkForm) => invoke<T.Saved>('record_doorstep_talk', { draft, form }),
};

/** Quick notes and their processing (05). `open` and `record` answer while locked. */
export const quickNotes = {
  open: (draft: T.RecordId | null) => invoke<T.Opened<T.QuickNoteForm, T.QuickNoteKnown>>('open_quick_note', { draft }),
  record: (draft: T.RecordId, form: T.QuickNoteForm) => invoke<T.Saved>('record_quick_note', { draft, form }),
  /** The notes that wait, the newest first. */
  inbox: () => invoke<T.WaitingNote[]>('inbox'),
  /** Young people whose name the note may hold, by matching on this device only. */
  suggestions: (note: T.RecordId) => invoke<T.NoteSuggestions>('note_suggestions', { note }),
  process: (note: T.RecordId, into: T.NoteInto) => invoke<T.Saved>('process_note', { note, into }),
};

/** Messages and calls: contact without seeing each other (19f). */
export const messageContacts = {
  /** Opens a new form, about that young person when one is given, or that draft. */
  open: (draft: T.RecordId | null, youth: T.RecordId | null) =>
    invoke<T.Opened<T.MessageContactForm, T.MessageContactKnown>>('open_message_contact', { draft, youth }),
  record: (draft: T.RecordId, form: T.MessageContactForm) => invoke<T.Saved>('record_message_contact', { draft, form }),
};

/** Young people and groups (06). */
export const youths = {
  head: () => invoke<T.YouthsHead>('youths_head'),
  /** A window of the list, by family name; of a search, the best first. `count` at most 100. */
  list: (filter: T.YouthFilter, from: number, count: number) =>
    invoke<T.Page<T.YouthRow>>('youths', { filter, from, count }),
  /** Groups by when they were last seen, never by size or step. */
  groups: (words: string) => invoke<T.GroupRow[]>('groups', { words }),
  /** Opens the form for somebody new, who is called that at first, or that draft. */
  open: (draft: T.RecordId | null, nickname: string | null) =>
    invoke<T.Opened<T.YouthForm, null>>('open_youth', { draft, nickname }),
  /** Makes somebody known, with a track of the person's, and finishes the draft. */
  create: (draft: T.RecordId, form: T.YouthForm) => invoke<T.Saved>('create_youth', { draft, form }),
  openGroup: (draft: T.RecordId | null) => invoke<T.Opened<T.GroupForm, null>>('open_group', { draft }),
  createGroup: (draft: T.RecordId, form: T.GroupForm) => invoke<T.Saved>('create_group', { draft, form }),
  /** A dossier; that it was opened is an event for the audit. */
  dossier: (youth: T.RecordId) => invoke<T.Dossier>('dossier', { youth }),
  /** Opens the messages or phone app. */
  reach: (youth: T.RecordId, by: T.ReachBy) => invoke<null>('reach_youth', { youth, by }),
};

/** Things to do (08). */
export const actions = {
  list: (scope: T.ActionScope) => invoke<T.ActionList>('actions', { scope }),
  complete: (action: T.RecordId) => invoke<T.Saved>('complete_action', { action }),
  move: (action: T.RecordId, due: T.Day) => invoke<T.Saved>('move_action', { action, due }),
  handOver: (action: T.RecordId, to: T.UserId) => invoke<T.Saved>('hand_over_action', { action, to }),
  remove: (action: T.RecordId) => invoke<T.Saved>('delete_action', { action }),
  colleagues: (action: T.RecordId) => invoke<T.Colleague[]>('action_colleagues', { action }),
};

/** Talks at a table that are being planned (08b). */
export const threeWayTalks = {
  /** A draft knows its action; one of the two is given. */
  open: (draft: T.RecordId | null, action: T.RecordId | null) =>
    invoke<T.Opened<T.ThreeWayTalkForm, T.ThreeWayTalkKnown>>('open_three_way_talk', { draft, action }),
  /** Plans the talk and puts the message ready in the messages app; nothing leaves without a tap there. */
  invite: (draft: T.RecordId, form: T.ThreeWayTalkForm) => invoke<T.Saved>('invite_to_talk', { draft, form }),
};

/** Synchronisation, refused recordings and overwritten values (10). `status` and `now` answer while locked. */
export const sync = {
  status: () => invoke<T.SyncStatus>('sync_status'),
  /** Tries now; answers at once, the event `sync` tells the rest. */
  now: () => invoke<null>('sync_now'),
  page: () => invoke<T.SyncPage>('sync_page'),
  problem: (space: T.SpaceId, seq: number) => invoke<T.Problem>('problem', { space, seq }),
  /** Files a refused recording again, as a new one of another space; the refused one is thrown away. */
  fileAgain: (space: T.SpaceId, seq: number, to: T.Audience) => invoke<T.Saved>('file_again', { space, seq, to }),
  discardProblem: (space: T.SpaceId, seq: number) => invoke<null>('discard_problem', { space, seq }),
  overwritten: (id: T.RecordId) => invoke<T.Overwritten>('overwritten', { id }),
  settle: (id: T.RecordId, choice: T.OverwrittenChoice) => invoke<T.Saved>('settle_overwritten', { id, choice }),
};

/** Settings, what is on this device, and access for a young person (12). */
export const settings = {
  read: () => invoke<T.Settings>('settings'),
  change: (change: T.SettingsChange) => invoke<T.Settings>('change_settings', { change }),
  onThisDevice: () => invoke<T.OnThisDevice>('on_this_device'),
  accessPreview: (youth: T.RecordId) => invoke<T.AccessPreview>('access_preview', { youth }),
  forwardAccessRequest: (youth: T.RecordId) => invoke<T.Saved>('forward_access_request', { youth }),
};
