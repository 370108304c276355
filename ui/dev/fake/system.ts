/** Synchronisation, problems, settings and privacy. */
import type { SyncStatus } from '../../src/lib/api/types';
import { audiences, TEAM } from './forms';
import { CONFIGURATION } from './lists';
import type { Command } from './commands';
import type { World } from './world';

/** Sends everything that waits, a step at a time. */
function send(world: World): void {
  const total = world.sync.waiting;
  if (world.sync.connection === 'offline' || total === 0) {
    if (world.sync.connection !== 'offline') status(world, { last_sync: world.now });
    return;
  }
  let sent = 0;
  const step = () => {
    sent++;
    if (sent < total) {
      status(world, { running: { sent, total } });
      setTimeout(step, 120).unref();
      return;
    }
    world.timeline = world.timeline.map((item) => ({ ...item, status: 'received' }));
    status(world, { running: null, waiting: 0, last_sync: world.now });
    world.changed('street_contact', 'doorstep_talk', 'quick_note', 'round');
  };
  status(world, { running: { sent: 0, total } });
  setTimeout(step, 120).unref();
}

function status(world: World, change: Partial<SyncStatus>): void {
  world.sync = { ...world.sync, ...change };
  world.tell('sync', world.sync);
}

function saved(world: World, collection: string): unknown {
  const token = world.id('save');
  world.saved.set(token, { form: 'quick_note', draft: '', content: null, undo: () => undefined });
  world.sync = { ...world.sync, problems: world.problem ? 1 : 0, overwritten: world.overwritten ? 1 : 0 };
  world.tell('sync', world.sync);
  world.changed(collection);
  return { token, collection, record: token, warnings: [] };
}

const minutes = (world: World, count: number) => world.now - count * 60_000;

function problemRow(world: World): object {
  return { space: 'old-team', seq: 12, collection: 'street_contact', at: minutes(world, 83), code: 'membership_ended' };
}

function overwrittenRow(world: World): object {
  return {
    id: 'overwritten-1',
    by: 'Sanne',
    at: minutes(world, 519),
    collection: 'track',
    field: 'phase',
    about: world.namesShort ? 'Lilo' : 'Ilyas D.',
  };
}

export const systemCommands: Record<string, Command> = {
  sync_status: (world) => world.sync,
  sync_now: (world) => send(world),
  sync_page: (world) => ({
    status: world.sync,
    problems: world.problem ? [problemRow(world)] : [],
    overwritten: world.overwritten ? [overwrittenRow(world)] : [],
    items: world.timeline.map(({ id, collection, at, place, late, status: is }, index) => ({
      id,
      collection,
      at,
      place: collection === 'round' ? null : place,
      late,
      status: world.sync.running !== null && is === 'on_device' && index > 1 ? 'under_way' : is,
    })),
  }),
  problem: (world) => ({
    ...problemRow(world),
    space_name: 'Team Twekkelerveld',
    ended_at: minutes(world, 101),
    item: {
      id: 'contact-2',
      collection: 'street_contact',
      at: minutes(world, 83),
      place: 'Winkelcentrum',
      names: [],
      others: 6,
      approach: 'corrective',
      mood: 'restless',
      opened_by: null,
      result: null,
      text: 'Muziek hard, aangesproken. Na vijf minuten zachter.',
      status: 'rejected',
      late: false,
    },
    choices: [...audiences(world).filter(({ kind }) => kind === 'personal'), TEAM],
  }),
  file_again: (world) => {
    world.problem = false;
    return saved(world, 'problem');
  },
  discard_problem: (world) => {
    world.problem = false;
    saved(world, 'problem');
  },
  overwritten: (world) => ({
    ...overwrittenRow(world),
    now: { value: 'Borg', detail: 'Werk loopt goed, kan naar nazorg.', by: 'Sanne', at: minutes(world, 519) },
    mine: { value: 'Match', detail: 'Intake ROC moet nog.', at: minutes(world, 541) },
    also: [{ field: 'coach', after: 'Sanne' }],
    can_put_below: true,
  }),
  settle_overwritten: (world) => {
    world.overwritten = false;
    return saved(world, 'overwritten');
  },
  settings: (world) => settings(world),
  change_settings: (world, { change }) => {
    if (change.theme !== null) world.appearance = { ...world.appearance, theme: change.theme };
    if (change.vibrate !== null) world.appearance = { ...world.appearance, vibrate: change.vibrate };
    if (change.short_names !== null) world.shortNames = change.short_names;
    if (change.idle_minutes !== null) world.idleMinutes = change.idle_minutes;
    world.changed('settings');
    return settings(world);
  },
  on_this_device: (world) => ({
    records: 412,
    bytes: 3_800_000,
    kinds: [
      { kind: 'youths', count: world.people.length, days: 90 },
      { kind: 'street_contacts', count: 231, days: 30 },
      { kind: 'doorstep_talks', count: 38, days: null },
      { kind: 'quick_notes', count: world.notes.length, days: world.settings.quick_note_days },
      { kind: 'round_reports', count: 94, days: 30 },
    ],
    soon: [{ kind: 'dossiers', count: 2, days: 9 }],
    spaces: [
      { id: 'team', kind: 'team', name: 'Coachteam', people: 6, until: null, role: 'member' },
      {
        id: 'joint',
        kind: 'joint',
        name: 'Samen op straat',
        people: 9,
        until: world.day(181),
        role: 'member',
      },
      { id: 'own', kind: 'personal', name: 'Alleen ik', people: 1, until: null, role: 'lead' },
    ],
    administrator_phone: '053 000 00 00',
  }),
  access_preview: (world, { youth }) => {
    const person = world.people.find(({ id }) => id === youth);
    return {
      youth: { id: youth, shown: person?.shown ?? '', initials: person?.initials ?? '', tint: 0 },
      given_name: person?.given_name ?? '',
      counts: { contacts: 23, measurements: 2, actions: 14, shared: 3 },
      shared_with: ['Leerplicht', 'casemanager'],
      redacted: 3,
      answer_by: world.day(31),
    };
  },
  forward_access_request: (world) => saved(world, 'access_request'),
};

function settings(world: World): unknown {
  return {
    person: { name: 'Yasmina el Idrissi', initials: 'YI', function: 'Jongerencoach' },
    municipality: CONFIGURATION.municipality,
    appearance: world.appearance,
    short_names: world.shortNames,
    idle_minutes: world.idleMinutes,
    background_seconds: world.settings.background_seconds,
    biometrics: null,
    records: 412,
    partners: 48,
  };
}
