/** When something was, in the words of somebody who looks back: today, a weekday, a date. */
import type { Moment } from '$lib/api';
import { format, m } from '$lib/i18n';
import { clock } from './clock.svelte';

/** `vandaag 22:04`, `di 23:10`, `12 nov 23:10`. */
export function whenWords(at: Moment): string {
  return `${dayWords(at)} ${format.time(at)}`;
}

/** `vandaag`, `gisteren`, `di`, `12 nov`. */
export function dayWords(at: Moment): string {
  const day = format.dayOf(at);
  const ago = format.daysBetween(day, format.dayOf(clock.now));
  if (ago === 0) return m.common.today;
  if (ago === 1) return m.common.yesterday;
  return ago < 7 ? (format.tinyDay(day).split(' ')[0] ?? '') : format.dayAndMonth(day);
}
