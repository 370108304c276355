/**
 * The way to the core: Tauri's own where the app runs in its window, the browser host's otherwise.
 *
 * The browser host answers `POST /ipc/{command}` with a JSON body of the arguments, always with status 200; a refusal
 * carries the header `x-drempel-refused: 1` and a `Failure`. `GET /events` is a stream of server-sent events, one name each.
 */
import { invoke as tauriInvoke } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';
import type { Events, Failure } from './types';

export type Arguments = Record<string, unknown>;

/** A command that was refused: nothing was changed. */
export class CommandError extends Error implements Failure {
  readonly code: Failure['code'];
  readonly fields: Failure['fields'];

  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'CommandError';
    this.code = failure.code;
    this.fields = failure.fields;
  }
}

const inTauri = '__TAURI_INTERNALS__' in globalThis;

/** Calls a command of the core. Arguments are snake_case, as the core names them. */
export async function invoke<Answer>(command: string, args: Arguments = {}): Promise<Answer> {
  return inTauri ? throughTauri<Answer>(command, args) : throughHost<Answer>(command, args);
}

/** Calls `hear` for each event of that name; the answer ends it. */
export async function listen<Name extends keyof Events>(
  name: Name,
  hear: (payload: Events[Name]) => void,
): Promise<() => void> {
  if (inTauri) return tauriListen<Events[Name]>(name, (event) => hear(event.payload));
  const source = await events();
  const pass = (event: MessageEvent<string>) => hear(JSON.parse(event.data) as Events[Name]);
  source.addEventListener(name, pass);
  return () => source.removeEventListener(name, pass);
}

async function throughTauri<Answer>(command: string, args: Arguments): Promise<Answer> {
  try {
    return await tauriInvoke<Answer>(command, args);
  } catch (refusal) {
    throw new CommandError(failure(refusal));
  }
}

async function throughHost<Answer>(command: string, args: Arguments): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/ipc/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
  } catch {
    throw new CommandError({ code: 'storage_failed', fields: [] });
  }
  const answer: unknown = await response.json();
  if (!response.ok || response.headers.has('x-drempel-refused')) throw new CommandError(failure(answer));
  return answer as Answer;
}

/** Makes a failure of whatever was thrown, so that a screen always has a code to react to. */
function failure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    const fields = 'fields' in thrown && Array.isArray(thrown.fields) ? (thrown.fields as Failure['fields']) : [];
    return { code: thrown.code, fields };
  }
  return { code: 'storage_failed', fields: [] };
}

let stream: Promise<EventSource> | undefined;

/** The one stream of events of the host, open before the first command is sent. */
function events(): Promise<EventSource> {
  stream ??= new Promise((opened) => {
    const source = new EventSource('/events');
    source.addEventListener('open', () => opened(source), { once: true });
  });
  return stream;
}
