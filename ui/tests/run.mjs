// Runs the browser tests over the built app with the invented core. `node tests/run.mjs [--quick] [words in the name]`.
// The quick round looks at every state in one size and one theme, and leaves out what is tried over the real core as well.
// Pictures of what failed go to $DREMPEL_PICTURES, by default a folder for temporary files; of every state when it is set.
import { access } from './access.mjs';
import { startBrowser } from './browser.mjs';
import { looks } from './looks.mjs';
import { PATIENCE, PICTURES } from './phone.mjs';
import { rules } from './rules.mjs';
import { tasks } from './tasks.mjs';

const AT_ONCE = Number(process.env.AT_ONCE ?? 2);
const words = process.argv.slice(2).filter((word) => word !== '--quick');
const quick = process.argv.includes('--quick');
const tests = [...tasks, ...rules, ...access, ...looks(quick)]
  .filter(({ overRealCore = false }) => !(quick && overRealCore))
  .filter(({ name }) => name.includes(words.join(' ')));

const browser = await startBrowser();
let passed = 0;
let failed = 0;

async function work() {
  for (let test = tests.shift(); test !== undefined; test = tests.shift()) {
    const phone = await browser.open(test.scenario ?? {}, test.options);
    phone.page.setDefaultTimeout(PATIENCE);
    let again = false;
    try {
      await test.run(phone);
      if (phone.complaints.length > 0) throw new Error(phone.complaints.join('\n'));
      passed++;
      again = true;
    } catch (fault) {
      failed++;
      await phone.picture(`FAILED ${test.name.replace(/[^\w .-]/g, '')}`).catch(() => undefined);
      process.stderr.write(`FAILED ${test.name}\n${fault instanceof Error ? fault.stack : String(fault)}\n\n`);
    } finally {
      await phone.close({ again });
    }
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
process.stdout.write(`Pictures: ${PICTURES}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
