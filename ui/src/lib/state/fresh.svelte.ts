/** What was saved a moment ago, so that the timeline shows it lit. */
import type { RecordId } from '$lib/api';

const LIT = 10_000;

class Fresh {
  record = $state.raw<RecordId | null>(null);

  show(record: RecordId): void {
    this.record = record;
    setTimeout(() => {
      if (this.record === record) this.record = null;
    }, LIT);
  }
}

export const fresh = new Fresh();
