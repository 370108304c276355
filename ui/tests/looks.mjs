// Every screen in every state: no fault that axe finds, no control smaller than a thumb, nothing cut off, a picture.
import assert from 'node:assert/strict';
import { STATES } from './states.mjs';

/** Screens that are looked at in more sizes and with large text. */
const MAIN =
  /^(01a|01e|01h|02a|02b-|02c-|02d|03a|03b|03c|03d|04a|04b|04c|05a|05b|06a|06e|07b|08a|08b|10a|10b|10c|11a-|11b-|11c|12a|12b|12c|20|21)/;

function look(name, state, options) {
  const { size = 'phone', theme = 'light', text = 100 } = options;
  return {
    name: `${name} ${size} ${theme} ${text}%`,
    scenario: state.scenario,
    options,
    run: async (phone) => {
      await state.steps(phone);
      await phone.settle();
      await phone.picture(`${name}.${theme}.${size}.${text}`, { whole: state.whole });
      // The other sizes and a tablet at night differ in layout or colour only, which the first three have been held to.
      if (text === 100 && (size === 'phone' || theme === 'light')) assert.deepEqual(await phone.faults(), []);
      assert.deepEqual(await phone.small(), []);
      assert.deepEqual(await phone.tooWide(), []);
      if (text > 100) assert.ok((await phone.covered()) < 0.25, 'sticky parts cover a quarter of the height or more');
    },
  };
}

export const looks = Object.entries(STATES).flatMap(([name, state]) => {
  const tablet = state.tablet ? [] : ['light', 'dark'].map((theme) => look(name, state, { theme }));
  if (!MAIN.test(name)) return tablet;
  return [
    ...tablet,
    ...(state.tablet ? [] : [look(name, state, { size: 'small' }), look(name, state, { text: 200 })]),
    ...['light', 'dark'].map((theme) => look(name, state, { size: 'tablet', theme })),
  ];
});
