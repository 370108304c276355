/** What a field of a record is called in a sentence. */
import { m } from '$lib/i18n';

export function fieldName(field: string): string {
  return m.overwritten.fields[field] ?? field;
}
