// A phone in Chromium: pages, taps that are counted, pictures, accessibility. Which core it talks to is its opener's choice.
import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { chromium } from 'playwright-core';

export const PICTURES = process.env.DREMPEL_PICTURES ?? `${tmpdir()}/drempel-ui`;
mkdirSync(PICTURES, { recursive: true });

/** How long something may take to appear, in milliseconds: long, for a machine that does other things as well. */
export const PATIENCE = 30_000;

export const SIZES = { phone: [390, 844], small: [360, 640], tablet: [820, 1180] };

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/** A device of that size, without a page yet. */
export async function newDevice(browser, { size = 'phone', theme = 'light' } = {}) {
  const [width, height] = SIZES[size];
  return browser.newContext({
    viewport: { width, height },
    isMobile: size !== 'tablet',
    hasTouch: true,
    // Pictures are as sharp as the drawn ones; for the rest fewer points are fewer to draw.
    deviceScaleFactor: process.env.DREMPEL_PICTURES ? 2 : 1,
    colorScheme: theme,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  });
}

/** What a page complains about: errors in its console, and requests to anyone but its own address. */
export function complaintsOf(page, address, complaints = []) {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complaints.push(`request elsewhere: ${request.url()}`);
  });
  return complaints;
}

/** A page with a thumb that counts. */
export class Phone {
  taps = 0;

  constructor(page, context, complaints) {
    this.page = page;
    this.context = context;
    this.complaints = complaints;
  }

  /** One tap on a control, by its role and the words on it. */
  async tap(name, role = 'button', options = {}) {
    this.taps++;
    await this.#control(role, name, options).first().tap();
  }

  /** Save, whatever more the button says with large text. */
  async save() {
    await this.tap(/^Opslaan/);
  }

  /** To a tab: on a tablet at the side, with large text through Meer. */
  async tab(name) {
    const link = this.page.getByRole('link', { name: new RegExp(`^${name}`) }).and(this.page.locator(':visible'));
    if ((await link.count()) > 0) {
      this.taps++;
      await link.first().tap();
      return;
    }
    await this.tap('Meer', 'link');
    await this.tap(name);
  }

  /** One tap on a chip or another answer. */
  async choose(name, role = 'radio') {
    this.taps++;
    const input = this.#control(role, name).first();
    await input.scrollIntoViewIfNeeded();
    await input.evaluate((element) => element.click());
  }

  async type(text, label) {
    await this.page.getByLabel(label).first().pressSequentially(text);
  }

  /** Types where the form put the focus, once it is there. */
  async write(text) {
    await this.page.locator('textarea:focus, input:focus').waitFor();
    await this.page.keyboard.type(text);
  }

  async see(text) {
    await this.page.getByText(text).first().waitFor();
  }

  async gone(text) {
    await this.page.getByText(text).first().waitFor({ state: 'hidden' });
  }

  async title(text) {
    await this.page.getByRole('heading', { level: 1, name: text }).first().waitFor();
  }

  /** The whole page, or what is in sight. */
  async picture(name, { whole = false } = {}) {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: whole });
  }

  /** The same page on another device: its size, its theme, and the text size that the person set on it. */
  async lookAt({ size, theme, text }) {
    const [width, height] = SIZES[size];
    await this.page.setViewportSize({ width, height });
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page.evaluate((percent) => (document.documentElement.style.fontSize = `${percent}%`), text);
    await this.settle();
  }

  /** What axe finds wrong, as short lines: everything, or the contrast only. */
  async faults(which = 'everything') {
    // A page without frames needs no second page to put results together, and what passed needs no description.
    const axe = new AxeBuilder({ page: this.page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'], preload: false });
    const { violations } = await (which === 'contrast' ? axe.withRules(['color-contrast']) : axe).analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ''}`),
    );
  }

  /** Controls that are smaller than a thumb: 48 by 48 CSS pixels, the whole chip or row counted. */
  async small() {
    return this.page.evaluate(() => {
      const scope = document.querySelector('dialog[open]') ?? document;
      const controls = [...scope.querySelectorAll('button, a, input, textarea, [role=tab]')];
      return controls
        .filter(
          (control) =>
            !control.closest('[hidden], .skip-link') &&
            control.getClientRects().length > 0 &&
            !control.matches('.skip-link'),
        )
        .map((control) => ({ control, box: (control.closest('label') ?? control).getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 47.5 || box.height < 47.5))
        .map(
          ({ control, box }) => `${control.outerHTML.slice(0, 100)} ${Math.round(box.width)}×${Math.round(box.height)}`,
        );
    });
  }

  /** States that only their colour tells: without words, or without an icon beside the words. */
  async byColourAlone() {
    return this.page.evaluate(() => {
      const states = /(tag|callout|sync-chip|lock__msg)--(ok|warn|danger|info|late|error|busy|off)\b/;
      const counts = '.tag--num';
      return [...document.querySelectorAll('[class*="--"]')]
        .filter((element) => states.test(element.className) && !element.matches(counts))
        .filter((element) => element.getClientRects().length > 0)
        .filter((element) => !element.textContent.trim() || !element.querySelector('svg'))
        .map((element) => element.outerHTML.slice(0, 120));
    });
  }

  /** Whether the page can be scrolled sideways. */
  async tooWide() {
    return this.page.evaluate(() => {
      const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth + 1;
      if (!wide) return [];
      const width = document.documentElement.clientWidth;
      return [...document.querySelectorAll('body *')]
        .filter(
          (element) => element.getBoundingClientRect().right > width + 1 && !element.closest('.chips--scroll, .tabs'),
        )
        .slice(0, 5)
        .map(
          (element) =>
            `${element.tagName}.${element.className} reaches ${Math.round(element.getBoundingClientRect().right)}`,
        );
    });
  }

  /** Which part of the height sticky bars cover. */
  async covered() {
    return this.page.evaluate(() => {
      const bars = [...document.querySelectorAll('body *')].filter(
        (element) => getComputedStyle(element).position === 'sticky' && element.getClientRects().length > 0,
      );
      return bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0) / innerHeight;
    });
  }

  /** Waits until the page has drawn what it knows. */
  async settle() {
    await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  /** As when the person goes to another app. */
  async hide() {
    await this.page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await this.see(/Afgeschermd/);
  }

  /** What can be seen in the middle of the screen. */
  async onTop() {
    return this.page.evaluate(() => ({
      seen: document
        .elementFromPoint(innerWidth / 2, innerHeight / 2)
        ?.closest('.shield, .app')
        ?.innerText.trim()
        .replace(/\n+/g, '\n'),
    }));
  }

  async close() {
    await this.context.close();
  }

  #control(role, name, options = {}) {
    return this.page.getByRole(role, { name, exact: typeof name === 'string', ...options });
  }
}
