// Every screen in every state: no fault that axe finds, no control smaller than a thumb, nothing cut off; and a
// picture of each, where $DREMPEL_PICTURES says where to.
import assert from 'node:assert/strict';
import { STATES } from './states.mjs';

/** Screens that are looked at in more sizes and with large text. */
const MAIN =
  /^(01a|01e|01h|02a|02b-|02c-|02d|03a|03b|03c|03d|04a|04b|04c|05a|05b|06a|06e|07b|08a|08b|10a|10b|10c|11a-|11b-|11c|11e|12a|12b|12c|19f|20|21)/;

/** The quick round: one look with everything, and main screens with large text. */
const QUICK = { axe: 'everything', theme: 'light' };
const LARGE = { size: 'phone', theme: 'light', text: 200 };

/** How a state is looked at, one after the other: what changes with the theme is only colour, with the size only layout. */
const PHONE = [
  { size: 'phone', theme: 'light', axe: 'everything' },
  { size: 'phone', theme: 'dark', axe: 'contrast' },
];
const TABLET = [
  { size: 'tablet', theme: 'light', axe: 'everything' },
  { size: 'tablet', theme: 'dark', axe: 'contrast' },
];
const MORE = [
  { size: 'small', theme: 'light' },
  LARGE,
  { size: 'tablet', theme: 'light' },
];

async function look(phone, name, whole, { size, theme, text = 100, axe }) {
  const seen = `${theme}.${size}.${text}`;
  await phone.lookAt({ size, theme, text });
  if (process.env.DREMPEL_PICTURES) await phone.picture(`${name}.${seen}`, { whole });
  if (axe) assert.deepEqual(await phone.faults(axe), [], seen);
  assert.deepEqual(await phone.small(), [], seen);
  assert.deepEqual(await phone.tooWide(), [], seen);
  if (text > 100) assert.ok((await phone.covered()) < 0.25, 'sticky parts cover a quarter of the height or more');
}

/** In which ways a state is looked at. */
function waysOf(name, tablet, quick) {
  if (quick) return [{ ...QUICK, size: tablet ? 'tablet' : 'phone' }, ...(MAIN.test(name) && !tablet ? [LARGE] : [])];
  return tablet ? TABLET : [...PHONE, ...(MAIN.test(name) ? MORE : [])];
}

export const looks = (quick) =>
  Object.entries(STATES).map(([name, { scenario, steps, tablet = false, whole }]) => ({
    name: `${name} can be seen, read and touched in every theme and size`,
    scenario,
    options: { size: tablet ? 'tablet' : 'phone' },
    run: async (phone) => {
      await steps(phone);
      assert.deepEqual(await phone.byColourAlone(), []);
      for (const way of waysOf(name, tablet, quick)) await look(phone, name, whole, way);
    },
  }));
