/** What the app says, and how it writes times and amounts. */
export * as format from './format';
export { m } from './nl';
