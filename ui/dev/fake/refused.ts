/** A command that is refused. */
import type { FailureCode, FieldFailure } from '../../src/lib/api/types';

export class Refused extends Error {
  constructor(
    readonly code: FailureCode,
    readonly fields: FieldFailure[] = [],
  ) {
    super(code);
  }
}
