/** A form that is being filled in: kept at every keystroke, saved in one go, never blocked. */
import {
  CommandError,
  drafts,
  type FieldFailure,
  type Failure,
  type FormName,
  type Opened,
  type RecordId,
  type Saved,
} from '$lib/api';
import { codeOf } from './view.svelte';

/** How the draft is: being written, safe, sealed because the app is locked, or not kept because there is no room. */
export type DraftState = 'saving' | 'kept' | 'sealed' | 'failed';

/** Keeps the newest content of a draft: one write at a time, and never an older one after a newer one. */
export class DraftKeeper {
  state = $state.raw<DraftState>('kept');
  failure = $state.raw<Failure['code'] | null>(null);

  #waiting: { content: unknown } | null = null;
  #writing: Promise<void> | null = null;

  constructor(
    readonly id: RecordId,
    readonly form: FormName,
  ) {}

  keep(content: unknown): void {
    this.#waiting = { content };
    this.state = 'saving';
    this.#writing ??= this.#write();
  }

  /** Answers when everything that was given is kept, or could not be. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  async drop(): Promise<void> {
    this.#waiting = null;
    await this.#writing;
    await drafts.drop(this.id);
  }

  async #write(): Promise<void> {
    while (this.#waiting !== null) {
      const { content } = this.#waiting;
      this.#waiting = null;
      try {
        const kept = await drafts.keep(this.id, this.form, content);
        this.state = this.#waiting === null ? kept.state : 'saving';
        this.failure = null;
      } catch (refusal) {
        this.failure = codeOf(refusal);
        this.state = 'failed';
      }
    }
    this.#writing = null;
  }
}

interface Source<Form extends object, Known> {
  name: FormName;
  /** The draft that is opened again; `null` begins a new form. */
  draft: RecordId | null;
  open: (draft: RecordId | null) => Promise<Opened<Form, Known>>;
  record: (draft: RecordId, form: Form) => Promise<Saved>;
  /** What may be left of what is known when the lock falls: no name, no place. */
  locked?: (known: Known) => Known;
}

/** What every form does: open, keep, save, close. The screens add what is particular. */
export class FormController<Form extends object, Known> {
  form = $state<Form>();
  known = $state.raw<Known>();
  /** When it was opened, on the core's clock. */
  now = $state.raw(0);
  draft = $state.raw<DraftKeeper>();
  saving = $state(false);
  failure = $state.raw<Failure['code'] | null>(null);
  fields = $state.raw<FieldFailure[]>([]);

  readonly #source: Source<Form, Known>;
  #locked = false;
  #opened = '';
  #last = '';

  constructor(source: Source<Form, Known>) {
    this.#source = source;
  }

  async open(): Promise<void> {
    try {
      const opened = await this.#source.open(this.#source.draft);
      this.#opened = this.#last = JSON.stringify(opened.form);
      this.form = opened.form;
      this.known = opened.known;
      this.now = opened.now;
      this.draft = new DraftKeeper(opened.draft, this.#source.name);
    } catch (refusal) {
      this.failure = codeOf(refusal);
    }
  }

  /** Follows the lock: what is known is forgotten when it falls, and asked again when it opens. */
  follow(locked: boolean): void {
    if (this.known === undefined || this.draft === undefined || locked === this.#locked) return;
    this.#locked = locked;
    if (locked) this.known = this.#source.locked?.(this.known) ?? this.known;
    else void this.#learn(this.draft.id);
  }

  async #learn(draft: RecordId): Promise<void> {
    this.known = (await this.#source.open(draft)).known;
  }

  /** Keeps the form when it changed; called after every change. */
  keep(): void {
    // While it is saved nothing is kept: a draft that came after its save would be a second copy.
    if (this.form === undefined || this.saving) return;
    const content = $state.snapshot(this.form);
    const text = JSON.stringify(content);
    if (text === this.#last) return;
    this.#last = text;
    this.draft?.keep(content);
  }

  /** Saves; `null` when that did not go, and then the form holds everything still. */
  async save(): Promise<Saved | null> {
    if (this.form === undefined || this.draft === undefined || this.saving) return null;
    this.keep();
    this.saving = true;
    try {
      await this.draft.settle();
      const saved = await this.#source.record(this.draft.id, $state.snapshot(this.form) as Form);
      this.failure = null;
      this.fields = [];
      return saved;
    } catch (refusal) {
      this.failure = codeOf(refusal);
      this.fields = refusal instanceof CommandError ? refusal.fields : [];
      this.saving = false;
      this.keep();
      return null;
    } finally {
      this.saving = false;
    }
  }

  /** Leaves the form: its draft stays, unless nothing was filled in. */
  async close(): Promise<void> {
    if (this.draft === undefined) return;
    const untouched = this.#last === this.#opened;
    // A draft that was opened again holds somebody's words: closing it never throws it away.
    if (untouched && this.#source.draft === null) await this.draft.drop();
    else await this.draft.settle();
  }

  /** Throws the form away, because its author wants so. */
  async discard(): Promise<void> {
    await this.draft?.drop();
  }

  /** Takes what looks like a BSN out of the texts of the fields concerned. */
  async removeBsn(): Promise<void> {
    if (this.form === undefined) return;
    const form = this.form as Record<string, unknown>;
    for (const { field } of this.fields) {
      const text = form[field];
      if (typeof text === 'string') form[field] = await drafts.withoutBsn(text);
    }
    this.failure = null;
  }
}
