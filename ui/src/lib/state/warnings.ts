/** What the core wants a person to know after a save; it stops nothing. */
import type { Warning } from '$lib/api';
import { m } from '$lib/i18n';
import { toasts } from './toasts.svelte';

export function tellWarnings(title: string, warnings: readonly Warning[]): void {
  const caseload = warnings.find((warning) => warning.kind === 'caseload');
  toasts.show(caseload ? { title, detail: m.newYouth.caseload({ above: caseload.above }) } : { title });
}
