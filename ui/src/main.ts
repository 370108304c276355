/** Starts the app. */
import { mount } from 'svelte';
import App from './App.svelte';
import { session } from './lib/state/session.svelte';
import './styles/index.css';

const target = document.getElementById('app');
if (target) {
  mount(App, { target });
  await session.start();
}
