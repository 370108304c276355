import { describe, expect, test } from 'vitest';
import type { SyncStatus, TimelineItem } from '$lib/api';
import { iconOfKind } from '$lib/components/code-icons';
import { marked } from './marked';
import { onDay } from './moments';
import { format } from '$lib/i18n';
import { chipOf, wordsOf } from './sync-words';
import { detailOf, titleOf } from './timeline-words';

const STATUS: SyncStatus = {
  connection: 'online',
  waiting: 0,
  late: false,
  running: null,
  last_sync: null,
  lease: { days_without_contact: 0, reading_ends_in_days: null, last_contact: null },
  problems: 0,
  overwritten: 0,
};

describe('the state of the synchronisation', () => {
  test.each<[string, Partial<SyncStatus>, string]>([
    ['Alles is bij de gemeente', {}, 'ok'],
    ['Offline', { connection: 'offline' }, ''],
    ['Offline · 7 nog hier', { connection: 'offline', waiting: 7 }, ''],
    ['2 nog hier', { waiting: 2, late: true }, 'late'],
    ['Bezig: 4 van 7', { waiting: 3, running: { sent: 4, total: 7 } }, 'busy'],
    ['1 vraagt aandacht', { problems: 1, connection: 'offline', waiting: 2 }, 'error'],
  ])('reads %s', (text, change, kind) => {
    const chip = chipOf({ ...STATUS, ...change });
    expect([chip.text.replaceAll('\u00a0', ' '), chip.kind]).toEqual([text, kind]);
  });

  test('being on this device is no trouble before a day has passed', () => {
    expect(wordsOf('on_device', false)).toMatchObject({ text: 'Op dit toestel', kind: '' });
    expect(wordsOf('on_device', true).kind).toBe('warn');
    expect(wordsOf('received', false).text).toBe('Bij de gemeente');
  });
});

describe('a moment', () => {
  const item: TimelineItem = {
    id: 'r',
    collection: 'street_contact',
    at: 0,
    place: 'Skatebaan',
    names: ['Lilo', 'T.L.'],
    others: 2,
    approach: 'preventive',
    mood: null,
    opened_by: null,
    result: null,
    text: null,
    status: 'on_device',
    late: false,
  };

  test('is told by place, people and what was chosen; what was not filled in is left out', () => {
    expect(titleOf(item)).toBe('Straatcontact · Skatebaan');
    expect(detailOf(item)).toBe('Lilo, T.L. en 2 anderen · preventive');
    expect(detailOf({ ...item, names: [], others: 1, approach: null })).toBe('1 jongere');
  });

  test('on a day and time in Amsterdam is one instant, also around a change of the clock', () => {
    for (const [day, time] of [
      ['2026-07-01', '22:41'],
      ['2026-11-19', '22:41'],
      ['2026-10-25', '01:30'],
      ['2026-03-29', '03:30'],
    ] as const) {
      const at = onDay(day, time);
      expect([format.dayOf(at), format.time(at)]).toEqual([day, time]);
    }
  });
});

describe('a hit', () => {
  test.each([
    [
      'Lilo',
      'lil',
      [
        ['Lil', true],
        ['o', false],
      ],
    ],
    [
      'Ilyas Demirci',
      'dem',
      [
        ['Ilyas ', false],
        ['Dem', true],
        ['irci', false],
      ],
    ],
    [
      'Bartosz Wiśniewski',
      'wis',
      [
        ['Bartosz ', false],
        ['Wiś', true],
        ['niewski', false],
      ],
    ],
    ['Noor', 'xander', [['Noor', false]]],
    ['<img src=x>', '', [['<img src=x>', false]]],
  ])('in %s is marked without markup', (text, words, parts) => {
    expect(marked(text, words).map((part) => [part.text, part.hit])).toEqual(parts);
  });
});

test.each(['street_contact', 'talk', 'visit_request', 'overwritten', 'a_kind_of_a_newer_version'])(
  'a record of the kind %s that waits to be sent has an icon',
  (kind) => {
    expect(iconOfKind(kind)).toMatch(/^[a-z0-9-]+$/);
  },
);
