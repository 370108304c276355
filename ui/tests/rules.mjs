// What holds on every screen: nothing lost, nothing revealed, nothing kept by the page, nothing executed.
import assert from 'node:assert/strict';

const ROUND = { round: 'running' };
const STREET = /^Straat.?contact$/;
const DOOR = /^Drempel.?gesprek$/;

/** Names and places of the invented evening: none of them may be read from a locked app. */
const SECRETS = /Ilyas|Lilo|T\.L\.|Demirci|Skatebaan|Winkelcentrum|Lindenhof|Jay|Joris|Wesselerbrink|Coachteam|Scooter/;

const PAYLOADS = [
  '<img src=x onerror="window.hit=1">',
  '<script>window.hit=1</script>',
  '"><svg onload=window.hit=1>',
  "javascript:window.hit=1//'",
  '{@html window.hit=1} ${window.hit=1} {{window.hit=1}}',
  '</textarea><iframe srcdoc="<script>parent.hit=1</script>">',
];

/** Types in a form, kills the app, and looks whether every letter is there. */
function survives(what, open, label, text) {
  return {
    name: `a kill while typing in ${what} loses no letter`,
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await open(phone);
      await phone.page.getByLabel(label).first().pressSequentially(text);
      await phone.see('Concept bewaard');
      await phone.page.reload();
      await phone.title('Vandaag');
      await phone.see('Nog een concept');
      await phone.page.getByRole('button', { name: /Concept · / }).tap();
      await phone.page.getByLabel(label).first().waitFor();
      assert.equal(await phone.page.getByLabel(label).first().inputValue(), text);
    },
  };
}

const LETTERS = 'Hij zei: “ik durf niet”. 👋 Ça va? Regel één';

