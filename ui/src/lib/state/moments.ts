/** From a day and a clock time in Amsterdam to an instant. */
import type { Day, Moment } from '$lib/api';
import { format } from '$lib/i18n';

const HOUR = 3_600_000;

/** The instant at which Amsterdam's clocks show that time on that day; the first one where it is shown twice. */
export function onDay(day: Day, time: string): Moment {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const shows = (at: Moment) => format.dayOf(at) === day && format.time(at) === time;
  return [asUtc - 2 * HOUR, asUtc - HOUR].find(shows) ?? asUtc - HOUR;
}
