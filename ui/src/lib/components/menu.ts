/** The main menu, the same in the bar below and at the side. */
import { m } from '$lib/i18n';
import type { Tab } from '$lib/state/router.svelte';
import type { IconName } from './icons';

export const MENU: readonly { tab: Tab; label: string; icon: IconName }[] = [
  { tab: 'today', label: m.nav.today, icon: 'house' },
  { tab: 'youths', label: m.nav.youths, icon: 'users' },
  { tab: 'actions', label: m.nav.actions, icon: 'list-checks' },
];
