/** One try after another to open the app: what was typed, how long to wait, what was said about it. */
import { app, type Failure, type Unlocking } from '$lib/api';
import { m } from '$lib/i18n';
import { session } from './session.svelte';
import { codeOf } from './view.svelte';

export class Unlocker {
  secret = $state('');
  wrong = $state(false);
  /** Why a try could not be made at all. */
  failure = $state.raw<Failure['code'] | null>(null);
  busy = $state(false);
  /** Whole seconds left to wait. */
  seconds = $state(0);
  /** Said once by a screen reader when the wait begins and ends. */
  announcement = $state('');

  type(secret: string): void {
    this.secret = secret;
    this.wrong = false;
    this.failure = null;
  }

  async open(): Promise<void> {
    if (this.busy || this.seconds > 0 || this.secret === '') return;
    const secret = this.secret;
    this.secret = '';
    await this.#try(() => app.unlock(secret));
  }

  async withBiometrics(): Promise<void> {
    if (!this.busy) await this.#try(() => app.unlockWithBiometrics());
  }

  /** Counts the wait down, and asks the core again when it is over; fits an `$effect`. */
  countDown(): () => void {
    this.#wait(session.lock?.wait_seconds ?? 0);
    const timer = setInterval(() => {
      if (this.seconds === 0) return;
      this.seconds--;
      if (this.seconds === 0) void this.#over();
    }, 1000);
    return () => clearInterval(timer);
  }

  async #try(attempt: () => Promise<Unlocking>): Promise<void> {
    this.busy = true;
    this.failure = null;
    try {
      const { outcome, lock } = await attempt();
      if (outcome === 'open') session.opened();
      if (lock !== null) session.relocked(lock);
      this.wrong = outcome === 'wrong';
      this.#wait(lock?.wait_seconds ?? 0);
    } catch (refusal) {
      this.failure = codeOf(refusal);
    } finally {
      this.busy = false;
    }
  }

  #wait(seconds: number): void {
    this.seconds = seconds;
    this.announcement = seconds > 0 && session.lock !== null ? m.lock.wrongSo({ wrong: session.lock.wrong }) : '';
  }

  async #over(): Promise<void> {
    session.relocked(await app.lockState());
    this.wrong = false;
    this.#wait(session.lock?.wait_seconds ?? 0);
    if (this.seconds === 0) this.announcement = m.lock.waitOver;
  }
}
