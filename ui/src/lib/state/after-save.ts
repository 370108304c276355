/** What happens after a form was saved: back to where it began, and a way to add to it or take it back. */
import { saves, type Reopened, type Saved } from '$lib/api';
import { m } from '$lib/i18n';
import { router, type Route } from './router.svelte';
import { session } from './session.svelte';
import { fresh } from './fresh.svelte';
import { sync } from './sync.svelte';
import { toasts } from './toasts.svelte';
import { codeOf } from './view.svelte';
import { failureText } from './failures';

/** Shows Today with what was saved; while locked only that it is safe. */
export function formSaved(saved: Saved, what: string): void {
  session.confirm();
  if (session.locked) {
    router.replace({ screen: 'record_locked', stored: true });
    return;
  }
  router.home();
  fresh.show(saved.record);
  void sync.refresh();
  toasts.show({
    title: m.saving.saved({ what }),
    detail: m.saving.onDevice,
    first: {
      label: m.saving.addTo,
      icon: 'pencil-line',
      run: () => void openAgain(() => saves.addTo(saved.collection, saved.record)),
    },
    second: { label: m.saving.undo, icon: 'undo-2', run: () => void openAgain(() => saves.reopen(saved.token)) },
  });
}

/** Says what was done, with a way to take it back. */
export function deedDone(saved: Saved, title: string): void {
  toasts.show({
    title,
    first: { label: m.saving.undo, icon: 'undo-2', run: () => void undo(saved.token) },
  });
}

/** Opens a form again: to add to what was saved, or because the save was taken back. */
export async function openAgain(reopen: () => Promise<Reopened>): Promise<void> {
  try {
    router.go(routeOf(await reopen()));
  } catch (refusal) {
    toasts.show({ title: failureText(codeOf(refusal)), kind: 'problem' });
  }
}

/** Where a form's draft goes on: its screen, or the screen on which its sheet opens. */
export function routeOf({ form, draft }: Reopened): Route {
  switch (form) {
    case 'street_contact':
    case 'doorstep_talk':
    case 'quick_note':
    case 'message_contact':
    case 'three_way_talk':
      return { screen: form, draft };
    case 'youth':
    case 'youth_group':
      return { screen: 'youths', form, draft };
  }
}

async function undo(token: string): Promise<void> {
  try {
    await saves.undo(token);
    toasts.show({ title: m.saving.undone });
  } catch (refusal) {
    toasts.show({ title: failureText(codeOf(refusal)), kind: 'problem' });
  }
}
