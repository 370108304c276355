/** What is said when the core refused. */
import { describe, expect, it } from 'vitest';
import { failureText, readFailureText } from './failures';

describe('a save', () => {
  it('that met the lock says that the app is locked and that the text stays', () => {
    expect(failureText('locked')).toMatch(/op slot.*tekst blijft/);
  });
});

describe('a screen that could not be read', () => {
  it.each(['storage_full', 'storage_failed', 'not_found', 'no_connection', 'unknown_command'] as const)(
    'says nothing of saving: %s',
    (code) => {
      expect(readFailureText(code)).not.toMatch(/opslaan|vrij/i);
      expect(readFailureText(code)).not.toBe('');
    },
  );

  it('differs from a save that failed', () => {
    expect(failureText('storage_failed')).toMatch(/^Opslaan lukte niet/);
  });
});
