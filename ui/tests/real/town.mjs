// A municipal server with a week of a fictional team in it, and phones of that team: real programs, real files.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where the programs lie that were built. */
export const PROGRAMS = `${process.env.CARGO_TARGET_DIR ?? `${process.env.HOME}/.cache/drempel/target`}/debug`;

/** A server that can be stopped and started again. */
export class Town {
  #directory = mkdtempSync(join(tmpdir(), 'drempel-town-'));
  #server;

  /** Starts it, with the week that ends now. */
  static async start() {
    const town = new Town();
    execFileSync(`${PROGRAMS}/sample-week`, [town.#directory], { stdio: 'inherit' });
    town.listen = `127.0.0.1:${await freePort()}`;
    await town.open();
    return town;
  }

  get address() {
    return `http://${this.listen}`;
  }

  async open() {
    this.#server = spawn(`${PROGRAMS}/drempel-server`, ['serve', '--data', this.#data, '--listen', this.listen], {
      stdio: 'ignore',
      env: { ...process.env, RUST_LOG: 'error' },
    });
    await until(async () => (await fetch(`${this.address}/v1/health`)).ok);
  }

  /** Nobody can reach it, as in flight mode; what it has is kept. */
  async close() {
    await ended(this.#server, 'SIGTERM');
  }

  /** A code with which a phone of that person can be enrolled. */
  code(person) {
    return this.administer('make-code', person).trim();
  }

  /** The code of a printed invitation, one of those for the members of that team. */
  invitation(team) {
    const sheets = join(this.#directory, `${team}.html`);
    this.administer('invite', '--team', team, '--server', 'https://drempel.example', '--print', sheets);
    return /Code: <code>([^<]+)</.exec(readFileSync(sheets, 'utf8'))[1];
  }

  administer(...order) {
    return execFileSync(`${PROGRAMS}/drempel-server`, ['admin', '--data', this.#data, ...order], { encoding: 'utf8' });
  }

  async remove() {
    await this.close();
    rmSync(this.#directory, { recursive: true });
  }

  get #data() {
    return join(this.#directory, 'data');
  }
}

/** Mounts a small disk where nobody else sees it, and runs a program there. */
const ON_A_SMALL_DISK = 'mount -t tmpfs -o "size=$2" none "$1"; shift 2; exec "$@"';

/** How to run that here: root needs no namespace for users, which may be forbidden; others need one. Nothing where neither may. */
function ownMounts() {
  const ways = [['--mount'], ['--mount', '--user', '--map-root-user']];
  const way = ways.find((how) => spawnSync('unshare', [...how, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0);
  return way && ['unshare', ...way, 'sh', '-ec', ON_A_SMALL_DISK, 'sh'];
}

/** Whether this machine lets an app have a disk of its own. */
export const canHaveASmallDisk = () => ownMounts() !== undefined;

/** The app on one phone: its files, and the host that runs its commands for a browser. */
export class App {
  #directory = mkdtempSync(join(tmpdir(), 'drempel-app-'));
  #disk;
  #host;

  /** On a disk of that size (`24m`), which is gone with the app; without one, on that of this machine. */
  constructor(disk) {
    this.#disk = disk;
  }

  /** Fills what is left of its disk, to the last page. */
  fillTheDisk() {
    const ballast = openSync(this.#ballast, 'w');
    for (const size of [1 << 20, 1 << 12]) {
      try {
        for (;;) writeSync(ballast, Buffer.alloc(size));
      } catch (full) {
        if (full.code !== 'ENOSPC') throw full;
      }
    }
    closeSync(ballast);
  }

  /** Makes room again. */
  emptyTheDisk() {
    rmSync(this.#ballast);
  }

  /** A file beside the app's own, seen from where its disk is mounted. */
  get #ballast() {
    return join(`/proc/${this.#host.pid}/root`, this.#directory, 'ballast');
  }

  async start() {
    const host = [`${PROGRAMS}/drempel-browser-host`, '--data', this.#directory];
    const [program, ...order] = this.#disk === undefined ? host : [...ownMounts(), this.#directory, this.#disk, ...host];
    this.#host = spawn(program, order, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.address = `${await firstLine(this.#host.stdout)}/`;
  }

  /** Stops it at once, wherever it is: nothing is finished or closed. */
  async kill() {
    await ended(this.#host, 'SIGKILL');
  }

  async remove() {
    await this.kill();
    rmSync(this.#directory, { recursive: true });
  }
}

/** Tries until it holds; gives up after that many milliseconds. */
export async function until(holds, patience = 30_000) {
  const end = Date.now() + patience;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`this did not come to hold in time: ${holds}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

export async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((exited) => child.once('exit', exited));
  child.kill(signal);
  await over;
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the host ended before it said where it listens');
}

export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
