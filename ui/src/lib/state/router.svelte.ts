/** Which screen stands on top. The way back lives in memory only: no address or history entry names a record. */
import type { RecordId, SpaceId } from '$lib/api';

export type Route =
  | { screen: 'today' }
  | { screen: 'street_contact'; draft?: RecordId; from_note?: RecordId }
  | { screen: 'doorstep_talk'; draft?: RecordId; visit?: RecordId }
  | { screen: 'quick_note'; draft?: RecordId }
  | { screen: 'message_contact'; draft?: RecordId; youth?: RecordId }
  | { screen: 'record_locked'; stored: boolean }
  | { screen: 'inbox' }
  | { screen: 'youths'; form?: 'youth' | 'youth_group'; draft?: RecordId }
  | { screen: 'dossier'; youth: RecordId }
  | { screen: 'actions' }
  | { screen: 'three_way_talk'; action?: RecordId; draft?: RecordId }
  | { screen: 'sync' }
  | { screen: 'problem'; space: SpaceId; seq: number }
  | { screen: 'overwritten'; id: RecordId }
  | { screen: 'settings' }
  | { screen: 'on_this_device' }
  | { screen: 'access'; youth: RecordId };

export type Tab = 'today' | 'youths' | 'actions';

const HOME: Route = { screen: 'today' };

class Router {
  #stack = $state.raw<Route[]>([HOME]);

  get route(): Route {
    return this.#stack.at(-1) ?? HOME;
  }

  /** Opens a screen on top of this one. */
  go(route: Route): void {
    this.#stack = [...this.#stack, route];
    this.#guard();
  }

  /** Puts another screen in this one's place. */
  replace(route: Route): void {
    this.#stack = [...this.#stack.slice(0, -1), route];
  }

  /** Goes to a tab; the way back from every tab is Today. */
  tab(tab: Tab): void {
    this.#stack = tab === 'today' ? [HOME] : [HOME, { screen: tab }];
    this.#guard();
  }

  back(): void {
    if (this.#stack.length > 1) this.#stack = this.#stack.slice(0, -1);
  }

  /** To the first screen, forgetting the way. */
  home(): void {
    this.#stack = [HOME];
  }

  /** Lets the device's own back key do what `back` does. */
  obeyBackKey(): () => void {
    const pop = () => {
      this.back();
      this.#guard();
    };
    addEventListener('popstate', pop);
    return () => removeEventListener('popstate', pop);
  }

  /** One history entry in front as long as there is somewhere to go back to. */
  #guard(): void {
    if (typeof history === 'undefined' || this.#stack.length < 2 || history.state === 'inside') return;
    history.pushState('inside', '');
  }
}

export const router = new Router();
