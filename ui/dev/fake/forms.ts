/** Forms: opening with what is known, keeping drafts, saving, taking back. */
import type {
  AudienceChoice,
  DoorstepTalkForm,
  DraftRow,
  FollowUpChoice,
  MessageContactForm,
  QuickNoteForm,
  Saved,
  StreetContactForm,
  TimelineItem,
} from '../../src/lib/api/types';
import { CONFIGURATION } from './lists';
import { GROUPS, SPOTS } from './people';
import { Refused } from './refused';
import type { Command } from './commands';
import type { World } from './world';

const PERSONAL: AudienceChoice = {
  audience: { own: 'own', joint: null },
  kind: 'personal',
  name: 'Alleen ik',
  people: 1,
  with: [],
};
export const TEAM: AudienceChoice = {
  audience: { own: 'team', joint: null },
  kind: 'team',
  name: 'Coachteam',
  people: 6,
  with: [],
};

export function audiences(world: World): AudienceChoice[] {
  if (world.locked) return [PERSONAL];
  const joint: AudienceChoice[] = world.round
    ? [
        {
          audience: { own: 'team', joint: 'joint' },
          kind: 'joint',
          name: 'Coachteam',
          people: 6,
          with: world.round.with,
        },
      ]
    : [];
  return [...joint, TEAM, PERSONAL];
}

function followUps(world: World, kinds: [string, string, number | null, boolean][]): FollowUpChoice[] {
  return kinds.map(([kind, label, days, asks_reason]) => ({
    kind,
    label,
    due: days === null ? null : world.day(days),
    asks_reason,
  }));
}

export function opened<Form>(world: World, draft: string | null, form: Form, known: unknown): unknown {
  const kept = draft === null ? undefined : world.drafts.get(draft);
  return { draft: draft ?? world.id('draft'), form: kept?.content ?? form, known, now: world.now };
}

function streetContact(world: World, place: boolean): StreetContactForm {
  const spot = SPOTS[0];
  return {
    record: null,
    round: world.round?.id ?? null,
    youth_group: null,
    occurred_at: null,
    place: place && spot ? { district: spot.district, spot: spot.spot } : null,
    place_text: null,
    headcount: 1,
    age_bands: {},
    approach: null,
    mood: null,
    topics: [],
    talents: [],
    note: null,
    basis: null,
    participants: [],
    follow_up: [],
    audience: audiences(world)[0]?.audience ?? null,
    from_note: null,
    not_a_bsn: false,
  };
}

function chips(world: World, ids: readonly (string | null)[]): unknown[] {
  return ids.flatMap((id) => {
    const person = world.people.find((one) => one.id === id);
    return person
      ? [{ id: person.id, shown: world.shownName(person), initials: person.initials, tint: person.tint }]
      : [];
  });
}

function openStreetContact(world: World, draft: string | null, from_note: string | null): unknown {
  const note = world.notes.find(({ id }) => id === from_note);
  const form = { ...streetContact(world, !world.locked), note: note?.text ?? null, from_note };
  const kept = draft === null ? undefined : (world.drafts.get(draft)?.content as StreetContactForm | undefined);
  const known = {
    chosen: world.locked
      ? []
      : chips(
          world,
          (kept ?? form).participants.map(({ youth }) => youth),
        ),
    places: world.locked ? [] : SPOTS,
    place_from: 'location',
    youths: world.locked ? [] : chips(world, ['youth-0', 'youth-6', 'youth-7', 'youth-1', 'youth-2']),
    groups: world.locked ? [] : GROUPS.slice(0, 1).map(({ id, name }) => ({ id, name })),
    follow_ups: followUps(world, [
      ['reminder', 'Appen', 1, false],
      ['return_visit', 'Langsgaan', null, false],
      ['contribution', 'Meenemen naar overleg', null, false],
      ['three_way_talk', 'Driehoeksgesprek', null, false],
    ]),
    audiences: audiences(world),
  };
  return opened(world, draft, form, known);
}

