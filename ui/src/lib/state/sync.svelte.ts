/** How far everything is, for the chip on every screen and for the Sync screen. */
import { sync as commands, type SyncStatus } from '$lib/api';
import { hear } from './events';

class Sync {
  status = $state.raw<SyncStatus | null>(null);

  /** Follows the core's status until the answer is called. */
  watch(): () => void {
    void this.refresh();
    const enough = [
      hear('sync', (status) => (this.status = status)),
      // A draft is not sent: typing does not ask how far everything is.
      hear('changed', ({ collections }) => {
        if (collections.some((collection) => collection !== 'draft')) void this.refresh();
      }),
    ];
    return () => enough.forEach((stop) => stop());
  }

  get offline(): boolean {
    return this.status?.connection === 'offline';
  }

  async refresh(): Promise<void> {
    this.status = await commands.status();
  }

  async now(): Promise<void> {
    await commands.now();
  }
}

export const sync = new Sync();
