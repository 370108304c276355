/** How times, days and amounts are written: Dutch, in Europe/Amsterdam, whatever the device is set to. */
import type { Day, Moment } from '../api/types';

const zone = { timeZone: 'Europe/Amsterdam' } as const;
const clock = new Intl.DateTimeFormat('nl-NL', { ...zone, hour: '2-digit', minute: '2-digit' });
const isoDay = new Intl.DateTimeFormat('sv-SE', { ...zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const weekday = new Intl.DateTimeFormat('nl-NL', { timeZone: 'UTC', weekday: 'short' });
const longWeekday = new Intl.DateTimeFormat('nl-NL', { timeZone: 'UTC', weekday: 'long' });
const dayMonth = new Intl.DateTimeFormat('nl-NL', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const longDayMonth = new Intl.DateTimeFormat('nl-NL', { timeZone: 'UTC', day: 'numeric', month: 'long' });
const oneDecimal = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 1 });

/** `22:41`. */
export function time(at: Moment): string {
  return clock.format(at);
}

/** The calendar day of an instant. */
export function dayOf(at: Moment): Day {
  return isoDay.format(at);
}

/** `do 19 nov`. */
export function shortDay(day: Day): string {
  return `${weekday.format(noon(day)).replace('.', '')} ${dayAndMonth(day)}`;
}

/** `ma 23`. */
export function tinyDay(day: Day): string {
  return `${weekday.format(noon(day)).replace('.', '')} ${String(noon(day).getUTCDate())}`;
}

/** `19 nov`. */
export function dayAndMonth(day: Day): string {
  return dayMonth.format(noon(day)).replace('.', '');
}

/** `19 november`. */
export function longDay(day: Day): string {
  return longDayMonth.format(noon(day));
}

/** `dinsdag 24 november`. */
export function spokenDay(day: Day): string {
  return `${longWeekday.format(noon(day))} ${longDay(day)}`;
}

/** `dinsdag`. */
export function weekdayName(day: Day): string {
  return longWeekday.format(noon(day));
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((noon(until).getTime() - noon(from).getTime()) / 86_400_000);
}

/** The day a number of days later. */
export function plusDays(day: Day, days: number): Day {
  return noon(day, days).toISOString().slice(0, 10);
}

/** `2 u 14 m`. */
export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return `${String(Math.floor(minutes / 60))} u ${String(minutes % 60)} m`;
}

/** `0:30`, or `12:05`. */
export function countdown(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `3,8 MB`. */
export function megabytes(bytes: number): string {
  return `${oneDecimal.format(bytes / 1_000_000)} MB`;
}

/** With a capital in front. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('nl') + text.slice(1);
}

/** `Lilo, T.L. en Jay`. */
export function joined(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`;
}

function noon(day: Day, plus = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + plus, 12));
}
