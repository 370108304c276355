// What a coach does most, from a phone that nobody knows to work that the municipality has: the real core, a real server.
import assert from 'node:assert/strict';
import { newPhone } from './phones.mjs';

const STREET = /^Straat.?contact$/;
const DOOR = /^Drempel.?gesprek$/;
const LETTERS = 'Hij zei: “ik durf niet”. 👋 Ça va? Regel één';

export const corePath = [
  {
    name: 'an address, a code and a secret lead from nothing to a full evening',
    open: newPhone,
    run: async (phone) => {
      await phone.type(phone.town.address, 'Adres van je gemeente');
      await phone.type(phone.town.code('ana'), 'Code van 10 tekens');
      await phone.tap('Verder');
      await phone.see('Kies een code van 8 cijfers of meer');
      await phone.pin('Verder');
      await phone.see('Herhaal je code');
      await phone.pin('Verder');
      await phone.see('Gemeente Kadestad (verzonnen) heeft je toestel ingeschreven.');
      await phone.see('Coachteam Kade');
      await phone.tap('Beginnen');
      await phone.title('Vandaag');
      await phone.see(/Chris/);
      await phone.see('Mee naar de intake bij De Brug');
    },
  },
  {
    name: 'a wrong enrolment code says so, and the next one goes on from there',
    open: newPhone,
    run: async (phone) => {
      await phone.type(phone.town.address, 'Adres van je gemeente');
      await phone.type('ABCDE-FGHJK', 'Code van 10 tekens');
      await phone.tap('Verder');
      await phone.pin('Verder');
      await phone.pin('Verder');
      await phone.see('Deze code klopt niet. Kijk hem na of vraag een nieuwe.');
      await phone.page.getByLabel('Code van 10 tekens').fill(phone.town.code('ana'));
      await phone.tap('Verder');
      await phone.see('Welkom bij Drempel');
    },
  },
  {
    name: 'a street contact with what is known takes two taps, and is at the municipality soon after',
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.title('Straatcontact');
      for (const choice of ['Preventief', 'Correctief', 'Rustig', 'Gezellig', 'Onrustig', 'Gespannen']) {
        assert.equal(await phone.page.getByRole('radio', { name: choice, exact: true }).isChecked(), false, choice);
      }
      await phone.save();
      await phone.see('Straatcontact opgeslagen');
      assert.equal(phone.taps, 2);
      await phone.see('Bij de gemeente');
    },
  },
  {
    name: 'a street contact with one choice takes three taps',
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.save();
      await phone.see('1 jongere · rustig');
      assert.equal(phone.taps, 3);
    },
  },
  {
    name: 'nobody home takes three taps',
    run: async (phone) => {
      await phone.tap(DOOR);
      await phone.see(/Lindenhof 12/);
      assert.equal(await phone.page.getByRole('radio', { name: 'Niemand' }).isChecked(), false);
      await phone.choose('Niemand');
      await phone.save();
      await phone.see('Drempelgesprek opgeslagen');
      assert.equal(phone.taps, 3);
    },
  },
  {
    name: 'a quick note is one tap, typing, one tap',
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.write('Rustig bij de steiger');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      assert.equal(phone.taps, 2);
    },
  },
  {
    name: 'a save that is taken back is a draft again, with everything that was in it',
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('4');
      await phone.tap(/^16 en 17/);
      await phone.save();
      await phone.tap('Ongedaan maken');
      await phone.title('Straatcontact');
      assert.equal(await phone.page.getByRole('radio', { name: '4', exact: true }).isChecked(), true);
    },
  },
  {
    name: 'an app that is killed while somebody types has every letter after the code',
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.type(LETTERS, 'Notitie');
      await phone.see('Concept bewaard');
      await phone.kill();
      await phone.unlock();
      await phone.tap(/Concept · /);
      await phone.page.getByLabel('Notitie').first().waitFor();
      assert.equal(await phone.page.getByLabel('Notitie').first().inputValue(), LETTERS);
    },
  },
  {
    name: 'three things that were saved outlive a kill, and reach the municipality',
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Gezellig');
      await phone.save();
      await phone.see('Straatcontact opgeslagen');
      await phone.tap(DOOR);
      await phone.choose('Niemand');
      await phone.save();
      await phone.see('Drempelgesprek opgeslagen');
      await phone.tap('Notitie');
      await phone.write('Drie dingen op een avond');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      await phone.kill();
      await phone.unlock();
      await phone.see('1 jongere · gezellig');
      await phone.see(/Lindenhof 12/);
      await phone.tap(/^Nog te verwerken/);
      await phone.see('Drie dingen op een avond');
      await phone.tap('Terug');
      await phone.tap(/Naar Sync$/);
      await phone.see('Alles is bij de gemeente');
    },
  },
  {
    name: 'without a network everything is saved as ever, and goes by itself when there is one',
    run: async (phone) => {
      await phone.town.close();
      await phone.tap('Notitie');
      await phone.write('In de kelder, zonder bereik');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      await phone.see('Op dit toestel');
      await phone.town.open();
      await phone.tap(/Naar Sync$/);
      await phone.tap('Nu proberen');
      await phone.see('Bij de gemeente');
    },
  },
  {
    name: 'a wrong code opens nothing, and three of them make one wait',
    run: async (phone) => {
      await phone.kill();
      for (let times = 0; times < 3; times++) {
        for (const digit of '99887766') await phone.tap(digit);
        await phone.tap('Open');
        if (times < 2) await phone.see('Deze code klopt niet.');
      }
      await phone.see(/Even wachten:/);
      const shown = await phone.page.evaluate(() => document.documentElement.outerHTML);
      assert.doesNotMatch(shown, /Noor|Sammie|Kade|Lindenhof|Chris/);
      await assert.rejects(phone.ask('today', {}), /locked/);
    },
  },
];
