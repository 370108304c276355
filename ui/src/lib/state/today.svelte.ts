/** What runs, what must be done, what was recorded. */
import { rounds, today as commands, type RecordId, type RoundStart } from '$lib/api';
import { View } from './view.svelte';

/** How long the large banner of a round that just started stays, in milliseconds. */
export const JUST_STARTED = 60_000;
/** After how long the app asks whether the round still runs, in milliseconds. */
export const LONG_ROUND = 6 * 3_600_000;

export const today = new View(commands.read, [
  'round',
  'round_participant',
  'street_contact',
  'doorstep_talk',
  'quick_note',
  'action',
  'visit_request',
  'participation',
  'draft',
]);

export async function startRound(start: RoundStart): Promise<void> {
  await rounds.start(start);
  await today.refresh();
}

export async function endRound(round: RecordId): Promise<void> {
  await rounds.end(round);
  await today.refresh();
}
