/** How a moment in a timeline is told in two lines. */
import type { TimelineItem } from '$lib/api';
import { m } from '$lib/i18n';
import { lists } from './lists.svelte';

export function titleOf(item: Pick<TimelineItem, 'collection' | 'place'>): string {
  const what = m.collections[item.collection] ?? item.collection;
  return item.place === null || item.collection === 'round' ? what : `${what} · ${item.place}`;
}

export function detailOf(item: TimelineItem): string {
  switch (item.collection) {
    case 'street_contact':
      return line([people(item), label('approaches', item.approach), label('moods', item.mood)]);
    case 'doorstep_talk':
      return line([opener(item), label('door_results', item.result)]);
    case 'message_contact':
      return [...item.names, item.text ?? ''].filter(Boolean).join(' · ');
    case 'round':
      return [item.place ?? '', item.names.length > 0 ? m.timeline.withNames({ names: item.names }) : '']
        .filter(Boolean)
        .join(', ');
    default:
      return item.text ?? '';
  }
}

function people({ names, others }: TimelineItem): string {
  if (names.length === 0) return m.timeline.young({ count: others });
  return m.common.names({ names: others > 0 ? [...names, m.timeline.others({ count: others })] : names });
}

function opener(item: TimelineItem): string {
  if (item.opened_by === 'nobody') return m.timeline.nobody;
  const who = item.opened_by === null ? '' : lists.label('door_openers', item.opened_by);
  return [...item.names, who].filter(Boolean).join(', ');
}

/** The second and later parts start small, as in a sentence. */
function line(parts: readonly string[]): string {
  return parts
    .filter(Boolean)
    .map((part, index) => (index === 0 ? part : part.charAt(0).toLocaleLowerCase('nl') + part.slice(1)))
    .join(' · ');
}

function label(list: string, code: string | null): string {
  return code === null ? '' : lists.label(list, code);
}
