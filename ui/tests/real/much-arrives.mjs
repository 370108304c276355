// Recording while a year of a colleague's work comes in: nothing on the screen waits for it.
import assert from 'node:assert/strict';
import { recordMany } from './colleague.mjs';
import { enrolledPhone } from './phones.mjs';
import { Town, until } from './town.mjs';

const ARRIVE = 10_000;
const NOTE = 'Onder de brug, drie jongens, rustig';

/** The design's promise in milliseconds. It is printed beside what was measured, and not asserted: the machine is shared. */
const LONGEST_FRAME = 100;

/** How many contacts are on the phone. */
async function contacts(phone) {
  const { kinds } = await phone.ask('on_this_device', {});
  return kinds.find(({ kind }) => kind === 'street_contacts').count;
}

/** Measures from now on how long each frame takes. */
function watchFrames(page) {
  return page.evaluate(() => {
    const frames = [];
    let before = performance.now();
    const next = (now) => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    globalThis.frames_ = frames;
  });
}

function tell(frames, taps, inWhenSaved) {
  const late = frames.filter((frame) => frame > LONGEST_FRAME).length;
  const longest = (values) => `${Math.round(Math.max(...values))} ms`;
  process.stdout.write(
    `While ${ARRIVE} changes came in: ${frames.length} frames, the longest ${longest(frames)} (goal ${LONGEST_FRAME} ms, ` +
      `${late} above it); ${taps.length} taps, the slowest answered after ${longest(taps)}; ` +
      `about ${inWhenSaved} were in when the contact was saved\n`,
  );
}

export const muchArrives = [
  {
    name: 'a contact is recorded and saved while 10 000 changes come in, and all of them arrive',
    // A town of its own: nobody else needs a year of work.
    open: async (browser) => enrolledPhone(browser, await Town.start()),
    run: async (phone) => {
      const { town } = phone;
      try {
        const before = await contacts(phone);
        await phone.kill(() => recordMany(town, 'bo', 'Coachteam Kade', ARRIVE));
        await phone.unlock();
        await watchFrames(phone.page);
        assert.ok((await contacts(phone)) < before + ARRIVE, 'they still come in when recording begins');
        const taps = [];
        const timed = async (deed) => {
          const begun = performance.now();
          await deed();
          taps.push(performance.now() - begun);
        };
        await timed(async () => (await phone.tap(/^Straat.?contact$/), await phone.title('Straatcontact')));
        await timed(() => phone.choose('4'));
        await timed(() => phone.choose('Rustig'));
        await phone.tap(/^Wat viel op/);
        await phone.type(NOTE, /^Wat viel op/);
        await phone.see('Concept bewaard');
        await timed(async () => (await phone.save(), await phone.see('Straatcontact opgeslagen')));
        const inWhenSaved = (await contacts(phone)) - before;
        await until(async () => (await contacts(phone)) > before + ARRIVE, 180_000);
        await until(async () => (await phone.ask('sync_status', {})).waiting === 0, 60_000);
        const frames = await phone.page.evaluate(() => globalThis.frames_);
        tell(frames, taps, inWhenSaved);
        const mine = (await phone.ask('today', {})).timeline.filter(({ collection }) => collection === 'street_contact');
        assert.ok(mine.some(({ status }) => status === 'received'), 'the municipality has what was recorded meanwhile');
      } finally {
        await town.remove();
      }
    },
  },
];
