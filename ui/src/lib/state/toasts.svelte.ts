/** The one short message above the dock: what was saved, and how to take it back. */
import type { IconName } from '$lib/components/icons';

export interface ToastAction {
  label: string;
  icon: IconName;
  run: () => void;
}

export interface Toast {
  title: string;
  detail?: string;
  kind?: 'ok' | 'problem';
  first?: ToastAction;
  second?: ToastAction;
}

/** How long a message stays, in milliseconds; it stays longer while it has the focus. */
export const STAYS = 10_000;

class Toasts {
  current = $state.raw<Toast | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(toast: Toast): void {
    this.current = toast;
    this.resume();
  }

  /** Waits with leaving: somebody reads or is about to tap. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.hold();
    this.#timer = setTimeout(() => this.clear(), STAYS);
  }

  clear(): void {
    this.hold();
    this.current = null;
  }
}

export const toasts = new Toasts();
