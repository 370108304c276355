/** Today, rounds, the inbox, actions and talks. */
import type { ActionRow, ActionScope, Saved } from '../../src/lib/api/types';
import { audiences } from './forms';
import { CONFIGURATION } from './lists';
import { Refused } from './refused';
import type { Command } from './commands';
import type { World } from './world';

function done(world: World, collection: string, record: string, undo: () => void): Saved {
  const token = world.id('save');
  world.saved.set(token, { form: 'quick_note', draft: '', content: null, undo });
  world.sync = { ...world.sync, waiting: world.sync.waiting + 1 };
  world.changed(collection);
  return { token, collection, record, warnings: [] };
}

function changeActions(world: World, id: string, change: (action: ActionRow) => ActionRow | null): Saved {
  const before = world.actions;
  if (!before.some((action) => action.id === id)) throw new Refused('not_found');
  world.actions = before.flatMap((action) => (action.id === id ? (change(action) ?? []) : [action]));
  return done(world, 'action', id, () => (world.actions = before));
}

function inScope(action: ActionRow, scope: ActionScope): boolean {
  switch (scope) {
    case 'mine':
      return true;
    case 'round':
      return action.title.includes('Ronde');
    case 'meeting':
      return action.kind === 'contribution';
    case 'three_way_talk':
      return action.kind === 'three_way_talk';
  }
}

/** A pattern of the size and look of a code; no phone reads it. */
function pattern(size: number): string[] {
  const finder = (x: number, y: number) => {
    const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
    return ring === 3 || ring < 2;
  };
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => {
      const left = x < 8;
      const right = x >= size - 8;
      if (y < 8 && (left || right))
        return finder(left ? x : size - 1 - x, y) && x !== 7 && x !== size - 8 && y < 7 ? '1' : '0';
      if (y >= size - 8 && left) return finder(x, size - 1 - y) && x < 7 && y > size - 8 ? '1' : '0';
      return (x * 7 + y * 13 + x * y) % 5 < 2 ? '1' : '0';
    }).join(''),
  );
}

export const workCommands: Record<string, Command> = {
  today: (world) => {
    const due = world.actions.filter((action) => action.due !== null && action.due <= world.day(0));
    return {
      day: world.day(0),
      round: world.round,
      start: world.round
        ? null
        : {
            districts: CONFIGURATION.lists['districts'] ?? [],
            likely_district: 'wesselerbrink',
            partners: [
              { kind: 'attendance', label: 'Leerplicht', planned: true },
              { kind: 'youth_officer', label: 'jeugdboa', planned: false },
            ],
          },
      inbox: world.notes.length,
      drafts: [...world.drafts.values()]
        .reverse()
        .map(({ id, form, updated_at, while_locked }) => ({ id, form, updated_at, while_locked })),
      due: due.sort((a, b) => a.days_late - b.days_late).filter((_, index) => index === 0 || index === due.length - 1),
      late: due.filter(({ days_late }) => days_late > 0).length,
      timeline: world.timeline,
      was_there: world.scenario.was_there
        ? [{ round: 'round-0', district: 'Pathmos', started: world.now - 3 * 3_600_000, by: 'Sanne' }]
        : [],
    };
  },
  start_round: (world, { start }) => {
    const label = CONFIGURATION.lists['districts']?.find(({ code }) => code === start.district)?.label ?? '';
    world.scenario = { ...world.scenario, round: 'started' };
    world.round = {
      id: world.id('round'),
      district: label,
      started: world.now,
      with: start.partners.length > 0 ? ['Joris'] : [],
      recorded: 0,
      visits: start.partners.length > 0 ? { done: 0, total: 5 } : null,
      plan: { title: 'Skatebaan en speelveld', detail: 'Kanslocaties · 20:30 tot 22:00' },
    };
    return done(world, 'round', world.round.id, () => (world.round = null));
  },
  end_round: (world, { round }) => {
    const before = world.round;
    world.round = null;
    return done(world, 'round', round, () => (world.round = before));
  },
  round_code: () => ({ text: 'K7Q M2F', rows: pattern(29) }),
  was_there: (world, { round }) => {
    world.scenario = { ...world.scenario, was_there: false };
    return done(world, 'round_participant', round, () => (world.scenario = { ...world.scenario, was_there: true }));
  },
  inbox: (world) => world.notes,
  process_note: (world, { note }) => {
    const before = world.notes;
    world.notes = before.filter(({ id }) => id !== note);
    return done(world, 'quick_note', note, () => (world.notes = before));
  },
  actions: (world, { scope }) => {
    const of = (one: ActionScope) => world.actions.filter((action) => inScope(action, one));
    const rows = of(scope);
    const today = world.day(0);
    const week = world.day(7);
    return {
      open: world.actions.length,
      counts: {
        mine: of('mine').length,
        round: of('round').length,
        meeting: 0,
        three_way_talk: of('three_way_talk').length,
      },
      late: rows.filter(({ days_late }) => days_late > 0),
      today: rows.filter(({ due }) => due === today),
      week: rows.filter(({ due }) => due !== null && due > today && due <= week),
      later: rows.filter(({ due }) => due === null || due > week),
    };
  },
  complete_action: (world, { action }) => changeActions(world, action, () => null),
  delete_action: (world, { action }) => changeActions(world, action, () => null),
  move_action: (world, { action, due }) => changeActions(world, action, (row) => ({ ...row, due, days_late: 0 })),
  hand_over_action: (world, { action }) => changeActions(world, action, () => null),
  action_colleagues: () => [
    { id: 'user-2', name: 'Sanne de Wit' },
    { id: 'user-3', name: 'Marouan Ouali' },
  ],
  open_three_way_talk: (world, { draft, action }) => {
    const jay = world.people.find(({ nickname }) => nickname === 'Jay');
    const known = {
      youth: jay ? { id: jay.id, shown: jay.given_name, initials: jay.initials, tint: jay.tint } : null,
      age: jay?.age ?? null,
      people: [
        { label: 'Jayden', kind: 'youth', proposed: true },
        { label: 'Moeder', kind: 'guardian', proposed: true },
        { label: 'Joris, Leerplicht', kind: 'attendance', proposed: true },
        { label: 'Jij', kind: 'me', proposed: true },
      ],
      days: [4, 5, 6, 7].map((plus) => world.day(plus)),
      times: ['15:00', '16:00', '19:00', '20:00'],
      places: [
        { code: 'office', label: 'Wijkhuis', active: true },
        { code: 'home', label: 'Thuis', active: true },
        { code: 'school', label: 'School', active: true },
        { code: 'outside', label: 'Wandelen', active: true },
      ],
      me: 'Yasmina',
      audiences: audiences(world).filter(({ kind }) => kind === 'team'),
      copy_to: 'Joris',
    };
    const form = {
      action,
      youth: jay?.id ?? null,
      invited: known.people.filter(({ proposed }) => proposed).map(({ label }) => label),
      day: null,
      time: null,
      place: null,
      message: null,
      audience: known.audiences[0]?.audience ?? null,
    };
    return { draft: draft ?? world.id('draft'), form: world.drafts.get(draft)?.content ?? form, known, now: world.now };
  },
  invite_to_talk: (world, { draft, form }) => {
    world.drafts.delete(draft);
    return changeActions(world, form.action, (row) => ({ ...row, to_invite: false }));
  },
};
