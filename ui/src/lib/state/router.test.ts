import { beforeEach, expect, test } from 'vitest';
import { router } from './router.svelte';

beforeEach(() => router.home());

test('the way back from every tab is Vandaag, and from Vandaag nowhere', () => {
  router.tab('youths');
  router.go({ screen: 'dossier', youth: 'ana' });
  router.tab('actions');
  expect(router.route.screen).toBe('actions');
  router.back();
  expect(router.route.screen).toBe('today');
  router.back();
  expect(router.route.screen).toBe('today');
});

test('a screen can take the place of the one that led to it', () => {
  router.go({ screen: 'quick_note' });
  router.replace({ screen: 'record_locked', stored: true });
  router.back();
  expect(router.route.screen).toBe('today');
});
