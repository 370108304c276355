/** Young people, groups and dossiers. */
import type { Dossier, YouthFilter, YouthRow } from '../../src/lib/api/types';
import { opened, TEAM } from './forms';
import { CONFIGURATION } from './lists';
import { GROUPS, type Person } from './people';
import { Refused } from './refused';
import type { Command } from './commands';
import type { World } from './world';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function row(world: World, person: Person): YouthRow {
  return { ...person, shown: world.shownName(person), nickname: world.namesShort ? null : person.nickname };
}

function fits(person: Person, filter: YouthFilter): boolean {
  const words = plain(filter.words).split(/\s+/).filter(Boolean);
  const parts = plain(`${person.given_name} ${person.family_name} ${person.nickname ?? ''}`).split(/\s+/);
  return (
    (!filter.mine || person.mine) &&
    (!filter.long_unseen || person.long_unseen) &&
    (filter.phase === null || person.phase === filter.phase) &&
    (filter.district === null || person.district === filter.district) &&
    words.every((word) => parts.some((part) => part.startsWith(word)))
  );
}

function dossier(world: World, id: string): Dossier {
  const person = world.people.find((one) => one.id === id);
  if (person === undefined) throw new Refused('not_found');
  const day = 86_400_000;
  const item = {
    id: `moment-${id}`,
    collection: 'street_contact' as const,
    at: world.now - (person.days_unseen ?? 0) * day,
    place: 'Skatebaan',
    names: [world.shownName(person)],
    others: 3,
    approach: 'preventive',
    mood: 'friendly',
    opened_by: null,
    result: null,
    text: null,
    status: 'received' as const,
    late: false,
  };
  const scores: [string, number | null, number | null][] = [
    ['housing', 2, 2],
    ['work', 1, 2],
    ['education', 1, 3],
    ['money', 2, 3],
    ['health', 3, 3],
    ['substances', null, null],
    ['home', 3, 2],
    ['network', 2, 4],
    ['leisure', 3, 3],
    ['justice', 3, 4],
  ];
  return {
    id,
    shown: world.shownName(person),
    called: world.namesShort ? world.shownName(person) : person.given_name,
    nickname: world.namesShort ? null : person.nickname,
    initials: person.initials,
    tint: person.tint,
    age: person.age,
    district: person.district,
    space: { id: 'team', name: 'Coachteam', people: 6 },
    fixed_contact: { shown: 'Yasmina', me: person.mine },
    phase: person.phase,
    phone: '06 0000 00 01',
    timeline: [
      item,
      { ...item, id: `${item.id}-b`, at: item.at - 6 * day, place: 'Winkelcentrum', names: [], others: 4, mood: null },
    ],
    measurements:
      person.phase === null || person.phase === 'scout'
        ? null
        : {
            own_story: 'Ik weet nu bij wie ik moet zijn. Thuis is het drukker, maar ik sta er niet meer alleen voor.',
            story_on: '2026-10-30',
            first: { number: 0, date: '2026-04-28' },
            last: { number: 1, date: '2026-10-30' },
            next_due: '2027-04-30',
            is_due: false,
            domains: scores.map(([domain, first, last]) => ({ domain, first, last })),
          },
  };
}

export const peopleCommands: Record<string, Command> = {
  youths_head: (world) => {
    const mine = world.people.filter((person) => person.mine);
    const phases = Object.fromEntries(
      ['scout', 'scan', 'match', 'secure'].map((phase) => [
        phase,
        mine.filter((person) => person.phase === phase).length,
      ]),
    );
    return {
      caseload: mine.length,
      counts: { mine: mine.length, long_unseen: mine.filter((person) => person.long_unseen).length, phases },
      district: CONFIGURATION.lists['districts']?.[0] ?? null,
      names: world.namesShort ? 'short' : 'full',
      any: world.people.length > 0,
    };
  },
  youths: (world, { filter, from, count }) => {
    const found = world.people.filter((person) => fits(person, filter));
    return { from, total: found.length, rows: found.slice(from, from + count).map((person) => row(world, person)) };
  },
  groups: (world, { words }) =>
    world.scenario.empty
      ? []
      : GROUPS.filter(({ name, spots }) => [name, ...spots].some((text) => plain(text).includes(plain(words)))),
  open_youth: (world, { draft, nickname }) =>
    opened(world, draft, { nickname, given_name: null, family_name: null, age_band: null, district: null }, null),
  create_youth: (world, { draft, form }) => {
    world.drafts.delete(draft);
    const shown = form.nickname ?? form.given_name ?? 'Onbekend';
    const id = world.id('youth-new');
    world.people = [
      {
        id,
        given_name: form.given_name ?? shown,
        family_name: form.family_name ?? '',
        shown: [form.given_name ?? shown, form.family_name].filter(Boolean).join(' '),
        nickname: form.nickname,
        initials: shown.slice(0, 2).toUpperCase(),
        tint: 0,
        age: null,
        phase: null,
        district: form.district,
        days_unseen: null,
        long_unseen: false,
        coach: null,
        mine: true,
      },
      ...world.people,
    ];
    world.changed('youth', 'draft');
    return { token: world.id('save'), collection: 'youth', record: id, warnings: [] };
  },
  open_group: (world, { draft }) => opened(world, draft, { name: null, estimated_size: null, spots: [] }, null),
  create_group: (world, { draft }) => {
    world.drafts.delete(draft);
    world.changed('youth_group', 'draft');
    return { token: world.id('save'), collection: 'youth_group', record: world.id('group'), warnings: [] };
  },
  dossier: (world, { youth }) => dossier(world, youth),
  reach_youth: (world) => {
    if (!world.scenario.apps) throw new Refused('not_available');
  },
  note_suggestions: (world, { note }) => {
    const text = world.notes.find(({ id }) => id === note)?.text ?? '';
    const bart = text.includes('Bart');
    const found = world.people.filter(({ id }) => id === 'youth-2' || id === 'youth-40');
    return {
      words: bart ? 'Bart' : null,
      youths: bart ? found.map((person) => row(world, person)) : [],
      audience: TEAM,
    };
  },
};
