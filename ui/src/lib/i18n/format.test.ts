import { expect, test } from 'vitest';
import * as format from './format';

const EVENING = Date.UTC(2026, 10, 19, 21, 41);

test('times and days are those of Amsterdam', () => {
  expect(format.time(EVENING)).toBe('22:41');
  expect(format.dayOf(EVENING)).toBe('2026-11-19');
  expect(format.dayOf(Date.UTC(2026, 10, 19, 23, 30))).toBe('2026-11-20');
  expect(format.time(Date.UTC(2026, 6, 1, 20, 0))).toBe('22:00');
});

test.each([
  [format.shortDay, 'do 19 nov'],
  [format.tinyDay, 'do 19'],
  [format.dayAndMonth, '19 nov'],
  [format.longDay, '19 november'],
  [format.spokenDay, 'donderdag 19 november'],
])('a day is written as %s says', (write, text) => {
  expect(write('2026-11-19')).toBe(text);
});

test('durations and waits are written short', () => {
  expect(format.duration(134 * 60_000)).toBe('2 u 14 m');
  expect(format.duration(-5)).toBe('0 u 0 m');
  expect(format.countdown(30)).toBe('0:30');
  expect(format.countdown(3600)).toBe('60:00');
});

test('days are counted across a change of the clock and of the year', () => {
  expect(format.daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  expect(format.plusDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(format.plusDays('2026-03-28', 1)).toBe('2026-03-29');
});

test('names are joined as one says them', () => {
  expect(format.joined([], 'en')).toBe('');
  expect(format.joined(['Lilo'], 'en')).toBe('Lilo');
  expect(format.joined(['Lilo', 'T.L.', 'Jay'], 'en')).toBe('Lilo, T.L. en Jay');
});
