// The built app in Chromium over the invented core.
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { Phone, SIZES, complaintsOf, launch, newDevice } from './phone.mjs';

/** Thursday 19 November 2026, 22:41 in Amsterdam: the invented evening. */
export const EVENING = Date.UTC(2026, 10, 19, 21, 41);

export async function startBrowser() {
  const server = await preview({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: fileURLToPath(new URL('../dev/vite.config.ts', import.meta.url)),
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'error',
  });
  const address = server.resolvedUrls.local[0];
  const browser = await launch();
  const phones = new Phones(browser, address);
  return {
    /** Opens the app in that world; what the page complains about is kept in `complaints`. */
    open: (scenario, options) => phones.open(scenario, options),
    close: async () => {
      await browser.close();
      await new Promise((closed) => server.httpServer.close(closed));
    },
  };
}

/** Phones, each with a world of its own. An ordinary one serves again, which spares most of the time of starting it. */
class Phones {
  #idle = [];
  #worlds = 0;

  constructor(browser, address) {
    this.browser = browser;
    this.address = address;
  }

  async open(scenario, options = {}) {
    const { text = 100, ...looks } = options;
    const ordinary = text === 100 && (looks.size ?? 'phone') === 'phone' && looks.theme === undefined;
    const page = (ordinary ? this.#idle.pop() : undefined) ?? (await this.#newPage(looks, text));
    await page.context().request.post(`${this.address}fake/reset`, { data: { now: EVENING, ...scenario } });
    const complaints = complaintsOf(page, this.address);
    await page.goto(this.address);
    await page.locator('h1').first().waitFor();
    return new InventedPhone(page, page.context(), complaints, ordinary ? () => this.#putBack(page) : undefined);
  }

  async #newPage(looks, text) {
    const context = await newDevice(this.browser, looks);
    await context.addCookies([{ name: 'world', value: `w${++this.#worlds}`, url: this.address }]);
    const page = await context.newPage();
    await page.clock.setFixedTime(EVENING);
    if (text !== 100) {
      // As the device's text size does: the size of the root changes, nothing else.
      await page.addInitScript((size) => {
        document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${size}%`));
      }, text);
    }
    return page;
  }

  /** As it was taken out of its box: what the test before wanted of the device is gone, and nothing is on its way. */
  async #putBack(page) {
    const [width, height] = SIZES.phone;
    await page.goto('about:blank');
    page.removeAllListeners();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce', forcedColors: null });
    this.#idle.push(page);
  }
}

/** A phone whose core is invented. */
class InventedPhone extends Phone {
  constructor(page, context, complaints, putBack) {
    super(page, context, complaints);
    this.putBack = putBack;
  }

  /** Puts it away to serve again, unless it is a special one or a test went wrong on it. */
  async close({ again = false } = {}) {
    if (again && this.putBack) await this.putBack();
    else await super.close();
  }

  /** Gives the invented core another evening; the page is not told. */
  async world(scenario) {
    await this.context.request.post(new URL('/fake/reset', this.page.url()).href, {
      data: { now: EVENING, ...scenario },
    });
  }
}
