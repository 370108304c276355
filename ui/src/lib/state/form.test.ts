import { afterEach, describe, expect, test, vi } from 'vitest';
import { CommandError, drafts, type Opened, type Saved } from '$lib/api';
import { DraftKeeper, FormController } from './form.svelte';

afterEach(() => vi.restoreAllMocks());

/** A core that answers only when told, and remembers in which order it was asked. */
function slowCore() {
  const asked: { content: unknown; answer: (state: 'kept' | 'sealed') => void; refuse: (code: string) => void }[] = [];
  vi.spyOn(drafts, 'keep').mockImplementation(
    (_id, _form, content) =>
      new Promise((resolve, reject) => {
        asked.push({
          content,
          answer: (state) => resolve({ state }),
          refuse: (code) => reject(new CommandError({ code, fields: [] })),
        });
      }),
  );
  return asked;
}

const settle = () => new Promise((done) => setTimeout(done));

describe('a draft', () => {
  test('is written one at a time, and of those that waited only the newest', async () => {
    const asked = slowCore();
    const draft = new DraftKeeper('draft-1', 'quick_note');
    for (const text of ['H', 'Ha', 'Hal', 'Hall']) draft.keep(text);
    expect(asked.map(({ content }) => content)).toEqual(['H']);
    expect(draft.state).toBe('saving');
    asked[0]?.answer('kept');
    await settle();
    expect(asked.map(({ content }) => content)).toEqual(['H', 'Hall']);
    asked[1]?.answer('kept');
    await draft.settle();
    expect(draft.state).toBe('kept');
  });

  test('that does not fit says so, and the next letter tries again', async () => {
    const asked = slowCore();
    const draft = new DraftKeeper('draft-1', 'quick_note');
    draft.keep('H');
    asked[0]?.refuse('storage_full');
    await draft.settle();
    expect([draft.state, draft.failure]).toEqual(['failed', 'storage_full']);
    draft.keep('Ha');
    asked[1]?.answer('sealed');
    await draft.settle();
    expect([draft.state, draft.failure]).toEqual(['sealed', null]);
  });
});

interface Form {
  text: string | null;
  audience: string | null;
}

const saved: Saved = { token: 't', collection: 'quick_note', record: 'r', warnings: [] };

function controller(draft: string | null, record = (): Promise<Saved> => Promise.resolve(saved)) {
  const opened: Opened<Form, string> = {
    draft: draft ?? 'new',
    form: { text: null, audience: 'own' },
    known: 'names',
    now: 7,
  };
  return new FormController<Form, string>({
    name: 'quick_note',
    draft,
    open: () => Promise.resolve(structuredClone(opened)),
    record,
    locked: () => '',
  });
}

describe('a form', () => {
  test('that nothing was typed in leaves no draft behind', async () => {
    const drop = vi.spyOn(drafts, 'drop').mockResolvedValue(null);
    const form = controller(null);
    await form.open();
    form.keep();
    await form.close();
    expect(drop).toHaveBeenCalledWith('new');
  });

  test('that was a draft already is kept when it is closed', async () => {
    const drop = vi.spyOn(drafts, 'drop').mockResolvedValue(null);
    const form = controller('old');
    await form.open();
    await form.close();
    expect(drop).not.toHaveBeenCalled();
  });

  test('is thrown away when its author cancels it, also what was still being written', async () => {
    const asked = slowCore();
    const drop = vi.spyOn(drafts, 'drop').mockResolvedValue(null);
    const form = controller('old');
    await form.open();
    for (const text of ['H', 'Ha']) {
      if (form.form) form.form.text = text;
      form.keep();
    }
    const gone = form.discard();
    expect(drop).not.toHaveBeenCalled();
    asked[0]?.answer('kept');
    await gone;
    expect(asked.length).toBe(1);
    expect(drop).toHaveBeenCalledWith('old');
  });

  test('keeps what was typed when the save is refused', async () => {
    vi.spyOn(drafts, 'keep').mockResolvedValue({ state: 'kept' });
    const refusal = new CommandError({ code: 'refused', fields: [{ field: 'text', fault: 'too_long' }] });
    const form = controller(null, () => Promise.reject(refusal));
    await form.open();
    if (form.form) form.form.text = 'lang';
    expect(await form.save()).toBeNull();
    expect([form.failure, form.fields[0]?.fault, form.form?.text]).toEqual(['refused', 'too_long', 'lang']);
    expect(form.saving).toBe(false);
  });

  test('is kept before it is saved and never after, so that no second copy is left', async () => {
    const order: string[] = [];
    vi.spyOn(drafts, 'keep').mockImplementation(() => {
      order.push('keep');
      return Promise.resolve({ state: 'kept' });
    });
    const form = controller(null, () => {
      order.push('record');
      form.keep();
      return Promise.resolve(saved);
    });
    await form.open();
    if (form.form) form.form.text = 'lang';
    expect(await form.save()).toEqual(saved);
    expect(order).toEqual(['keep', 'record']);
  });

  test('forgets what it knew when the lock falls, and asks again when it opens', async () => {
    const form = controller('old');
    await form.open();
    form.follow(true);
    expect(form.known).toBe('');
    form.follow(false);
    await settle();
    expect(form.known).toBe('names');
  });
});
