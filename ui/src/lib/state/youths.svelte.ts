/** The list of young people: which are asked for, and the pages that were read. */
import { youths as commands, type Code, type YouthFilter, type YouthRow } from '$lib/api';
import { hearChanges } from './events';
import { Pages } from './pages.svelte';
import { codeOf } from './view.svelte';

const EVERYBODY: YouthFilter = { mine: false, long_unseen: false, phase: null, district: null, words: '' };

export class YouthList {
  filter = $state.raw<YouthFilter>({ ...EVERYBODY, mine: true });
  failure = $state.raw<string | null>(null);
  readonly pages = new Pages<YouthRow>((from, count) => commands.list(this.filter, from, count));

  /** Reads now and when young people or their contacts change; fits an `$effect`. */
  watch(): () => void {
    void this.refresh();
    return hearChanges(['youth', 'track', 'phase_change', 'settings', 'round'], () => void this.refresh());
  }

  async refresh(): Promise<void> {
    const filter = this.filter;
    try {
      await this.pages.restart((from, count) => commands.list(filter, from, count));
      this.failure = null;
    } catch (refusal) {
      this.failure = codeOf(refusal);
    }
  }

  async set(change: Partial<YouthFilter>): Promise<void> {
    this.filter = { ...this.filter, ...change };
    await this.refresh();
  }

  /** What is typed is searched among everybody of the own spaces: a name is seldom forgotten with its caseload. */
  async search(words: string): Promise<void> {
    await this.set(words === '' ? { words, mine: true } : { words, mine: false });
  }

  /** Everybody, among whom what is typed is still searched. */
  async clear(): Promise<void> {
    await this.set({ ...EVERYBODY, words: this.filter.words });
  }

  async phase(code: Code): Promise<void> {
    await this.set({ phase: this.filter.phase === code ? null : code });
  }

  get filtered(): boolean {
    const { mine, long_unseen, phase, district } = this.filter;
    return mine || long_unseen || phase !== null || district !== null;
  }
}