function openDoorstepTalk(world: World, draft: string | null, asked: string | null): unknown {
  const visits = world.locked ? [] : world.visits;
  const visit = visits.find(({ id, state }) => (asked === null ? state === 'open' : id === asked)) ?? null;
  const next = visits.find(({ state, position }) => state === 'open' && position > (visit?.position ?? 0));
  const form: DoorstepTalkForm = {
    record: null,
    round: world.round?.id ?? null,
    visit_request: visit?.id ?? null,
    youth: visit?.youth ?? null,
    occurred_at: null,
    address: visit?.address ?? null,
    opened_by: null,
    reason: visit?.reason ?? null,
    absence_kind: null,
    result: null,
    mood: null,
    how_are_things: null,
    basis: null,
    obstacles: {},
    agreements: [],
    entered: null,
    identification_shown: null,
    purpose_stated: null,
    consent_to_enter: null,
    visit_again: null,
    follow_up: [],
    shares: null,
    audience: audiences(world)[0]?.audience ?? null,
    not_a_bsn: false,
  };
  const results = CONFIGURATION.lists['door_results'] ?? [];
  const of = (...codes: string[]) => codes.flatMap((code) => results.filter((listed) => listed.code === code));
  const first = ['education', 'home', 'money', 'health'];
  const domains = CONFIGURATION.lists['life_domains'] ?? [];
  const known = {
    visit,
    next_address: next?.address ?? null,
    visits,
    domains: [
      ...first.flatMap((code) => domains.filter((d) => d.code === code)),
      ...domains.filter((d) => !first.includes(d.code)),
    ],
    results: { nobody: of('card_left', 'phoned', 'moved'), opened: of('conversation', 'refused', 'moved') },
    follow_ups: followUps(world, [
      ['three_way_talk', 'Driehoeksgesprek', 5, false],
      ['help_framework', 'Hulpverlening', null, true],
      ['person_approach', 'PGA', null, true],
      ['group_approach', 'Groepsaanpak', null, true],
      ['case_meeting', 'Overleg', null, true],
    ]),
    audiences: audiences(world),
    days: [4, 6, 7, 8, 11].map((plus) => world.day(plus)),
    share_template: world.round && !world.locked ? template(world) : null,
  };
  return opened(world, draft, form, known);
}

function template(world: World): unknown {
  return {
    covenant: 'Samen op straat',
    expires: world.day(181),
    receivers: [
      { space: 'team', label: 'Coach' },
      { space: 'attendance', label: 'Leerplicht' },
      { space: 'officer', label: 'Jeugdboa' },
    ],
    parts: [
      { part: 'core', joint: true, suggested: [] },
      { part: 'school', joint: false, suggested: ['team', 'attendance'] },
      { part: 'home', joint: false, suggested: ['team'] },
      { part: 'agreements', joint: false, suggested: ['team', 'attendance'] },
    ],
  };
}

function openQuickNote(world: World, draft: string | null): unknown {
  const form: QuickNoteForm = {
    record: null,
    text: null,
    basis: null,
    place: world.round && !world.locked && SPOTS[2] ? { district: SPOTS[2].district, spot: SPOTS[2].spot } : null,
    youth: null,
    youth_group: null,
    for_meeting: false,
    audience: PERSONAL.audience,
    not_a_bsn: false,
  };
  const known = {
    place: world.locked ? null : (SPOTS[2] ?? null),
    youths: [],
    groups: world.locked ? [] : GROUPS.map(({ id, name }) => ({ id, name })),
    audiences: world.locked ? [PERSONAL] : [PERSONAL, TEAM],
  };
  return opened(world, draft, form, known);
}

function openMessageContact(world: World, draft: string | null, youth: string | null): unknown {
  const form: MessageContactForm = {
    record: null,
    youth,
    channel: null,
    initiative: null,
    occurred_at: null,
    summary: null,
    follow_up: [],
    audience: TEAM.audience,
    not_a_bsn: false,
  };
  const kept = draft === null ? undefined : (world.drafts.get(draft)?.content as MessageContactForm | undefined);
  const known = {
    chosen: chips(world, [(kept ?? form).youth]),
    youths: chips(world, ['youth-0', 'youth-6', 'youth-7', 'youth-1', 'youth-2']),
    follow_ups: followUps(world, [
      ['going_along', 'Meegaan', null, false],
      ['calling_together', 'Samen bellen', null, false],
      ['reminder', 'Appen', 1, false],
    ]),
    audiences: [TEAM, PERSONAL],
  };
  return opened(world, draft, form, known);
}

function refuseBsn(form: { not_a_bsn: boolean }, field: string, text: string | null): void {
  if (!form.not_a_bsn && text !== null && withoutBsn(text) !== text) {
    throw new Refused('bsn_found', [{ field, fault: 'bsn' }]);
  }
}

function withoutBsn(text: string): string {
  return text.replace(/(?<!\d)\d(?:[. ]?\d){8}(?!\d)/g, (found) => (eleven(found.replace(/\D/g, '')) ? '' : found));
}

function eleven(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0;
}

/** Puts a moment in the timeline, finishes the draft, and remembers how to take it back. */
function record(
  world: World,
  form: DraftRow['form'],
  draft: string,
  content: object,
  item: Partial<TimelineItem>,
): Saved {
  const id = (content as { record?: string | null }).record ?? world.id(form);
  const before = [...world.timeline];
  world.drafts.delete(draft);
  if (world.locked) {
    world.lock = { ...world.lock, set_aside: world.lock.set_aside + 1 };
    world.notes = [
      { id, at: world.now, place: item.place ?? null, text: item.text ?? '', days_left: 14, while_locked: true },
      ...world.notes,
    ];
    world.tell('lock', { stage: 'locked', lock: world.lock, revoked: null });
  } else {
    const made: TimelineItem = {
      id,
      collection: form as TimelineItem['collection'],
      at: world.now,
      place: null,
      names: [],
      others: 0,
      approach: null,
      mood: null,
      opened_by: null,
      result: null,
      text: null,
      status: 'on_device',
      late: false,
      ...item,
    };
    world.timeline = [made, ...world.timeline.filter((other) => other.id !== id)];
    world.sync = { ...world.sync, waiting: world.sync.waiting + 1 };
    if (world.round) world.round = { ...world.round, recorded: world.round.recorded + 1 };
  }
  const token = world.id('save');
  world.saved.set(token, { form, draft, content, undo: () => (world.timeline = before) });
  world.saved.set(id, { form, draft, content: { ...content, record: id }, undo: () => undefined });
  world.changed(form);
  return { token, collection: form, record: id, warnings: [] };
}

