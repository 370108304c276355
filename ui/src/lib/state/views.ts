/** What the screens read, one of each: shown again at once when a screen is opened again. */
import { quickNotes, settings as settingCommands, sync as syncCommands, youths as youthCommands } from '$lib/api';
import { View } from './view.svelte';

export const inbox = new View(quickNotes.inbox, ['quick_note']);

export const youthsHead = new View(youthCommands.head, [
  'youth',
  'track',
  'phase_change',
  'street_contact',
  'doorstep_talk',
  'settings',
  'round',
]);

export const syncPage = new View(syncCommands.page, [
  'problem',
  'overwritten',
  'street_contact',
  'doorstep_talk',
  'quick_note',
  'round',
  'action',
]);

export const settings = new View(settingCommands.read, ['settings']);

export const onThisDevice = new View(settingCommands.onThisDevice, [
  'youth',
  'street_contact',
  'doorstep_talk',
  'quick_note',
]);
