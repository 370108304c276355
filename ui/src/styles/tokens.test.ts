import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast } from '$lib/state/theme';

const source = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** A colour of the design in that theme, as `#rrggbb`. */
function colour(name: string, theme: 'light' | 'dark'): string {
  const written = new RegExp(`^  --${name}: ([^;]+);`, 'm').exec(source)?.[1] ?? '';
  const pair = /^light-dark\((#[0-9a-f]{6}|var\(--[\w-]+\)), (#[0-9a-f]{6}|var\(--[\w-]+\))\)$/.exec(written);
  const value = pair ? (theme === 'light' ? pair[1] : pair[2]) : written;
  const other = /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1];
  if (other !== undefined) return colour(other, theme);
  if (!/^#[0-9a-f]{6}$/.test(value ?? '')) throw new Error(`${name} is no colour: ${written}`);
  return value ?? '';
}

const GROUNDS = ['dr-bg', 'dr-surface', 'dr-surface-raised', 'dr-neutral-soft', 'dr-surface-sunken'];
const SOFT = ['primary', 'info', 'success', 'warning', 'danger'];

/** What is written on what: at least 4.5. */
const TEXT = [
  ...GROUNDS.flatMap((ground) => [
    ['dr-text', ground],
    ['dr-text-muted', ground],
  ]),
  ...SOFT.map((name) => [`dr-on-${name}-soft`, `dr-${name}-soft`]),
  ['dr-on-primary', 'dr-primary'],
  ['dr-on-danger', 'dr-danger'],
  ['dr-on-accent', 'dr-accent'],
  ['dr-on-hero', 'dr-hero'],
  ['dr-on-hero-muted', 'dr-hero'],
  ['dr-primary', 'dr-surface'],
  ['dr-danger', 'dr-surface'],
  ...['heat-0', 'heat-1', 'heat-2'].map((name) => ['dr-on-heat-low', `dr-${name}`]),
  ['dr-on-heat-3', 'dr-heat-3'],
  ['dr-on-heat-4', 'dr-heat-4'],
];

/** Shapes that must be seen: borders of controls, the focus, the marks in charts; at least 3. */
const SHAPES = [
  ...['dr-bg', 'dr-surface', 'dr-surface-raised'].flatMap((ground) => [
    ['dr-line-strong', ground],
    ['dr-focus', ground],
    ['dr-primary', ground],
  ]),
  ...['1', '2', '3', '4', '5'].map((series) => [`dr-chart-${series}`, 'dr-surface']),
];

const PAIRS = (['light', 'dark'] as const).flatMap((theme) => [
  ...TEXT.map(([front = '', back = '']) => ({ theme, front, back, least: 4.5 })),
  ...SHAPES.map(([front = '', back = '']) => ({ theme, front, back, least: 3 })),
]);

test.each(PAIRS)('$front on $back can be told apart when it is $theme', ({ theme, front, back, least }) => {
  expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(least);
});
