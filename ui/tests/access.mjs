// For hands on a keyboard, for eyes that need less movement, other colours or none.
import assert from 'node:assert/strict';

const ROUND = { round: 'running' };
const STREET = /^Straat.?contact$/;
const DOOR = /^Drempel.?gesprek$/;

/** Screens through which the whole keyboard round is made: how to come there, and the heading. */
const SCREENS = [
  ['Vandaag', async () => undefined],
  ['Straatcontact', (phone) => phone.tap(STREET)],
  ['Drempelgesprek', (phone) => phone.tap(DOOR)],
  ['Notitie', (phone) => phone.tap('Notitie')],
  ['Jongeren', (phone) => phone.tab('Jongeren')],
  ['Acties', (phone) => phone.tab('Acties')],
  ['Sync', (phone) => phone.tap(/Naar Sync$/)],
  ['Instellingen', (phone) => phone.tap('Instellingen')],
];

/** Goes on with Tab until the focus is back outside the page; what is wrong with each place where it stops. */
async function walk(page) {
  const faults = [];
  const stops = new Set();
  for (let times = 0; times < 120; times++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // A chip's input lies under its face: what is seen is the label.
      const seen = element.closest('label') ?? element;
      const box = seen.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const top = document.elementFromPoint(Math.min(Math.max(x, 1), innerWidth - 2), y);
      const covered = !(top && (seen.contains(top) || top.contains(seen)));
      const parts = [element, ...seen.querySelectorAll('*'), seen];
      const ring = parts.some((part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      });
      element.dataset.stop ??= String(Math.random());
      return { id: element.dataset.stop, what: element.outerHTML.slice(0, 90), covered, ring };
    });
    if (stop === null || stops.has(stop.id)) break;
    stops.add(stop.id);
    if (stop.covered) faults.push(`covered: ${stop.what}`);
    if (!stop.ring) faults.push(`no ring: ${stop.what}`);
  }
  return { faults, stops: stops.size };
}

/** Whether something moves on the screen with the lock after a wrong code. */
const moves = (phone) =>
  phone.page.evaluate(() => document.getAnimations().some((animation) => animation.effect.getTiming().duration > 0));

async function wrongCode(phone) {
  for (const digit of '999999') await phone.tap(digit);
  await phone.page.getByRole('button', { name: 'Open', exact: true }).tap();
  await phone.page.locator('.pin-dots.is-error').waitFor();
}

export const access = [
  ...SCREENS.map(([title, open]) => ({
    name: `with the keyboard alone the focus is always seen, and under no bar, on ${title}`,
    scenario: ROUND,
    run: async (phone) => {
      await open(phone);
      await phone.title(title);
      await phone.settle();
      const { faults, stops } = await walk(phone.page);
      assert.ok(stops >= 4, `${stops} places to stop at`);
      assert.deepEqual(faults, []);
    },
  })),
  {
    name: 'a wrong code shakes nothing for who wants no movement, and does for the others',
    scenario: { stage: 'locked' },
    run: async (phone) => {
      await wrongCode(phone);
      assert.equal(await moves(phone), false);
      await phone.page.emulateMedia({ reducedMotion: 'no-preference' });
      await wrongCode(phone);
      assert.equal(await moves(phone), true);
    },
  },
  {
    name: 'in the device’s forced colours what was chosen still shows',
    scenario: ROUND,
    run: async (phone) => {
      await phone.page.emulateMedia({ forcedColors: 'active' });
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.choose('Preventief');
      const marked = (chosen) =>
        phone.page.evaluate((on) => {
          const inputs = [...document.querySelectorAll('main input[type=radio], main input[type=checkbox]')];
          return inputs
            .filter((input) => input.checked === on && input.closest('label')?.getClientRects().length)
            .map((input) => {
              const parts = [...input.closest('label').querySelectorAll('*')];
              return parts.some((part) => {
                const style = getComputedStyle(part);
                return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2;
              });
            });
        }, chosen);
      const [chosen, others] = [await marked(true), await marked(false)];
      assert.ok(chosen.length >= 3, `${chosen.length} are chosen`);
      assert.ok(chosen.every(Boolean), 'something chosen has no mark');
      assert.ok(!others.some(Boolean), 'something not chosen has a mark');
    },
  },
];
