/**
 * The shapes that cross from the core to the screens and back. Nothing here computes.
 *
 * Those of an unlocked app are written from the core's own types; those of the lock, of enrolling and of the events stand
 * here. Fields are written as they are serialised: snake_case. A field that is not known is `null`, never left out.
 */
import type { Appearance, Collection, Lease, Moment, SpaceId, SpaceKind, SyncStatus } from './generated';

export type * from './generated';

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

/** How far enrolling is; while the administrator has not let the device in yet, ask again every few seconds. */
export type EnrolmentAnswer = { state: 'enrolled'; sync: FirstSync } | ({ state: 'awaits_confirmation' } & Awaiting);

/** What the administrator compares before the device is let in. */
export interface Awaiting {
  /** Six groups of four digits. */
  fingerprint: string;
  /** When the invitation ends, on the municipality's clock. */
  expires_at: Moment;
}

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