export const rules = [
  survives('a note', (phone) => phone.tap('Notitie'), 'Notitie', LETTERS),
  survives(
    'a street contact',
    async (phone) => {
      await phone.tap(STREET);
      await phone.tap(/^Wat viel op/);
    },
    /^Wat viel op/,
    LETTERS,
  ),
  survives(
    'a talk at the door',
    async (phone) => {
      await phone.tap(DOOR);
      await phone.choose('Jongere');
    },
    /^In eigen woorden/,
    LETTERS,
  ),
  survives(
    'an invitation for a talk of three',
    async (phone) => {
      await phone.tab('Acties');
      await phone.tap('Uitnodigen');
      await phone.page.getByLabel(/^Bericht/).fill('');
    },
    /^Bericht/,
    LETTERS,
  ),
  {
    name: 'a kill while typing in a sheet of a form loses no letter: an agreement, somebody else who is invited',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(DOOR);
      await phone.choose('Jongere');
      await phone.tap('Afspraak toevoegen');
      await phone.write(LETTERS);
      await phone.see('Concept bewaard');
      await phone.page.reload();
      await phone.page.getByRole('button', { name: /^Drempelgesprek.*Concept · / }).tap();
      await phone.page.getByText(LETTERS, { exact: true }).waitFor();
      await phone.tap('Sluiten, concept blijft bewaard');
      await phone.tab('Acties');
      await phone.tap('Uitnodigen');
      await phone.tap('Iemand anders');
      await phone.write('Oom Ed');
      await phone.see('Concept bewaard');
      await phone.page.reload();
      await phone.page.getByRole('button', { name: /^Driehoeksgesprek.*Concept · / }).tap();
      assert.equal(await phone.page.getByRole('checkbox', { name: 'Oom Ed' }).isChecked(), true);
    },
  },
  survives(
    'what was said on the phone',
    async (phone) => {
      await phone.tap('Vastleggen', 'link');
      await phone.tap(/^App of telefoon/);
    },
    /^Waarover/,
    LETTERS,
  ),
  survives(
    'a new youth',
    async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap('Jongere');
    },
    'Roepnaam of straatnaam',
    LETTERS,
  ),
  survives(
    'a new group',
    async (phone) => {
      await phone.tab('Jongeren');
      await phone.choose('Groepen');
      await phone.tap('Groep');
    },
    'Hoe noem je de groep?',
    LETTERS,
  ),
  {
    name: 'a new youth that is cancelled leaves no draft, and one that is added none either',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tab('Jongeren');
      for (const end of ['Annuleren', 'Toevoegen']) {
        await phone.tap('Jongere');
        await phone.type('Nieuw', 'Roepnaam of straatnaam');
        await phone.see('Concept bewaard');
        await phone.tap(end);
        await phone.page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
      await phone.title('Nieuw');
      await phone.tap('Terug');
      await phone.title('Jongeren');
      assert.equal(await phone.page.getByRole('dialog').count(), 0);
      await phone.tab('Vandaag');
      await phone.see('Nog te verwerken');
      assert.equal(await phone.page.getByText('Nog een concept').count(), 0);
    },
  },
  {
    name: 'a new youth whose form is opened again is added once, and who comes back finds the list',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap('Jongere');
      await phone.type('Half', 'Roepnaam of straatnaam');
      await phone.see('Concept bewaard');
      await phone.page.reload();
      await phone.page.getByRole('button', { name: /Concept · / }).tap();
      await phone.page.getByRole('dialog').getByText('Concept bewaard').waitFor();
      await phone.tap('Toevoegen');
      await phone.title('Half');
      await phone.tap('Terug');
      await phone.title('Jongeren');
      await phone.settle();
      assert.equal(await phone.page.getByRole('dialog').count(), 0);
    },
  },
  {
    name: 'a form that nothing was filled in leaves no draft',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.title('Straatcontact');
      await phone.tap('Sluiten, concept blijft bewaard');
      await phone.title('Vandaag');
      await phone.settle();
      assert.equal(await phone.page.getByText('Nog een concept').count(), 0);
    },
  },
  {
    name: 'a form that is open when the lock falls goes on, without a name or a place, and comes back as a draft',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Lilo', 'checkbox');
      await phone.tap(/^Wat viel op/);
      await phone.type('Wil naar de intake', /^Wat viel op/);
      await phone.page.evaluate(() => fetch('/ipc/lock', { method: 'POST', body: '{}' }));
      await phone.see(/je kunt alleen schrijven/);
      const text = await phone.page.evaluate(() => document.body.innerText);
      assert.doesNotMatch(text, SECRETS);
      assert.equal(await phone.page.getByLabel(/^Wat viel op/).inputValue(), 'Wil naar de intake');
      await phone.type(' morgen', /^Wat viel op/);
      await phone.see('Concept verzegeld op dit toestel');
      await phone.tap('Sluiten, concept blijft bewaard');
      await phone.see('Vul je code in');
      await phone.tap('Ontgrendelen met vingerafdruk of gezicht');
      await phone.see(/geschreven op slot/);
    },
  },
  {
    name: 'the lock, the lease and write only show no name, no place and no text',
    scenario: { ...ROUND, stage: 'locked', lock: { set_aside: 2 } },
    run: async (phone) => {
      const read = () => phone.page.evaluate(() => document.documentElement.outerHTML);
      assert.doesNotMatch(await read(), SECRETS);
      await phone.tap('Vastleggen zonder ontgrendelen');
      for (const [button, title] of [
        [STREET, 'Straatcontact'],
        [DOOR, 'Drempelgesprek'],
        ['Notitie', 'Notitie'],
      ]) {
        await phone.tap(button);
        await phone.title(title);
        await phone.see(/je kunt alleen schrijven/);
        assert.doesNotMatch(await read(), SECRETS);
        await phone.tap('Sluiten, concept blijft bewaard');
      }
    },
  },
  {
    name: 'out of sight the app shows nothing but its name',
    scenario: ROUND,
    run: async (phone) => {
      await phone.hide();
      const { seen } = await phone.onTop();
      assert.equal(seen, 'Drempel\nAfgeschermd. Open de app om verder te gaan.');
    },
  },
  {
    name: 'while names are hidden no list, title or tag has a family name',
    scenario: { ...ROUND },
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.see('Jay');
      const text = await phone.page.evaluate(() => document.body.innerText);
      assert.doesNotMatch(text, /Demirci|Pinas|Wiśniewski|van Dalen/);
    },
  },
  ...PAYLOADS.map((payload) => ({
    name: `typed text is only ever text: ${payload.slice(0, 28)}`,
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.page.getByLabel('Notitie').first().fill(payload);
      await phone.save();
      await phone.see(payload);
      await phone.tap(/^Nog te verwerken/);
      await phone.see(payload);
      await phone.tap('Contact');
      await phone.tap('Andere plek');
      await phone.page.getByLabel('Plek in je eigen woorden').fill(payload);
      await phone.tap('Klaar');
      await phone.save();
      await phone.see(`Straatcontact · ${payload}`);
      await phone.tab('Jongeren');
      await phone.page.getByLabel('Naam of straatnaam').fill(payload);
      await phone.see(`Niemand gevonden met ‘${payload}’`);
      await phone.tap('Jongere');
      await phone.tap('Toevoegen');
      await phone.page.getByRole('heading', { level: 1 }).first().waitFor();
      assert.equal(await phone.page.evaluate(() => window.hit), undefined);
      assert.equal(await phone.page.locator('iframe, script:not([src]), img').count(), 0);
    },
  })),
  {
    name: 'the page has no inline style or script, keeps nothing and speaks to nobody else',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.save();
      await phone.see('Straatcontact opgeslagen');
      await phone.tab('Jongeren');
      await phone.see('Jay');
      const kept = await phone.page.evaluate(async () => ({
        local: localStorage.length,
        session: sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        cookies: document.cookie.replace(/world=\w+/, ''),
        history: JSON.stringify(history.state),
        address: location.pathname + location.hash,
        styles: document.querySelectorAll('style').length,
        scripts: document.querySelectorAll('script:not([src])').length,
      }));
      assert.deepEqual(kept, {
        local: 0,
        session: 0,
        databases: 0,
        caches: 0,
        cookies: '',
        history: '"inside"',
        address: '/',
        styles: 0,
        scripts: 0,
      });
    },
  },
  {
    name: 'what looks like a BSN is held, and both answers lead on',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.write('Nummer 123456782 gezien');
      await phone.save();
      await phone.tap('Weghalen');
      await phone.gone(/burgerservicenummer/);
      assert.equal(await phone.page.getByLabel('Notitie').first().inputValue(), 'Nummer  gezien');
      await phone.page.getByLabel('Notitie').first().fill('Nummer 123456782');
      await phone.save();
      await phone.tap('Geen BSN');
      await phone.see('Notitie opgeslagen');
    },
  },
  {
    name: 'without room the text stays, and Save can be tried again',
    scenario: { ...ROUND, fail: { keep_draft: 'storage_full', record_quick_note: 'storage_full' } },
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.write('Blijft staan');
      await phone.see(/Je tekst blijft hier staan. Maak ruimte vrij/);
      await phone.save();
      await phone.settle();
      assert.equal(await phone.page.getByLabel('Notitie').first().inputValue(), 'Blijft staan');
      await phone.world({ round: 'running' });
      await phone.save();
      await phone.see('Notitie opgeslagen');
    },
  },
  {
    name: 'what waits is sent, told step by step, and then with the municipality',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.save();
      await phone.see('1 nog hier');
      await phone.tap(/Naar Sync$/);
      await phone.tap('Nu proberen');
      await phone.see('Er staat niets meer te wachten.');
      await phone.tap('Terug');
      await phone.see('Alles is bij de gemeente');
    },
  },
  {
    name: 'ten thousand youths scroll with few of them drawn, down to the last',
    scenario: { youths: 10_000 },
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.choose(/^Mijn caseload/, 'checkbox');
      await phone.see('10000 jongeren');
      const drawn = [];
      for (const part of [0.1, 0.5, 0.9, 1]) {
        await phone.page.evaluate((to) => scrollTo(0, document.documentElement.scrollHeight * to), part);
        await phone.page.waitForFunction(() => {
          const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
          return middle?.closest('.paged__row') !== null;
        });
        drawn.push(await phone.page.locator('.paged__row').count());
      }
      assert.ok(Math.max(...drawn) <= 250, `drawn: ${drawn}`);
      await phone.page.locator('[aria-posinset="10000"]').waitFor();
    },
  },
  {
    name: 'with text at 200 % the first record button lies whole within the first screen',
    scenario: ROUND,
    options: { text: 200 },
    run: async (phone) => {
      const box = await phone.page.getByRole('button', { name: STREET }).first().boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 844, JSON.stringify(box));
    },
  },
  {
    name: 'on a low phone the save bar, Waar and Wie are in sight, and the lock fits',
    scenario: ROUND,
    options: { size: 'small' },
    run: async (phone) => {
      await phone.tap(STREET);
      for (const name of ['Waar', 'Wie']) {
        const box = await phone.page.getByRole('heading', { name, exact: true }).boundingBox();
        assert.ok(box.y + box.height < 440, `${name} at ${box.y}`);
      }
      const save = await phone.page.getByRole('button', { name: /^Opslaan/ }).boundingBox();
      assert.ok(save.y + save.height <= 640);
      await phone.world({ stage: 'locked', lock: { set_aside: 2 } });
      await phone.page.reload();
      await phone.see('Vul je code in');
      assert.ok(await phone.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
    },
  },
  {
    name: 'every task works with the keyboard alone: a contact is saved, a sheet closed, the focus is seen',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.title('Straatcontact');
      await phone.page.getByRole('radio', { name: 'Rustig', exact: true }).focus();
      await phone.page.keyboard.press('Space');
      await phone.page.keyboard.press('ArrowRight');
      assert.equal(await phone.page.getByRole('radio', { name: 'Gezellig' }).isChecked(), true);
      await phone.page.getByRole('button', { name: /^Feiten/ }).press('Enter');
      await phone.see('Wie kan dit zien?');
      await phone.page.keyboard.press('Escape');
      await phone.gone('Wie kan dit zien?');
      await phone.page.keyboard.press('Control+Enter');
      await phone.see('Straatcontact opgeslagen');
    },
  },
  {
    name: 'every sentence with a term or a threshold follows what the municipality set',
    scenario: {
      ...ROUND,
      settings: {
        quick_note_days: 17,
        long_unseen_days: 23,
        caseload: 29,
        reading_locks_days: 8,
        purge_days: 19,
        idle_minutes: 4,
        background_seconds: 45,
      },
    },
    run: async (phone) => {
      const says = async (...sentences) => {
        for (const sentence of sentences) await phone.see(sentence);
        const text = await phone.page.evaluate(() => document.body.innerText);
        // What the drawings have as an example, the core as a default.
        assert.doesNotMatch(text, /na (7|14) dagen|21 dagen of meer|(van|dan) 35|na 5 minuten|na 60 seconden/);
      };
      await phone.tap(/^Nog te verwerken/);
      await says(/verdwijnt na 17 dagen/);
      await phone.tap('Terug');
      await phone.tab('Jongeren');
      await says(/Caseload 32.*29/);
      await phone.choose(/^Lang niet gezien/, 'checkbox');
      await says(/23 dagen of meer/);
      await phone.tab('Vandaag');
      await phone.tap('Instellingen');
      await says('Op slot na 4 minuten', /na 45 seconden/);
      await phone.tap(/^Wat staat er op dit toestel/);
      await says(/gaat lezen na 8 dagen op slot en is alles na 19 dagen weg/, '17 dagen, tenzij verwerkt');
    },
  },
  {
    name: 'the theme of a municipality is worn only when it can be read',
    scenario: { theme: { 'gm-primary': '#FFE08A' } },
    run: async (phone) => {
      const primary = await phone.page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--gm-primary').trim(),
      );
      assert.equal(primary.toUpperCase(), '#17604C');
    },
  },
  {
    name: 'light, dark and the device’s own theme are chosen in Instellingen',
    run: async (phone) => {
      await phone.tap('Instellingen');
      for (const [choice, theme] of [
        ['Donker', 'dark'],
        ['Licht', 'light'],
        ['Toestel', undefined],
      ]) {
        await phone.choose(choice);
        await phone.page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
      }
    },
  },
];
