// Runs the tests of the app with its real core and a real server. `node tests/real/run.mjs [words in the name]`.
// The programs must have been built: see `build_the_app` in scripts/machine.sh.
import { launch, PICTURES } from '../phone.mjs';
import { around } from './around.mjs';
import { corePath } from './core-path.mjs';
import { nothingLost } from './nothing-lost.mjs';
import { fullDisk } from './full-disk.mjs';
import { muchArrives } from './much-arrives.mjs';
import { enrolledPhone } from './phones.mjs';
import { Town } from './town.mjs';

const wanted = process.argv.slice(2).join(' ');
const tests = [...corePath, ...around, ...nothingLost, ...fullDisk, ...muchArrives].filter(({ name }) => name.includes(wanted));

const [town, browser] = await Promise.all([Town.start(), launch()]);
let passed = 0;
let failed = 0;

for (const test of tests) {
  const phone = await (test.open ?? enrolledPhone)(browser, town, test.looks);
  phone.taps = 0;
  try {
    await test.run(phone, { browser, town });
    if (phone.complaints.length > 0) throw new Error(phone.complaints.join('\n'));
    passed++;
  } catch (fault) {
    failed++;
    await phone.picture(`FAILED ${test.name.replace(/[^\w .-]/g, '')}`).catch(() => undefined);
    process.stderr.write(`FAILED ${test.name}\n${fault instanceof Error ? fault.stack : String(fault)}\n\n`);
  } finally {
    await phone.close();
  }
}

await browser.close();
await town.remove();
process.stdout.write(`Pictures: ${PICTURES}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
