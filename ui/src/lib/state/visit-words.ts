/** How an address on tonight's list is told in one line. */
import type { Visit } from '$lib/api';
import { m } from '$lib/i18n';
import { lists } from './lists.svelte';

/** About how old, and who asked; `instead` takes the place of who asked. */
export function visitLine(visit: Visit, instead: string | null = null): string {
  const age = visit.age_band === null ? '' : lists.label('age_bands', visit.age_band);
  const asked = visit.asked_by === null ? '' : m.door.via({ who: visit.asked_by });
  return [age, instead ?? asked].filter(Boolean).join(' · ');
}
