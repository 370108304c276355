// A phone whose disk is full: it says so, what was typed stays, and it is saved once there is room.
import assert from 'node:assert/strict';
import { enrolledPhone } from './phones.mjs';
import { canHaveASmallDisk } from './town.mjs';

const FULL = 'Opslaan lukte niet. Je tekst blijft hier staan. Maak ruimte vrij en probeer opnieuw.';

/** More than the last page of any file has room for: what fits is saved. */
const TEXT = 'Onder de brug, drie jongens. '.repeat(300);
const SHOWN = /^Onder de brug, drie jongens/;

/** Sizes of drafts in letters: with the last, nothing fits any more. */
const SIZES = [200_000, 20_000, 2_000, 1];

/** Fills the disk, and then what the database has room for in the files that it has already. */
async function fillUp(phone) {
  phone.app.fillTheDisk();
  const { draft } = await phone.ask('open_quick_note', { draft: null });
  for (const size of SIZES) {
    const refused = await untilRefused(() =>
      phone.ask('keep_draft', { id: draft, form: 'quick_note', content: { text: 'x'.repeat(size) } }),
    );
    assert.match(refused, /storage_full/);
  }
}

async function untilRefused(deed) {
  for (let turn = 0; turn < 5_000; turn++) {
    try {
      await deed();
    } catch (refused) {
      return refused.message;
    }
  }
  throw new Error('the disk did not fill up');
}

async function typedAndRefused(phone) {
  await phone.tap('Notitie');
  await phone.page.locator('textarea:focus').waitFor();
  await phone.page.keyboard.insertText(TEXT);
  await phone.page.locator('.draft-status').getByText(FULL).waitFor();
  const answer = phone.page.waitForResponse(/record_quick_note/);
  await phone.save();
  assert.equal((await (await answer).json()).code, 'storage_full');
  await phone.page.getByRole('alert').getByText(FULL).waitFor();
  assert.equal(await phone.page.getByLabel('Notitie').first().inputValue(), TEXT);
}

const tests = [
  {
    name: 'on a full disk a save says so and the text stays; with room again it is saved',
    open: (browser, town) => enrolledPhone(browser, town, { disk: '24m' }),
    run: async (phone) => {
      await fillUp(phone);
      await typedAndRefused(phone);
      phone.app.emptyTheDisk();
      await phone.save();
      await phone.see('Notitie opgeslagen');
      await phone.tap(/^Nog te verwerken: \d+ notities/);
      await phone.see(SHOWN);
    },
  },
  {
    name: 'on a full disk a locked phone says so as well: what is typed stays, and no code is tried',
    open: (browser, town) => enrolledPhone(browser, town, { disk: '24m' }),
    run: async (phone) => {
      await phone.ask('lock', {});
      await phone.see('Vul je code in');
      phone.app.fillTheDisk();
      await phone.pin('Open');
      await phone.see('Je toestel is vol. Maak ruimte vrij en probeer opnieuw.');
      assert.equal((await phone.ask('lock_state', {})).wrong, 0);
      await phone.tap('Vastleggen zonder ontgrendelen');
      await typedAndRefused(phone);
      phone.app.emptyTheDisk();
      await phone.save();
      await phone.see('Veilig weggelegd.');
      await phone.tap('Ontgrendelen');
      await phone.unlock();
      await phone.tap(/^Nog te verwerken: \d+ notities/);
      await phone.see(SHOWN);
    },
  },
];

const isPossible = canHaveASmallDisk();
if (!isPossible) process.stdout.write('Not tried: a full disk. Nobody may mount one here.\n');

export const fullDisk = isPossible ? tests : [];
