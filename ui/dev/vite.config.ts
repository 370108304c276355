/** The development server: the app with an invented core behind it. Never part of a build that is shipped. */
import { mergeConfig } from 'vite';
import app from '../vite.config';
import { fakeHost } from './fake/host';

export default mergeConfig(app, { plugins: [fakeHost()] });
