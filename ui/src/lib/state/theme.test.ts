import { expect, test } from 'vitest';
import { contrast, themeFaults } from './theme';

const EXAMPLE = {
  'gm-primary': '#1D4E89',
  'gm-on-primary': '#FFFFFF',
  'gm-primary-soft': '#DDE8F5',
  'gm-on-primary-soft': '#133A68',
  'gm-primary-dark': '#9FC6F3',
  'gm-on-primary-dark': '#06203D',
  'gm-primary-soft-dark': '#17304D',
  'gm-on-primary-soft-dark': '#CFE3FA',
  'gm-accent': '#F4C95D',
  'gm-hero': '#12325A',
  'gm-font-family': 'system-ui',
  'gm-radius-base': '0.5rem',
};

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
});

test('the own theme and a readable one are taken', () => {
  expect(themeFaults({})).toEqual([]);
  expect(themeFaults(EXAMPLE)).toEqual([]);
});

test.each([
  ['a name that is no token', { 'dr-danger': '#00FF00' }, 'dr-danger'],
  ['a value that is no colour', { 'gm-hero': 'url(https://elsewhere)' }, 'gm-hero'],
  ['text that cannot be read', { 'gm-primary': '#F3B548' }, 'gm-on-primary / gm-primary'],
])('a theme with %s is refused', (_, tokens: Record<string, string>, fault) => {
  expect(themeFaults(tokens)).toContain(fault);
});