function names(world: World, form: StreetContactForm): string[] {
  return form.participants.flatMap(({ youth }) => {
    const person = world.people.find(({ id }) => id === youth);
    return person ? [world.shownName(person)] : [];
  });
}

function reopen(world: World, token: string, takeBack: boolean): unknown {
  const saved = world.saved.get(token);
  if (saved === undefined) throw new Refused('not_found');
  if (takeBack) {
    saved.undo();
    world.sync = { ...world.sync, waiting: Math.max(0, world.sync.waiting - 1) };
  }
  const draft = world.id('draft');
  world.drafts.set(draft, {
    id: draft,
    form: saved.form,
    updated_at: world.now,
    while_locked: false,
    content: saved.content,
  });
  world.changed(saved.form, 'draft');
  return { form: saved.form, draft };
}

export const formCommands: Record<string, Command> = {
  keep_draft: (world, { id, form, content }) => {
    world.drafts.set(id, { id, form, updated_at: world.now, while_locked: world.locked, content });
    world.changed('draft');
    return { state: world.locked ? 'sealed' : 'kept' };
  },
  drop_draft: (world, { id }) => {
    world.drafts.delete(id);
    world.changed('draft');
  },
  without_bsn: (_, { text }) => withoutBsn(text),
  reopen: (world, { token }) => reopen(world, token, true),
  add_to: (world, { record: id }) => reopen(world, id, false),
  undo: (world, { token }) => {
    const saved = world.saved.get(token);
    if (saved === undefined) throw new Refused('not_found');
    saved.undo();
    world.changed('action', 'quick_note', 'round');
    return { token: world.id('save'), collection: 'action', record: token, warnings: [] };
  },
  open_street_contact: (world, { draft, from_note }) => openStreetContact(world, draft, from_note),
  record_street_contact: (world, { draft, form }: { draft: string; form: StreetContactForm }) => {
    refuseBsn(form, 'note', form.note);
    const shown = names(world, form);
    if (form.from_note) world.notes = world.notes.filter(({ id }) => id !== form.from_note);
    return record(world, 'street_contact', draft, form, {
      place: form.place_text ?? SPOTS.find(({ spot }) => spot === form.place?.spot)?.label ?? null,
      names: shown,
      others: Math.max(0, (form.headcount ?? 1) - shown.length),
      approach: form.approach,
      mood: form.mood,
      text: form.note,
      at: form.occurred_at ?? world.now,
    });
  },
  open_doorstep_talk: (world, { draft, visit }) => openDoorstepTalk(world, draft, visit),
  record_doorstep_talk: (world, { draft, form }: { draft: string; form: DoorstepTalkForm }) => {
    refuseBsn(form, 'how_are_things', form.how_are_things);
    world.visits = world.visits.map((visit) =>
      visit.id === form.visit_request ? { ...visit, state: 'visited' } : visit,
    );
    return record(world, 'doorstep_talk', draft, form, {
      place: form.address,
      opened_by: form.opened_by,
      result: form.result,
      text: form.how_are_things,
    });
  },
  open_message_contact: (world, { draft, youth }) => openMessageContact(world, draft, youth),
  record_message_contact: (world, { draft, form }: { draft: string; form: MessageContactForm }) => {
    refuseBsn(form, 'summary', form.summary);
    const person = world.people.find(({ id }) => id === form.youth);
    return record(world, 'message_contact', draft, form, {
      names: person ? [world.shownName(person)] : [],
      text: form.summary,
      at: form.occurred_at ?? world.now,
    });
  },
  open_quick_note: (world, { draft }) => openQuickNote(world, draft),
  record_quick_note: (world, { draft, form }: { draft: string; form: QuickNoteForm }) => {
    refuseBsn(form, 'text', form.text);
    const place = SPOTS.find(({ spot }) => spot === form.place?.spot)?.label ?? null;
    const saved = record(world, 'quick_note', draft, form, { place, text: form.text });
    if (!world.locked) {
      world.notes = [
        { id: saved.record, at: world.now, place, text: form.text ?? '', days_left: 14, while_locked: false },
        ...world.notes,
      ];
    }
    return saved;
  },
};
