// The built app in Chromium over the invented core.
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { Phone, complaintsOf, launch, newDevice } from './phone.mjs';

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
  return {
    /** Opens the app in that world; what the page complains about is kept in `complaints`. */
    open: (scenario, options) => openPage(browser, address, scenario, options),
    close: async () => {
      await browser.close();
      await new Promise((closed) => server.httpServer.close(closed));
    },
  };
}

let worlds = 0;

async function openPage(browser, address, scenario, { text = 100, ...looks } = {}) {
  const context = await newDevice(browser, looks);
  const name = `w${++worlds}`;
  await context.addCookies([{ name: 'world', value: name, url: address }]);
  await context.request.post(`${address}fake/reset`, { data: { now: EVENING, ...scenario } });
  const page = await context.newPage();
  await page.clock.setFixedTime(EVENING);
  const complaints = complaintsOf(page, address);
  if (text !== 100) {
    // As the device's text size does: the size of the root changes, nothing else.
    await page.addInitScript((size) => {
      document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${size}%`));
    }, text);
  }
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  return new InventedPhone(page, context, complaints);
}

/** A phone whose core is invented. */
class InventedPhone extends Phone {
  /** Gives the invented core another evening; the page is not told. */
  async world(scenario) {
    await this.context.request.post(new URL('/fake/reset', this.page.url()).href, {
      data: { now: EVENING, ...scenario },
    });
  }
}
