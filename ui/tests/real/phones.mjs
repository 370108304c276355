// A phone of the fictional team in Chromium, over the real commands: its app, and a thumb that counts.
import { complaintsOf, newDevice, PATIENCE, Phone } from '../phone.mjs';
import { App } from './town.mjs';

/** Eight digits: a machine without a key in hardware asks for as many. */
export const CODE = '48291573';

/** A phone with an app that no municipality knows yet. */
export async function newPhone(browser, town, { disk, ...looks } = {}) {
  const app = new App(disk);
  await app.start();
  const context = await newDevice(browser, looks);
  const phone = new RealPhone(await context.newPage(), context, [], app, town);
  phone.page.setDefaultTimeout(PATIENCE);
  await phone.show();
  return phone;
}

/** A phone of that person, enrolled and open on Today, with everything of the person's spaces on it. */
export async function enrolledPhone(browser, town, { person = 'ana', ...looks } = {}) {
  const phone = await newPhone(browser, town, looks);
  await phone.ask('prepare_enrolment', { invitation: { server: town.address, code: town.code(person) } });
  await phone.ask('enrol', { secret: CODE });
  await phone.show();
  await phone.title('Vandaag');
  return phone;
}

export class RealPhone extends Phone {
  constructor(page, context, complaints, app, town) {
    super(page, context, complaints);
    this.app = app;
    this.town = town;
  }

  /** Opens the page of the app that runs now. */
  async show() {
    this.page.removeAllListeners();
    complaintsOf(this.page, this.app.address, this.complaints);
    await this.page.goto(this.app.address);
    await this.page.locator('h1').first().waitFor();
  }

  /** The app is killed, and started again: only what was on the disk at that instant is there. What happens meanwhile it misses. */
  async kill(meanwhile = () => undefined) {
    // That its core went away is no complaint of the page's.
    this.page.removeAllListeners();
    await this.app.kill();
    // Nor is what it goes on asking at an address where nobody is any more.
    await this.page.goto('about:blank');
    await meanwhile();
    await this.app.start();
    await this.show();
  }

  /** Types the code, once or to choose it. */
  async pin(then) {
    for (const digit of CODE) await this.tap(digit);
    await this.tap(then);
  }

  async unlock() {
    await this.see('Vul je code in');
    await this.pin('Open');
    await this.title('Vandaag');
  }

  /** Has the app do something without the page. */
  async ask(command, data) {
    const response = await this.context.request.post(`${this.app.address}ipc/${command}`, { data });
    const answer = await response.json();
    if (response.headers()['x-drempel-refused']) throw new Error(`${command}: ${answer.code}`);
    return answer;
  }

  async close() {
    await super.close();
    await this.app.remove();
  }
}
