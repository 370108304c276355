/** The municipality's twelve tokens: taken only when every pair that carries text or shape has enough contrast. */
import type { Appearance } from '$lib/api';

const COLOURS = [
  'gm-primary',
  'gm-on-primary',
  'gm-primary-soft',
  'gm-on-primary-soft',
  'gm-primary-dark',
  'gm-on-primary-dark',
  'gm-primary-soft-dark',
  'gm-on-primary-soft-dark',
  'gm-accent',
  'gm-hero',
] as const;

const SHAPES = ['gm-font-family', 'gm-radius-base'] as const;

/** The tokens that a municipality may set; nothing else of the design can be changed. */
export const THEME_TOKENS: readonly string[] = [...COLOURS, ...SHAPES];

/** What is drawn on what, and the least contrast between them (WCAG 2.2: 4.5 for text, 3 for shapes). */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['gm-on-primary', 'gm-primary', 4.5],
  ['gm-on-primary-soft', 'gm-primary-soft', 4.5],
  ['gm-on-primary-dark', 'gm-primary-dark', 4.5],
  ['gm-on-primary-soft-dark', 'gm-primary-soft-dark', 4.5],
  ['#2B1B00', 'gm-accent', 4.5],
  ['#FFFFFF', 'gm-hero', 4.5],
  ['gm-primary', '#FFFFFF', 4.5],
  ['gm-primary-dark', '#161E1B', 4.5],
];

/** The app's own theme, against which a partial theme is judged. */
const OWN: Record<string, string> = {
  'gm-primary': '#17604C',
  'gm-on-primary': '#FFFFFF',
  'gm-primary-soft': '#DAEBE3',
  'gm-on-primary-soft': '#0E4537',
  'gm-primary-dark': '#86D6B8',
  'gm-on-primary-dark': '#06281D',
  'gm-primary-soft-dark': '#1C3A30',
  'gm-on-primary-soft-dark': '#C0EBDA',
  'gm-accent': '#F3B548',
  'gm-hero': '#12463A',
};

/** What is wrong with a theme: names that it may not set, values that are no colour, pairs with too little contrast. */
export function themeFaults(tokens: Record<string, string>): string[] {
  const unknown = Object.keys(tokens).filter((name) => !THEME_TOKENS.includes(name));
  const malformed = COLOURS.filter((name) => name in tokens && !/^#[0-9a-f]{6}$/i.test(tokens[name] ?? ''));
  if (unknown.length > 0 || malformed.length > 0) return [...unknown, ...malformed];
  const colours = { ...OWN, ...tokens };
  const colour = (name: string) => (name.startsWith('#') ? name : (colours[name] ?? '#000000'));
  return PAIRS.filter(([front, back, least]) => contrast(colour(front), colour(back)) < least).map(
    ([front, back]) => `${front} / ${back}`,
  );
}

/** Dresses the page: light, dark or as the device is, in the municipality's colours when they can be read. */
export function applyTheme(root: HTMLElement, appearance: Appearance): void {
  if (appearance.theme === 'device') delete root.dataset['theme'];
  else root.dataset['theme'] = appearance.theme;
  const sound = themeFaults(appearance.tokens).length === 0;
  for (const name of THEME_TOKENS) {
    const value = sound ? appearance.tokens[name] : undefined;
    if (value === undefined) root.style.removeProperty(`--${name}`);
    else root.style.setProperty(`--${name}`, value);
  }
}

/** The contrast of two colours `#RRGGBB`, from 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
