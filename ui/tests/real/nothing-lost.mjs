// What must not be lost: a form that a kill cuts off, an evening without a network.
import assert from 'node:assert/strict';

const STREET = /^Straat.?contact$/;
const DOOR = /^Drempel.?gesprek$/;
const LETTERS = 'Hij zei: “ik durf niet”. 👋 Ça va? Regel één';

/** Every form that keeps a draft: how to come to the field that is typed in, and what it is called. */
const FORMS = [
  { name: 'Notitie', label: 'Notitie', open: (phone) => phone.tap('Notitie') },
  {
    name: 'Straatcontact',
    label: /^Wat viel op/,
    open: async (phone) => {
      await phone.tap(STREET);
      await phone.tap(/^Wat viel op/);
    },
  },
  {
    name: 'Drempelgesprek',
    label: /^In eigen woorden/,
    open: async (phone) => {
      await phone.tap(DOOR);
      await phone.choose('Jongere');
    },
  },
  {
    name: 'Driehoeksgesprek',
    label: /^Bericht/,
    open: async (phone) => {
      await phone.tab('Acties');
      await phone.tap('Uitnodigen');
      await phone.page.getByLabel(/^Bericht/).fill('');
    },
  },
  {
    name: 'App-contact',
    label: /^Waarover/,
    open: async (phone) => {
      await phone.tap('Vastleggen', 'link');
      await phone.tap(/^App of telefoon/);
    },
  },
  {
    name: 'Jongere',
    label: 'Roepnaam of straatnaam',
    open: async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap('Jongere');
    },
  },
  {
    name: 'Groep',
    label: 'Hoe noem je de groep?',
    open: async (phone) => {
      await phone.tab('Jongeren');
      await phone.choose('Groepen');
      await phone.tap('Groep');
    },
  },
];

function survivesAKill({ name, label, open }) {
  return {
    name: `a kill while somebody types in ${name} costs no letter`,
    run: async (phone) => {
      await open(phone);
      await phone.type(LETTERS, label);
      await phone.see('Concept bewaard');
      await phone.kill();
      await phone.unlock();
      await phone.tap(new RegExp(`^${name}.*Concept · `));
      await phone.page.getByLabel(label).first().waitFor();
      assert.equal(await phone.page.getByLabel(label).first().inputValue(), LETTERS);
    },
  };
}

export const nothingLost = [
  ...FORMS.map(survivesAKill),
  {
    name: 'a whole round in flight mode is recorded, found and changed, counted, and all of it arrives afterwards',
    run: async (phone) => {
      await phone.town.close();
      const before = (await phone.ask('sync_status', {})).waiting;
      assert.equal(before, 0);
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.save();
      await phone.see('Straatcontact opgeslagen');
      await phone.tap(DOOR);
      await phone.choose('Niemand');
      await phone.save();
      await phone.see('Drempelgesprek opgeslagen');
      await phone.tap('Notitie');
      await phone.write('Onder de brug');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      await phone.tap('Aanvullen');
      await phone.page.getByLabel('Notitie').first().fill('Onder de brug, drie jongens');
      await phone.save();
      await phone.title('Vandaag');
      await phone.tab('Jongeren');
      await phone.page.getByLabel('Naam of straatnaam').fill('noor');
      await phone.see('Noortje');
      await phone.page.getByLabel('Naam of straatnaam').fill('');
      await phone.tab('Vandaag');
      const { waiting } = await phone.ask('sync_status', {});
      assert.ok(waiting >= 3, `${waiting} wait`);
      await phone.see(new RegExp(`${waiting}.nog.hier`));
      // The town is shared with other tests: only what was recorded here counts.
      const here = (await phone.ask('today', {})).timeline.filter(({ status }) => status === 'on_device');
      assert.ok(here.length >= 3, `${here.length} recorded here`);
      await phone.town.open();
      await phone.tap(/Naar Sync$/);
      await phone.tap('Nu proberen');
      await phone.see('Er staat niets meer te wachten.');
      await phone.tap('Terug');
      await phone.see('Alles is bij de gemeente');
      const then = new Map((await phone.ask('today', {})).timeline.map((item) => [item.id, item.status]));
      for (const { id, collection } of here) assert.equal(then.get(id), 'received', collection);
    },
  },
];
