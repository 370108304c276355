/** What is said when the core refused: what happened, and that nothing that was typed is gone. */
import type { Failure, FieldFailure } from '$lib/api';
import { m } from '$lib/i18n';

export function failureText(code: Failure['code'], fields: readonly FieldFailure[] = []): string {
  switch (code) {
    case 'storage_full':
      return m.failures.storage;
    case 'storage_failed':
      return m.failures.storageOther;
    case 'locked':
      return m.failures.locked;
    case 'refused':
      return `${m.failures.refused} ${fields.map(({ fault }) => faultText(fault)).join(' ')}`.trim();
    case 'forbidden':
      return m.failures.forbidden;
    case 'not_found':
      return m.failures.notFound;
    case 'no_connection':
      return m.failures.noConnection;
    default:
      return m.failures.general;
  }
}

/** What is said when a screen could not be read: nothing was being saved then. */
export function readFailureText(code: Failure['code']): string {
  const storage = code === 'storage_full' || code === 'storage_failed';
  return storage ? m.failures.loadStorage : failureText(code);
}

/** What is said when no try could be made to unlock: each is counted on the disk before it is one. */
export function unlockFailureText(code: Failure['code']): string {
  return code === 'storage_full' ? m.failures.unlockFull : m.failures.general;
}

/** What is wrong with one field, by the core's code of the fault. */
export function faultText(fault: string): string {
  const words: Record<string, string> = m.failures.fields;
  return words[fault] ?? m.failures.fields.other;
}
