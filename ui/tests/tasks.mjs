// What a coach does, with the taps counted.
import assert from 'node:assert/strict';

const ROUND = { round: 'running' };
const STREET = /^Straat.?contact$/;
const DOOR = /^Drempel.?gesprek$/;

export const tasks = [
  {
    name: 'a street contact with what is known takes two taps, and nothing that was seen or done is filled in',
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.title('Straatcontact');
      assert.equal(await phone.page.getByRole('radio', { name: 'Skatebaan' }).isChecked(), true);
      for (const choice of ['Preventief', 'Correctief', 'Rustig', 'Gezellig', 'Onrustig', 'Gespannen']) {
        assert.equal(await phone.page.getByRole('radio', { name: choice, exact: true }).isChecked(), false, choice);
      }
      assert.equal(await phone.page.getByText('niet ingevuld').count(), 2);
      await phone.save();
      await phone.see('Straatcontact opgeslagen');
      await phone.see('1 jongere');
      assert.equal(phone.taps, 2);
    },
  },
  {
    name: 'a street contact with one choice takes three taps',
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.save();
      await phone.see('1 jongere · rustig');
      assert.equal(phone.taps, 3);
    },
  },
  {
    name: 'what was chosen can become not filled in again',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Rustig');
      await phone.choose('Rustig');
      assert.equal(await phone.page.getByRole('radio', { name: 'Rustig', exact: true }).isChecked(), false);
      assert.equal(await phone.page.getByText('niet ingevuld').count(), 2);
    },
  },
  {
    name: 'nobody home takes three taps',
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(DOOR);
      await phone.see('Lindenhof 12 · Jay');
      await phone.see('Van de bezoeklijst');
      assert.equal(await phone.page.getByRole('radio', { name: 'Niemand' }).isChecked(), false);
      await phone.choose('Niemand');
      assert.equal(await phone.page.getByText('niet ingevuld').count(), 2);
      await phone.see(/hierna: Zilverhof 31/);
      await phone.save();
      await phone.see('Drempelgesprek opgeslagen');
      await phone.see('Drempelgesprek · Lindenhof 12');
      assert.equal(phone.taps, 3);
    },
  },
  {
    name: 'a talk at the door with an invitation takes at most eight taps besides text',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(DOOR);
      await phone.choose('Jongere');
      await phone.choose('Gesproken');
      await phone.choose('Gaat wel');
      await phone.type('Ik slaap slecht.', /^In eigen woorden/);
      await phone.choose(/^Driehoeksgesprek/, 'checkbox');
      await phone.save();
      await phone.see('Drempelgesprek opgeslagen');
      assert.ok(phone.taps <= 8, `${phone.taps} taps`);
    },
  },
  {
    name: 'a quick note is one tap, typing, one tap',
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap('Notitie');
      await phone.write('Rustig bij de vijver');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      assert.equal(phone.taps, 2);
    },
  },
  {
    name: 'a note of a round is where the last thing was, and the place can be taken off',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap('Notitie');
      assert.equal(await phone.page.getByRole('checkbox', { name: 'Bushalte' }).isChecked(), true);
      await phone.choose('Bushalte', 'checkbox');
      await phone.write('Zonder plek');
      await phone.save();
      await phone.see('Notitie opgeslagen');
      assert.equal(await phone.page.getByText('Notitie · Bushalte').count(), 1, 'the one that was there before');
    },
  },
  {
    name: 'a message is recorded from every tab, with nothing that was done filled in, and can be added to',
    run: async (phone) => {
      await phone.tab('Acties');
      await phone.tap('Vastleggen', 'link');
      await phone.tap(/^App of telefoon/);
      await phone.title('App of telefoon');
      for (const choice of ['App', 'Gebeld', 'Gemist', 'Mail', 'Jongere', 'Ik']) {
        assert.equal(await phone.page.getByRole('radio', { name: choice, exact: true }).isChecked(), false, choice);
      }
      assert.equal(await phone.page.getByText('niet ingevuld').count(), 2);
      await phone.choose('Noor van Dalen');
      await phone.choose('Gemist');
      await phone.choose('Noor van Dalen');
      await phone.choose(/^Ilyas Demirci/);
      // Who began is asked by name.
      await phone.page.getByRole('radiogroup', { name: 'Wie begon?' }).getByText('Ilyas Demirci').waitFor();
      await phone.type('Durft niet alleen', /^Waarover/);
      await phone.save();
      await phone.see('App-contact opgeslagen');
      await phone.see('Ilyas Demirci · Durft niet alleen');
      await phone.tap('Aanvullen');
      await phone.title('App of telefoon');
      assert.equal(await phone.page.getByLabel(/^Waarover/).inputValue(), 'Durft niet alleen');
      assert.equal(await phone.page.getByRole('radio', { name: 'Gemist' }).isChecked(), true);
    },
  },
  {
    name: 'after writing to a youth the app asks whether to record it, and only records when somebody wants so',
    scenario: { apps: true },
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap(/^Ilyas Demirci/);
      await phone.title('Ilyas Demirci');
      await phone.tap('App');
      await phone.see('App-contact met Ilyas vastleggen?');
      await phone.tap('Nee');
      await phone.gone('App-contact met Ilyas vastleggen?');
      await phone.tap('Bel');
      await phone.tap('Ja');
      await phone.title('App of telefoon');
      assert.equal(await phone.page.getByRole('radio', { name: 'Ilyas Demirci', exact: true }).first().isChecked(), true);
      assert.equal(await phone.page.getByText('niet ingevuld').count(), 2);
    },
  },
  {
    name: 'from the lock a group of four with an age takes at most five taps after its button',
    overRealCore: true,
    scenario: { stage: 'locked' },
    run: async (phone) => {
      await phone.tap('Vastleggen zonder ontgrendelen');
      phone.taps = 0;
      await phone.tap(STREET);
      await phone.choose('4');
      await phone.tap(/^16 en 17/);
      await phone.see('Concept verzegeld op dit toestel');
      await phone.save();
      await phone.see('Veilig weggelegd.');
      await phone.see('1 weggelegd');
      assert.ok(phone.taps <= 5, `${phone.taps} taps`);
    },
  },
  {
    name: 'sharing from the template takes two taps, and whether the youth knows is never filled in',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(DOOR);
      await phone.choose('Jongere');
      await phone.tap('Kies wie wat krijgt');
      await phone.title('Wie krijgt wat');
      assert.equal(await phone.page.getByRole('radio', { name: 'Ja' }).isChecked(), false);
      await phone.tap('Zo delen');
      await phone.see('Zeg eerst of Jay dit weet.');
      await phone.tap(/^Grond: convenant Samen op straat, tot 19 mei/);
      await phone.see('Bedoeld voor Coach en Leerplicht');
      await phone.tap('Sluiten');
      phone.taps = 0;
      await phone.choose('Ja');
      await phone.tap('Zo delen');
      await phone.see('3 delen worden gedeeld');
      assert.equal(phone.taps, 2);
    },
  },
  {
    name: 'an action is done with one tap and taken back with one',
    run: async (phone) => {
      await phone.tab('Acties');
      await phone.see('8 open');
      phone.taps = 0;
      await phone.choose('Samen bellen met ROC', 'checkbox');
      assert.equal(phone.taps, 1);
      await phone.see('7 open');
      await phone.tap('Ongedaan maken');
      await phone.see('8 open');
      await phone.see('Samen bellen met ROC');
    },
  },
  {
    name: 'an action is moved, handed over and removed through Meer',
    run: async (phone) => {
      await phone.tab('Acties');
      await phone.tap(/^Meer: verzetten/);
      await phone.tap('Verzetten');
      await phone.tap('vr 20 nov');
      await phone.see('Actie verzet');
      await phone.tap(/^Meer: verzetten/);
      await phone.tap('Overdragen');
      await phone.tap(/^Sanne/);
      await phone.see('7 open');
      await phone.tap(/^Meer: verzetten/);
      await phone.tap('Verwijderen');
      await phone.see('6 open');
    },
  },
  {
    name: 'the invitation of a late three-way talk is put ready with two taps',
    run: async (phone) => {
      await phone.tab('Acties');
      await phone.see('Te laat');
      phone.taps = 0;
      await phone.tap('Uitnodigen');
      await phone.title('Driehoeksgesprek');
      await phone.tap('Klaarzetten in berichten');
      await phone.see('Staat klaar in je berichten');
      assert.equal(phone.taps, 2);
    },
  },
  {
    name: 'a refused recording is mended with three taps',
    scenario: { problems: true },
    run: async (phone) => {
      await phone.tap(/Naar Sync$/);
      await phone.tap(/^1 vastlegging niet aangenomen/);
      await phone.see('Je zit niet meer in ‘Team Twekkelerveld’');
      assert.equal(await phone.page.getByRole('radio', { name: /^Alleen ik/ }).isChecked(), true);
      await phone.tap('Oplossen en opnieuw sturen');
      await phone.see('Opgelost. Gaat opnieuw mee.');
      assert.equal(phone.taps, 3);
      await phone.gone(/^1 vastlegging niet aangenomen/);
    },
  },
  {
    name: 'an overwritten value can be put back, put below or left',
    scenario: { problems: true },
    run: async (phone) => {
      await phone.tap(/Naar Sync$/);
      await phone.tap(/^1 waarde overschreven/);
      await phone.see('Overschreven door Sanne, 14:02.');
      for (const choice of ['Zet terug', 'Zet eronder', 'Laat zo']) {
        assert.equal(await phone.page.getByRole('button', { name: choice }).count(), 1, choice);
      }
      await phone.tap('Zet terug');
      await phone.see('Gekozen. Gaat mee met de volgende sync.');
    },
  },
  {
    name: 'a youth is opened with two taps, and with search with three and three letters',
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.tap(/^Noor van Dalen/);
      await phone.title('Noor van Dalen');
      assert.equal(phone.taps, 2);
      await phone.tap('Terug');
      phone.taps = 1;
      await phone.page.getByLabel('Naam of straatnaam').tap();
      phone.taps++;
      await phone.write('lil');
      await phone.see('2 gevonden, ook zonder bereik');
      await phone.tap(/^Ilyas Demirci/);
      await phone.title('Ilyas Demirci');
      assert.equal(phone.taps, 3);
    },
  },
  {
    name: 'the app opens with six digits and Open, on the keys of a keyboard too, and with a finger in one tap',
    scenario: { stage: 'locked' },
    run: async (phone) => {
      for (const digit of '142857') await phone.tap(digit);
      await phone.tap('Open');
      await phone.title('Vandaag');
      assert.equal(phone.taps, 7);
      await phone.tap('Instellingen');
      await phone.tap('Nu op slot');
      await phone.see('Vul je code in');
      await phone.page.keyboard.type('1428579');
      await phone.page.keyboard.press('Backspace');
      await phone.page.keyboard.press('Enter');
      await phone.title('Vandaag');
      await phone.tap('Instellingen');
      await phone.tap('Nu op slot');
      phone.taps = 0;
      await phone.tap('Ontgrendelen met vingerafdruk of gezicht');
      await phone.title('Vandaag');
      assert.equal(phone.taps, 1);
    },
  },
  {
    name: 'three wrong codes make one wait, and recording goes on meanwhile',
    overRealCore: true,
    scenario: { stage: 'locked' },
    run: async (phone) => {
      for (let times = 0; times < 3; times++) {
        for (const digit of '999999') await phone.tap(digit);
        await phone.tap('Open');
        await phone.see(times < 2 ? 'Deze code klopt niet.' : '3 keer een verkeerde code. Vastleggen kan gewoon.');
      }
      await phone.see(/Even wachten:/);
      assert.equal(await phone.page.getByRole('button', { name: '1', exact: true }).isDisabled(), true);
      await phone.tap('Vastleggen zonder ontgrendelen');
      await phone.tap('Notitie');
      await phone.write('Ook nu');
      await phone.save();
      await phone.see('Veilig weggelegd.');
    },
  },
  {
    name: 'a device is enrolled in three steps, and a code that differs is asked again',
    scenario: { stage: 'not_enrolled' },
    run: async (phone) => {
      await phone.tap('Scan de QR-code');
      for (const code of ['142857', '142858']) {
        for (const digit of code) await phone.tap(digit);
        await phone.tap('Verder');
      }
      await phone.see('Dat was niet dezelfde. Begin opnieuw.');
      for (let times = 0; times < 2; times++) {
        for (const digit of '142857') await phone.tap(digit);
        await phone.tap('Verder');
      }
      await phone.see('Wordt opgehaald');
      await phone.tap('Beginnen');
      await phone.title('Vandaag');
    },
  },
  {
    name: 'a round is started, runs and is ended',
    run: async (phone) => {
      await phone.see('Ga je op ronde?');
      await phone.tap('Ronde starten');
      await phone.see('0 u 0 m · met Joris');
      await phone.tap('Laat QR zien');
      await phone.see('K7Q M2F');
      await phone.tap('Klaar');
      await phone.tap('Meer over deze ronde');
      await phone.tap('Ronde afronden');
      await phone.see('Ga je op ronde?');
      await phone.see('Ronde afgerond');
    },
  },
  {
    name: 'a note becomes a contact, goes to a youth or goes away, and each can be taken back',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(/^Nog te verwerken: 3 notities/);
      await phone.tap('Bij jongere');
      await phone.see(/In je notitie staat ‘Bart’/);
      assert.equal(await phone.page.locator('dialog input:checked').count(), 0);
      await phone.tap('Koppelen');
      await phone.see('Kies eerst een jongere.');
      await phone.choose(/^Bart/);
      await phone.tap('Koppelen');
      await phone.see('2 notities');
      await phone.tap('Ongedaan maken');
      await phone.see('3 notities');
      await phone.tap('Notitie weggooien');
      await phone.see('2 notities');
      await phone.tap('Contact');
      await phone.title('Straatcontact');
      await phone.save();
      await phone.see('Nog te verwerken: 1 notitie');
    },
  },
  {
    name: 'a save that is taken back is a draft again, with everything that was in it',
    overRealCore: true,
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('Lilo', 'checkbox');
      await phone.choose('4');
      await phone.tap(/^16 en 17/);
      await phone.save();
      await phone.tap('Ongedaan maken');
      await phone.title('Straatcontact');
      assert.equal(await phone.page.getByRole('checkbox', { name: 'Lilo' }).isChecked(), true);
      assert.equal(await phone.page.getByRole('radio', { name: '4', exact: true }).isChecked(), true);
      await phone.see('1 bekend, 3 onbekend');
      await phone.tap('Sluiten, concept blijft bewaard');
      await phone.see('Nog een concept');
    },
  },
  {
    name: 'six or more are counted in a sheet, ages by tapping and exactly',
    scenario: ROUND,
    run: async (phone) => {
      await phone.tap(STREET);
      await phone.choose('6+');
      for (let more = 0; more < 3; more++) await phone.tap('Eén meer');
      await phone.see('Leeftijd: nog 9 te verdelen');
      const dialog = phone.page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^12 tot en met 15/ }).tap();
      await phone.see('Leeftijd: iedereen is verdeeld');
      await dialog.getByRole('button', { name: /^12 tot en met 15/ }).tap();
      await phone.see('Hoeveel van 12 tot en met 15?');
      await phone.page.getByRole('dialog').last().getByRole('button', { name: 'Eén minder' }).tap();
      await phone.page.getByRole('dialog').last().getByRole('button', { name: 'Klaar' }).tap();
      await phone.see('Leeftijd: nog 1 te verdelen');
    },
  },
  {
    name: 'on a tablet the dossier stands beside the list',
    options: { size: 'tablet' },
    run: async (phone) => {
      await phone.tab('Jongeren');
      await phone.title('Ilyas Demirci');
      await phone.tap(/^Noor van Dalen/);
      await phone.title('Noor van Dalen');
      await phone.see('Caseload 32 van 35');
    },
  },
];
