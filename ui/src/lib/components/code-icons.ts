/** Which icon stands beside a code of a list. A code that is not here has none: the word is enough. */
import type { Code, Collection, TimelineItem } from '$lib/api';
import type { IconName } from './icons';

const ICONS: Record<string, Record<Code, IconName>> = {
  approaches: { preventive: 'hand-heart', corrective: 'hand' },
  moods: { calm: 'leaf', friendly: 'face-slightly-smiling', restless: 'wind', tense: 'zap', exuberant: 'sparkles' },
  topics: {
    school: 'graduation-cap',
    work: 'briefcase',
    money: 'wallet',
    home: 'house',
    friends: 'users',
    motivation: 'star',
    leisure: 'dumbbell',
    nuisance: 'volume-2',
    substances: 'flask-conical',
    safety: 'shield',
    health: 'heart-pulse',
    sport: 'dumbbell',
  },
  talents: {
    sport: 'dumbbell',
    football: 'dumbbell',
    music: 'music',
    repair: 'wrench',
    caring: 'hand-heart',
    leading: 'flag',
    organising: 'flag',
    cooking: 'utensils',
    languages: 'languages',
    building: 'hammer',
  },
  door_openers: { youth: 'user-round', guardian: 'users-round', other: 'user-round-search', nobody: 'door-closed' },
  door_reasons: { absence: 'calendar-x', off_radar: 'radar', concern: 'heart-pulse' },
  door_results: {
    card_left: 'mail',
    phoned: 'phone',
    moved: 'user-round-x',
    conversation: 'messages-square',
  },
  door_moods: { good: 'face-slightly-smiling', so_so: 'face-neutral', bad: 'face-slightly-frowning' },
  life_domains: {
    education: 'graduation-cap',
    home: 'house',
    money: 'wallet',
    health: 'heart-pulse',
    housing: 'building',
    work: 'briefcase',
    substances: 'flask-conical',
    network: 'users',
    leisure: 'dumbbell',
    justice: 'scale',
  },
  action_kinds: {
    reminder: 'message-circle',
    message: 'message-circle',
    return_visit: 'door-open',
    contribution: 'messages-square',
    case_meeting: 'messages-square',
    three_way_talk: 'users-round',
    help_framework: 'heart-handshake',
    person_approach: 'user-round-search',
    group_approach: 'users',
    calling_together: 'phone',
    going_along: 'footprints',
    appointment: 'calendar',
    inform: 'message-circle',
  },
  channels: { message: 'message-circle', phone: 'phone', missed: 'phone-missed', mail: 'mail' },
  bases: { observed: 'eye', hearsay: 'ear', judgement: 'lightbulb' },
  partners: { attendance: 'graduation-cap', youth_officer: 'shield', coaching: 'users' },
};

export function iconOf(list: string, code: Code): IconName | undefined {
  return ICONS[list]?.[code];
}

const KINDS: Record<Collection, IconName> = {
  street_contact: 'footprints',
  doorstep_talk: 'door-open',
  quick_note: 'notebook-pen',
  round: 'flag',
  message_contact: 'message-circle',
  phase_change: 'trending-up',
  measurement: 'radar',
  action: 'list-checks',
  talk: 'users-round',
  youth: 'user-round',
  youth_group: 'users',
  visit_request: 'door-open',
  share: 'share-2',
  overwritten: 'git-compare',
};

/** The icon of a kind of record. Any kind can wait to be sent: one without an icon of its own has that of a text. */
export function iconOfKind(collection: Collection): IconName {
  return KINDS[collection] ?? 'file-text';
}

/** The icon and the tint of a moment in a timeline. */
export function dotOf(item: Pick<TimelineItem, 'collection' | 'approach'>): { icon: IconName; tint: string } {
  return { icon: iconOfKind(item.collection), tint: tintOf(item) };
}

function tintOf(item: Pick<TimelineItem, 'collection' | 'approach'>): string {
  switch (item.collection) {
    case 'street_contact':
      return item.approach === 'corrective' ? 'lead--warn' : '';
    case 'doorstep_talk':
    case 'phase_change':
    case 'measurement':
      return 'lead--info';
    case 'message_contact':
      return '';
    case 'quick_note':
    case 'round':
    case 'action':
      return 'lead--plain';
  }
}
