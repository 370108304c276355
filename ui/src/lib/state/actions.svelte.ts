/** What there is to do, of one scope at a time; each deed can be taken back. */
import { actions as commands, type ActionList, type ActionScope, type RecordId, type Saved } from '$lib/api';
import { deedDone } from './after-save';
import { failureText } from './failures';
import { toasts } from './toasts.svelte';
import { codeOf, View } from './view.svelte';

class Actions {
  scope = $state.raw<ActionScope>('mine');
  readonly view = new View<ActionList>(() => commands.list(this.scope), ['action', 'talk']);

  async choose(scope: ActionScope): Promise<void> {
    this.scope = scope;
    await this.view.refresh();
  }

  /** Does it, says so, and shows the list as it is then. */
  async does(deed: () => Promise<Saved>, title: string): Promise<void> {
    try {
      deedDone(await deed(), title);
    } catch (refusal) {
      toasts.show({ title: failureText(codeOf(refusal)), kind: 'problem' });
    }
    await this.view.refresh();
  }

  async complete(action: RecordId, title: string): Promise<void> {
    await this.does(() => commands.complete(action), title);
  }
}

export const actions = new Actions();
