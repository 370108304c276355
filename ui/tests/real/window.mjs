// The core path in the app's real window: WebKit under Xvfb, driven by WebKitWebDriver. `node tests/real/window.mjs`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PICTURES } from '../phone.mjs';
import { CODE } from './phones.mjs';
import { ended, freePort, PROGRAMS, Town, until } from './town.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** What an element says, without the places where a word may be broken, and with every space a plain one. */
const TEXT = "translate(normalize-space(.), '\u00a0\u00ad', ' ')";

/** The app in its window, with its own data. */
class Window {
  #directory = mkdtempSync(join(tmpdir(), 'drempel-window-'));
  #driver;
  #session;

  constructor(display) {
    this.display = display;
  }

  async open() {
    const port = await freePort();
    this.address = `http://127.0.0.1:${port}`;
    this.#driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: this.display,
        XDG_DATA_HOME: this.#directory,
        TAURI_WEBVIEW_AUTOMATION: 'true',
        // There is no graphics card to be fast with.
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      },
    });
    await until(async () => (await fetch(`${this.address}/status`)).ok);
    const binary = `${PROGRAMS}/drempel`;
    const capabilities = { browserName: 'wry', 'webkitgtk:browserOptions': { binary, args: [] } };
    const { sessionId } = await this.#post('/session', { capabilities: { alwaysMatch: capabilities } });
    this.#session = `/session/${sessionId}`;
  }

  /** Kills the app at once, wherever it is, and lets its driver go. */
  async kill() {
    const app = this.#app();
    if (app > 0) process.kill(app, 'SIGKILL');
    await ended(this.#driver, 'SIGKILL');
  }

  /** The process of the app: the driver's child. */
  #app() {
    const children = readFileSync(`/proc/${this.#driver.pid}/task/${this.#driver.pid}/children`, 'utf8');
    return Number(children.trim().split(' ')[0]);
  }

  async remove() {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Clicks what has that role or tag and these words; waits until it is there. */
  async click(words) {
    const id = await this.#find(
      `//*[self::button or self::a or self::label][contains(${TEXT}, ${quoted(words)}) or contains(@aria-label, ${quoted(words)})]`,
    );
    await this.#post(`${this.#session}/execute/sync`, {
      script: 'arguments[0].click()',
      args: [{ [ELEMENT]: id }],
    });
  }

  async see(words) {
    await this.#find(`//*[contains(${TEXT}, ${quoted(words)})]`);
  }

  /** Types in the field with that label, key by key. */
  async type(text, label) {
    const id = await this.#find(
      `//*[(self::input or self::textarea) and (@id = //label[contains(normalize-space(.), ${quoted(label)})]/@for or ancestor::label[contains(normalize-space(.), ${quoted(label)})])]`,
    );
    await this.#post(`${this.#session}/element/${id}/value`, { text });
  }

  async pin(then) {
    for (const digit of CODE) await this.click(digit);
    await this.click(then);
  }

  async picture(name) {
    const image = await this.#get(`${this.#session}/screenshot`);
    writeFileSync(`${PICTURES}/${name}.png`, Buffer.from(image, 'base64'));
  }

  async #find(path) {
    let found;
    await until(async () => {
      found = (await this.#post(`${this.#session}/element`, { using: 'xpath', value: path }))[ELEMENT];
      return found !== undefined;
    });
    return found;
  }

  #get(path) {
    return this.#ask(path, { method: 'GET' });
  }

  #post(path, body) {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body) });
  }

  async #ask(path, request) {
    const response = await fetch(`${this.address}${path}`, { ...request, signal: AbortSignal.timeout(10_000) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error} ${value.message}`);
    return value;
  }
}

/** As a text of XPath, which has no way to escape a quote within. */
const quoted = (words) => (words.includes("'") ? `"${words}"` : `'${words}'`);

/** A display without a screen. */
async function startDisplay() {
  const display = `:${70 + (process.pid % 20)}`;
  const server = spawn('Xvfb', [display, '-screen', '0', '800x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
  await until(async () => existsSync(`/tmp/.X11-unix/X${display.slice(1)}`));
  return { display, stop: () => ended(server, 'SIGTERM') };
}

async function corePath(window, town) {
  await window.open();
  await window.type(town.address, 'Adres van je gemeente');
  await window.type(town.code('ana'), 'Code van 10 tekens');
  await window.click('Verder');
  await window.see('Kies een code');
  await window.pin('Verder');
  await window.see('Herhaal je code');
  await window.pin('Verder');
  await window.see('Welkom bij Drempel');
  await window.click('Beginnen');
  await window.see('Nog te verwerken: 3 notities');
  await window.click('Straatcontact');
  await window.click('Gezellig');
  await window.click('Opslaan');
  await window.see('Straatcontact opgeslagen');
  await window.click('Drempelgesprek');
  await window.click('Niemand');
  await window.click('Opslaan');
  await window.see('Drempelgesprek opgeslagen');
  await window.click('Notitie');
  await window.type('Drie dingen op een avond', 'Notitie');
  await window.click('Opslaan');
  await window.see('Notitie opgeslagen');
  await window.picture('venster-vandaag');
  await window.kill();
  await window.open();
  await window.see('Vul je code in');
  await window.pin('Open');
  for (const words of ['1 jongere · gezellig', 'Lindenhof 12']) await window.see(words);
  await window.click('Nog te verwerken');
  await window.see('Drie dingen op een avond');
  await window.click('Terug');
  await window.see('Alles is bij de gemeente');
  await window.picture('venster-na-herstart');
}

const [town, { display, stop }] = await Promise.all([Town.start(), startDisplay()]);
const window = new Window(display);
let failed = 0;
try {
  await corePath(window, town);
} catch (fault) {
  failed = 1;
  await window.picture('FAILED venster').catch(() => undefined);
  process.stderr.write(`FAILED the core path in the real window\n${fault.stack}\n`);
} finally {
  await window.remove();
  await stop();
  await town.remove();
}
process.stdout.write(`Pictures: ${PICTURES}\n${1 - failed} passed, ${failed} failed\n`);
process.exitCode = failed;
