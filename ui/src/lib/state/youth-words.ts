/** How a young person is told in one line. */
import type { YouthRow } from '$lib/api';
import { m } from '$lib/i18n';
import { lists } from './lists.svelte';

/** `17 jaar · Match`. */
export function youthLine(row: Pick<YouthRow, 'age' | 'phase'>): string {
  return [
    row.age === null ? '' : m.common.years({ age: row.age }),
    row.phase === null ? '' : lists.label('phases', row.phase),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `18 jaar · Wesselerbrink · jouw caseload`. */
export function youthPlaceLine(row: YouthRow): string {
  return [
    row.age === null ? '' : m.common.years({ age: row.age }),
    row.district === null ? '' : lists.label('districts', row.district),
    row.mine ? m.youths.yours : row.coach === null ? '' : m.youths.coach({ name: row.coach }),
  ]
    .filter(Boolean)
    .join(' · ');
}
