/** The core, as the screens know it. */
export * from './commands';
export { CommandError, listen } from './transport';
export type * from './types';
