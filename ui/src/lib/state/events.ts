/** Who hears what the core tells by itself. One stream for the whole app. */
import { listen, type Collection, type Events } from '$lib/api';

type Hearers = { [Name in keyof Events]: Set<(payload: Events[Name]) => void> };

const hearers: Hearers = { changed: new Set(), sync: new Set(), lock: new Set(), first_sync: new Set() };

/** Opens the stream. Called once, before the first command. */
export async function startHearing(): Promise<void> {
  await Promise.all([pass('changed'), pass('sync'), pass('lock'), pass('first_sync')]);
}

/** Calls `act` at each event of that name, until the answer is called. */
export function hear<Name extends keyof Events>(name: Name, act: (payload: Events[Name]) => void): () => void {
  hearers[name].add(act);
  return () => hearers[name].delete(act);
}

/** Calls `act` when a record of one of these collections changed, until the answer is called. */
export function hearChanges(collections: readonly Collection[], act: () => void): () => void {
  return hear('changed', (change) => {
    if (change.collections.some((collection) => collections.includes(collection))) act();
  });
}

async function pass<Name extends keyof Events>(name: Name): Promise<void> {
  await listen(name, (payload) => hearers[name].forEach((act) => act(payload)));
}
