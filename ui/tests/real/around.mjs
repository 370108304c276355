// What surrounds the core path: the lock, other sites, text that would like to be a program, colleagues.
import assert from 'node:assert/strict';
import { enrolledPhone, newPhone } from './phones.mjs';
import { until } from './town.mjs';

/** The number in the municipality's file. */
const ADMINISTRATOR = '06 0000 00 99';

const PAYLOADS = [
  '<img src=x onerror="window.hit=1">',
  '<script>window.hit=1</script>',
  '"><svg onload=window.hit=1>',
  "javascript:window.hit=1//'",
  '</textarea><iframe srcdoc="<script>parent.hit=1</script>">',
];

/** Changes a contact as somebody does who adds to it. */
async function addTo(phone, record, change) {
  const { draft } = await phone.ask('add_to', { collection: 'street_contact', record });
  const { form } = await phone.ask('open_street_contact', { draft, from_note: null });
  await phone.ask('record_street_contact', { draft, form: { ...form, ...change } });
}

async function synchronised(phone) {
  await phone.ask('sync_now', {});
  await until(async () => (await phone.ask('sync_status', {})).waiting === 0);
}

export const around = [
  {
    name: 'what is written on a locked phone waits sealed, shows only a number, and is a note after the code',
    run: async (phone) => {
      await phone.ask('lock', {});
      await phone.tap('Vastleggen zonder ontgrendelen');
      phone.taps = 0;
      await phone.tap(/^Straat.?contact$/);
      await phone.choose('4');
      await phone.tap(/^16 en 17/);
      await phone.save();
      await phone.see('Veilig weggelegd.');
      assert.ok(phone.taps <= 5, `${phone.taps} taps`);
      await phone.see('1 weggelegd');
      await phone.kill();
      await phone.see('1 weggelegd');
      const shown = await phone.page.evaluate(() => document.documentElement.outerHTML);
      assert.doesNotMatch(shown, /Straatcontact|jongeren|Noor|Kade|Lindenhof/);
      await phone.unlock();
      await phone.tap(/^Nog te verwerken: \d+ notities/);
      await phone.see(/Straatcontact · 4 jongeren · 16 en 17: 4/);
    },
  },
  {
    name: 'on a locked phone a contact is set aside as its form opened, and a form that is closed leaves nothing',
    run: async (phone) => {
      await phone.ask('lock', {});
      await phone.tap('Vastleggen zonder ontgrendelen');
      phone.taps = 0;
      await phone.tap(/^Straat.?contact$/);
      await phone.save();
      await phone.see('Veilig weggelegd.');
      assert.equal(phone.taps, 2);
      await phone.see('1 weggelegd');
      await phone.tap('Notitie');
      await phone.tap(/^Sluiten/);
      await phone.see('1 weggelegd');
      await phone.tap('Ontgrendelen');
      await phone.unlock();
      await phone.tap(/^Nog te verwerken: \d+ notities/);
      await phone.see('Straatcontact · 1 jongere');
    },
  },
  {
    name: 'a value that a colleague overwrote is shown to its author, and can be put back',
    run: async (ana, { browser, town }) => {
      const { draft, form, known } = await ana.ask('open_street_contact', { draft: null, from_note: null });
      // In the team alone: of a joint contact each would change only an own half.
      const audience = { own: known.audiences[0].audience.own, joint: null };
      const { record } = await ana.ask('record_street_contact', { draft, form: { ...form, note: 'Rustig', audience } });
      await synchronised(ana);
      const mine = (await ana.ask('today', {})).timeline.find(({ collection }) => collection === 'street_contact');
      const bo = await enrolledPhone(browser, town, { person: 'bo' });
      try {
        await synchronised(bo);
        await town.close();
        await addTo(ana, mine?.id ?? record, { note: 'Wil naar de intake' });
        await addTo(bo, mine?.id ?? record, { note: 'Wil niet naar de intake', mood: 'calm' });
        await town.open();
        await synchronised(ana);
        await synchronised(bo);
        await ana.ask('sync_now', {});
        await until(async () => (await ana.ask('sync_status', {})).overwritten === 1);
        await ana.show();
        await ana.tap(/Naar Sync$/);
        await ana.tap(/^1 waarde overschreven/);
        await ana.see('Wil niet naar de intake');
        await ana.see('Ook gewijzigd door Bo');
        await ana.see(/Sfeer\s*Rustig/);
        await ana.tap('Zet terug');
        await ana.see('Gekozen. Gaat mee met de volgende sync.');
      } finally {
        await bo.close();
      }
    },
  },
  {
    name: 'whom to call stands on a locked phone and on one whose access ended, as the municipality says it',
    open: (browser, town) => enrolledPhone(browser, town, { person: 'esra' }),
    run: async (phone) => {
      await phone.ask('lock', {});
      await phone.kill();
      await phone.tap('Code vergeten?');
      await phone.see(ADMINISTRATOR);
      await phone.tap('Bel je beheerder');
      await phone.see('Dit toestel kan niet bellen.');
      await phone.tap('Sluiten');
      await phone.unlock();
      for (const line of phone.town.administer('devices').trim().split('\n')) {
        if (line.includes('esra')) phone.town.administer('revoke-device', /[0-9a-f-]{36}/.exec(line)[0]);
      }
      await phone.ask('sync_now', {});
      await phone.title('Toegang ingetrokken');
      await phone.see(ADMINISTRATOR);
    },
  },
  {
    name: 'with a printed invitation the fingerprint is compared, and the phone goes on by itself once it is let in',
    open: newPhone,
    run: async (phone) => {
      await phone.type(phone.town.address, 'Adres van je gemeente');
      await phone.type(phone.town.invitation('coachteam'), 'Code van 10 tekens');
      await phone.tap('Verder');
      await phone.pin('Verder');
      await phone.pin('Verder');
      await phone.title('Bel je beheerder');
      const groups = await phone.page.locator('.finger span').allInnerTexts();
      assert.match(groups.join(' '), /^(\d{4} ){5}\d{4}$/);
      assert.ok(phone.town.administer('confirm').startsWith(groups.join(' ')), 'the administrator sees the same');
      phone.town.administer('confirm', ...groups);
      await phone.see('Welkom bij Drempel');
      await phone.tap('Beginnen');
      await phone.title('Vandaag');
    },
  },
  {
    name: 'what leerplicht records in its own space is nowhere on the phone of a coach or of the jeugdboa',
    run: async (ana, { browser, town }) => {
      const chris = await enrolledPhone(browser, town, { person: 'chris' });
      const diede = await enrolledPhone(browser, town, { person: 'diede' });
      try {
        const { spaces } = await chris.ask('on_this_device', {});
        const leerplicht = spaces.find(({ name }) => name === 'Leerplicht').id;
        const { draft, form } = await chris.ask('open_street_contact', { draft: null, from_note: null });
        const audience = { own: leerplicht, joint: null };
        const hidden = { ...form, audience, place_text: 'Zilvermeeuw', note: 'Zilvermeeuw' };
        await chris.ask('record_street_contact', { draft, form: hidden });
        await synchronised(chris);
        for (const [phone, own] of [
          [ana, ['Alleen ik', 'Coachteam Kade', 'Samen op straat']],
          [diede, ['Alleen ik', 'Samen op straat']],
        ]) {
          await synchronised(phone);
          const here = await phone.ask('on_this_device', {});
          assert.deepEqual(here.spaces.map(({ name }) => name).sort(), own);
          await phone.show();
          for (const tab of ['Vandaag', 'Acties', 'Jongeren']) {
            await phone.tab(tab);
            await phone.title(tab);
            assert.doesNotMatch(await phone.page.evaluate(() => document.body.innerText), /Zilvermeeuw/, tab);
          }
          await phone.page.getByLabel('Naam of straatnaam').fill('zilver');
          await phone.see(/Niemand gevonden met ‘zilver’|Nog geen jongeren/);
          const { known } = await phone.ask('open_street_contact', { draft: null, from_note: null });
          assert.doesNotMatch(JSON.stringify(known.audiences), new RegExp(leerplicht));
        }
      } finally {
        await chris.close();
        await diede.close();
      }
    },
  },
  {
    name: 'text that would like to be a program is only ever text',
    run: async (phone) => {
      for (const text of PAYLOADS) {
        await phone.tap('Notitie');
        await phone.page.locator('textarea:focus').waitFor();
        await phone.page.keyboard.insertText(text);
        await phone.save();
        await phone.see('Notitie opgeslagen');
        const { draft, form } = await phone.ask('open_youth', { draft: null, nickname: text });
        await phone.ask('create_youth', { draft, form: { ...form, given_name: text, family_name: text } });
      }
      await phone.tap(/^Nog te verwerken/);
      for (const text of PAYLOADS) await phone.page.getByText(text, { exact: true }).first().waitFor();
      await phone.tap('Terug');
      await phone.tab('Jongeren');
      await phone.see('<script>');
      assert.equal(await phone.page.evaluate(() => globalThis.hit), undefined);
      assert.equal(await phone.page.evaluate(() => document.querySelectorAll('iframe, #app script').length), 0);
    },
  },
  {
    name: 'a program that got into the page after all is not run, and cannot call anybody',
    run: async (phone) => {
      const refused = await phone.page.evaluate(
        (elsewhere) =>
          new Promise((answer) => {
            const seen = [];
            document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
            const script = document.createElement('script');
            script.textContent = 'window.hit = 1';
            document.body.append(script);
            fetch(elsewhere).catch(() => setTimeout(() => answer(seen), 50));
          }),
        phone.town.address,
      );
      assert.deepEqual(refused.sort(), ['connect-src', 'script-src-elem']);
      assert.equal(await phone.page.evaluate(() => globalThis.hit), undefined);
      phone.complaints.length = 0;
    },
  },
  {
    name: 'the page of another site gets no answer, under whatever name',
    run: async (phone) => {
      const ask = (headers) =>
        phone.context.request.post(`${phone.app.address}ipc/today`, { data: {}, headers }).then((answer) => answer.status());
      assert.equal(await ask({ origin: phone.app.address.replace(/\/$/, '') }), 200);
      for (const headers of [{ origin: 'https://elders.example' }, { origin: 'null' }, { host: 'elders.example' }]) {
        assert.equal(await ask(headers), 403, JSON.stringify(headers));
      }
    },
  },
  {
    name: 'the page keeps nothing: no storage, no cookie, no cache, no address that says something',
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap(/^Noortje/);
      await phone.title('Noortje');
      const kept = await phone.page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        document.cookie,
        (await indexedDB.databases()).length,
        location.pathname + location.search + location.hash,
      ]);
      assert.deepEqual(kept, [0, 0, '', 0, '/']);
    },
  },
  {
    name: 'every main screen is without a fault that axe finds, with what a real week leaves on it',
    run: async (phone) => {
      const screens = [
        ['vandaag', async () => phone.title('Vandaag')],
        ['jongeren', async () => (await phone.tab('Jongeren'), phone.see('Noortje'))],
        ['dossier', async () => (await phone.tap(/^Noortje/), phone.title('Noortje'))],
        ['acties', async () => (await phone.tap('Terug'), await phone.tab('Acties'), phone.see('Te laat'))],
        ['instellingen', async () => (await phone.tab('Vandaag'), await phone.tap('Instellingen'), phone.see('Nu op slot'))],
      ];
      for (const [name, open] of screens) {
        await open();
        await phone.settle();
        assert.deepEqual(await phone.faults(), [], name);
        await phone.picture(`echt-${name}`);
      }
    },
  },
];
