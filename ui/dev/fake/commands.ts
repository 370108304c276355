/** Every command of the contract, answered by the invented world. */
import { appCommands } from './app';
import { formCommands } from './forms';
import { peopleCommands } from './youths';
import { systemCommands } from './system';
import { workCommands } from './work';
import type { World } from './world';

export { Refused } from './refused';

/** A command: the world, and arguments as they came over the wire. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- arguments are what a page sent
export type Command = (world: World, args: any) => unknown;

export const commands: Record<string, Command | undefined> = {
  ...appCommands,
  ...formCommands,
  ...peopleCommands,
  ...workCommands,
  ...systemCommands,
};
