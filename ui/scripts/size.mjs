// Prints how much JavaScript the first screen needs, compressed, and fails above the budget.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET = 150 * 1024;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));

/** The files that are loaded before anything is shown: the entry and everything it imports outright. */
function needed(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of manifest[name].imports ?? []) needed(imported, seen);
  return seen;
}

let total = 0;
for (const name of needed('index.html'))
  total += gzipSync(readFileSync(dist + manifest[name].file), { level: 9 }).length;
process.stdout.write(
  `First screen: ${(total / 1024).toFixed(1)} KB of compressed JavaScript (at most ${BUDGET / 1024} KB)\n`,
);
if (total > BUDGET) process.exitCode = 1;
