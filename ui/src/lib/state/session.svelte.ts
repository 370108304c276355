/** In which of its lives the app is: not enrolled, locked, open or revoked; and how it looks. */
import { app, configuration, type Appearance, type Failure, type LockState, type Revoked, type Stage } from '$lib/api';
import { lists } from './lists.svelte';
import { router } from './router.svelte';
import { applyTheme } from './theme';
import { toasts } from './toasts.svelte';
import { codeOf, forgetViews } from './view.svelte';
import { hear, startHearing } from './events';

/** How often the core hears that the person is busy, in milliseconds. */
const STAY_AWAKE_EVERY = 20_000;

class Session {
  stage = $state.raw<Stage | 'starting'>('starting');
  lock = $state.raw<LockState | null>(null);
  revoked = $state.raw<Revoked | null>(null);
  appearance = $state.raw<Appearance>({ theme: 'device', tokens: {}, vibrate: true });
  /** Why the app could not start. */
  failure = $state.raw<Failure['code'] | null>(null);
  /** Whether the app is out of sight, so that the app switcher shows nothing. */
  hidden = $state(false);

  #lastAwake = 0;

  get locked(): boolean {
    return this.stage === 'locked';
  }

  /** Hears when the lock falls or opens, then asks the core how things are. */
  async start(): Promise<void> {
    await startHearing();
    hear('lock', (change) => this.#enter(change.stage, change.lock, change.revoked));
    await this.ask();
  }

  /** Asks the core how things are; what went wrong is shown, and can be tried again. */
  async ask(): Promise<void> {
    try {
      const start = await app.start();
      this.failure = null;
      this.wear(start.appearance);
      this.#enter(start.stage, start.lock, start.revoked);
    } catch (refusal) {
      this.failure = codeOf(refusal);
    }
  }

  wear(appearance: Appearance): void {
    this.appearance = appearance;
    applyTheme(document.documentElement, appearance);
  }

  /** What an unlocking or enrolling answered. */
  opened(): void {
    this.#enter('open', null, null);
  }

  relocked(lock: LockState): void {
    this.lock = lock;
  }

  /** The page comes in sight or goes out of it. */
  sight(seen: boolean): void {
    this.hidden = !seen;
    void app.inSight(seen);
  }

  touched(now: number): void {
    if (this.stage !== 'open' || now - this.#lastAwake < STAY_AWAKE_EVERY) return;
    this.#lastAwake = now;
    void app.stayAwake();
  }

  /** A short vibration, where the person wants it and the device can. */
  confirm(): void {
    if (this.appearance.vibrate && 'vibrate' in navigator) navigator.vibrate(30);
  }

  #enter(stage: Stage, lock: LockState | null, revoked: Revoked | null): void {
    const before = this.stage;
    this.stage = stage;
    this.lock = lock;
    this.revoked = revoked;
    if (stage === 'locked' && before === 'open') {
      forgetViews();
      toasts.clear();
      if (!WRITE_ONLY.has(router.route.screen)) router.home();
    }
    if (stage !== before && (stage === 'open' || stage === 'locked')) void this.#readLists();
  }

  async #readLists(): Promise<void> {
    lists.take(await configuration.read());
  }
}

/** Screens that go on while locked, without names. */
export const WRITE_ONLY: ReadonlySet<string> = new Set([
  'street_contact',
  'doorstep_talk',
  'quick_note',
  'record_locked',
]);

export const session = new Session();
