/** What a screen shows of the core: the last known at once, asked again when its records change, forgotten at the lock. */
import { CommandError, type Collection, type Failure } from '$lib/api';
import { hearChanges } from './events';

const views = new Set<View<unknown>>();

/** Forgets everything that was read: at the lock nothing of it may stay in memory. */
export function forgetViews(): void {
  views.forEach((view) => view.forget());
}

export class View<Value> {
  value = $state.raw<Value>();
  failure = $state.raw<Failure['code'] | null>(null);

  readonly #read: () => Promise<Value>;
  readonly #collections: readonly Collection[];
  /** Counts the readings, so that a slow answer never replaces a later one. */
  #reading = 0;

  constructor(read: () => Promise<Value>, collections: readonly Collection[]) {
    this.#read = read;
    this.#collections = collections;
    views.add(this as View<unknown>);
  }

  /** Reads now and at every change, until the answer is called; fits an `$effect`. */
  watch(): () => void {
    void this.refresh();
    return hearChanges(this.#collections, () => void this.refresh());
  }

  async refresh(): Promise<void> {
    const reading = ++this.#reading;
    try {
      const value = await this.#read();
      if (reading !== this.#reading) return;
      this.value = value;
      this.failure = null;
    } catch (refusal) {
      if (reading === this.#reading) this.failure = codeOf(refusal);
    }
  }

  forget(): void {
    this.#reading++;
    this.value = undefined;
    this.failure = null;
  }
}

/** The code of whatever a command threw. */
export function codeOf(refusal: unknown): Failure['code'] {
  if (refusal instanceof CommandError) return refusal.code;
  throw refusal;
}
