// Every screen in every state that can be drawn: how to get there.

const unlock = async (phone) => {
  await phone.title('Vandaag');
};

/** name → { scenario, steps, sizes? } */
export const STATES = {
  '01a-ontgrendelen': {
    scenario: { stage: 'locked', lock: { set_aside: 2 } },
    steps: async (p) => {
      await p.tap('1');
      await p.tap('4');
    },
  },
  '01b-ontgrendelen-fout': {
    scenario: { stage: 'locked' },
    steps: async (p) => {
      for (const d of '111111') await p.tap(d);
      await p.tap('Open');
      await p.see('Deze code klopt niet.');
    },
  },
  '01c-ontgrendelen-wachten': {
    scenario: { stage: 'locked', lock: { wrong: 3, left: 7, wait_seconds: 30 } },
    steps: async (p) => {
      await p.see(/3 keer een verkeerde code/);
    },
  },
  '01d-afgeschermd': { scenario: {}, steps: (p) => p.hide() },
  '01e-vastleggen-op-slot': {
    scenario: { stage: 'locked' },
    steps: async (p) => {
      await p.tap('Vastleggen zonder ontgrendelen');
      await p.tap(/^Straat.?contact$/);
      await p.title('Straatcontact');
      await p.choose('3');
      await p.tap(/^16 en 17/);
    },
  },
  '01f-veilig-weggelegd': {
    scenario: { stage: 'locked', lock: { set_aside: 1 } },
    steps: async (p) => {
      await p.tap('Vastleggen zonder ontgrendelen');
      await p.tap('Notitie');
      await p.type('Rustig bij de vijver', 'Notitie');
      await p.save();
      await p.see('Veilig weggelegd.');
    },
  },
  '01g-lezen-op-slot': {
    scenario: { stage: 'locked', leaseDays: 7, lock: { set_aside: 2 } },
    steps: async (p) => {
      await p.see('Lezen staat op slot');
    },
  },
  '01h-ontgrendelen-open': {
    scenario: { stage: 'locked', leaseDays: 5 },
    steps: async (p) => {
      for (const d of '1428571') await p.tap(d);
    },
  },
  '01i-ontgrendelen-laatste': {
    scenario: { stage: 'locked', lock: { wrong: 7, left: 3 } },
    steps: async (p) => {
      await p.see(/Nog 3 pogingen/);
    },
  },
  '01j-code-vergeten': {
    scenario: { stage: 'locked' },
    steps: async (p) => {
      await p.tap('Code vergeten?');
      await p.see('Bel je beheerder');
    },
  },
  '01k-wachtzin': {
    scenario: { stage: 'locked', lock: { secret: 'passphrase' } },
    steps: async (p) => {
      await p.see('Vul je wachtzin in');
    },
  },

  '02a-vandaag': { scenario: { round: 'running', connection: 'offline', waiting: 7 }, steps: unlock },
  '02b-vandaag-leeg': { scenario: { round: 'none' }, steps: unlock },
  '02b2-vandaag-niets': { scenario: { round: 'none', empty: true }, steps: unlock },
  '02c-ronde-gestart': { scenario: { round: 'started' }, steps: unlock },
  '02c2-qr': {
    scenario: { round: 'started' },
    steps: async (p) => {
      await p.tap('Laat QR zien');
      await p.see('K7Q M2F');
    },
  },
  '02d-ronde-meer': {
    scenario: { round: 'running', connection: 'offline', waiting: 7 },
    steps: async (p) => {
      await p.tap('Meer over deze ronde');
      await p.see('Ronde afronden');
    },
  },
  '02e-vastleggen': {
    scenario: { round: 'running', connection: 'offline', waiting: 7 },
    steps: async (p) => {
      await p.tap('Vastleggen', 'link');
      await p.see('Wie sprak je buiten?');
    },
  },
  '02f-was-je-erbij': {
    scenario: { round: 'none', was_there: true },
    steps: async (p) => {
      await p.see('Was je erbij?');
    },
  },
  '02g-concept': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap('Notitie');
      await p.type('Half', 'Notitie');
      await p.see('Concept bewaard op dit toestel');
      await p.tap(/^Sluiten/);
      await p.see('Nog een concept');
    },
  },
  '02h-niet-te-lezen': {
    scenario: { fail: { today: 'storage_failed' } },
    steps: async (p) => {
      await p.see('Dit scherm kon niet worden gelezen');
    },
  },

  '03a-straatcontact': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.title('Straatcontact');
      await p.see('Skatebaan');
    },
  },
  '03b-straatcontact-ingevuld': { scenario: { round: 'running' }, whole: true, steps: filled },
  '03c-straatcontact-opgeslagen': {
    scenario: { round: 'running', connection: 'offline', waiting: 7 },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.title('Straatcontact');
      await p.save();
      await p.see('Straatcontact opgeslagen');
    },
  },
  '03d-zichtbaarheid': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.tap(/^Feiten: samen met Joris/);
      await p.see('Wie kan dit zien?');
    },
  },
  '03e-hoeveel': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.choose('6+');
      await p.tap('Eén meer');
      await p.tap('Eén meer');
      await p.tap('Eén meer');
      await p.see('Leeftijd: nog 9 te verdelen');
    },
  },
  '03f-geen-ruimte': {
    scenario: { round: 'running', fail: { keep_draft: 'storage_full', record_street_contact: 'storage_full' } },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.choose('Rustig');
      await p.save();
      await p.see(/Maak ruimte vrij/);
    },
  },
  '03g-bsn': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap('Notitie');
      await p.type('Hij heet 123456782', 'Notitie');
      await p.save();
      await p.see(/burgerservicenummer/);
    },
  },
  '03h-wanneer': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.tap(/^Tijd: Nu/);
      await p.see('Wanneer was het?');
    },
  },
  '03i-zoek': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.tap('Zoek');
      await p.see('Wie was erbij?');
      await p.page.getByLabel('Naam of straatnaam').last().fill('lil');
      await p.see('L.C.');
    },
  },
  '03j-nieuwe-jongere': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Straat.?contact$/);
      await p.tap('Nieuwe jongere');
      await p.see('Een roepnaam is genoeg. De rest kan later.');
    },
  },

  '04a-drempelgesprek': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Drempel.?gesprek$/);
      await p.title('Drempelgesprek');
      await p.choose('Niemand');
      await p.see('Wat heb je gedaan?');
    },
  },
  '04b-drempelgesprek-ingevuld': { scenario: { round: 'running' }, whole: true, steps: talked },
  '04c-drempelgesprek-delen': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Drempel.?gesprek$/);
      await p.choose('Jongere');
      await p.tap('Kies wie wat krijgt');
      await p.title('Wie krijgt wat');
    },
  },
  '04e-grond': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Drempel.?gesprek$/);
      await p.choose('Jongere');
      await p.tap('Kies wie wat krijgt');
      await p.tap(/^Grond: convenant Samen op straat/);
      await p.see('Bedoeld voor Coach en Leerplicht');
    },
  },
  '04d-bezoeklijst': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Drempel.?gesprek$/);
      await p.tap(/^Lindenhof 12/);
      await p.see('Ander adres');
    },
  },

  '05a-notitie': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap('Notitie');
      await p.type(
        'Scooter zonder kenteken bij de bushalte, groepje van 3. Eén jongen zei dat hij Bart kent van de taallessen. Vraagt naar bijbaan.',
        'Notitie',
      );
      await p.see('Concept bewaard op dit toestel');
    },
  },
  '05b-verwerken': {
    scenario: { round: 'running' },
    steps: async (p) => {
      await p.tap(/^Nog te verwerken: 3 notities/);
      await p.title('Verwerken');
    },
  },
  '05c-verwerken-jongere': {
    scenario: { round: 'none', names: 'full' },
    steps: async (p) => {
      await toInbox(p);
      await p.page.getByRole('button', { name: 'Bij jongere' }).first().tap();
      await p.see(/Bedoel je/);
    },
  },
  '05d-alles-verwerkt': {
    scenario: { round: 'none', empty: true },
    steps: async (p) => {
      await emptyInbox(p);
      await p.see('Alles verwerkt');
    },
  },

  '06a-jongeren': {
    scenario: { connection: 'online' },
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.see('Ilyas Demirci');
    },
  },
  '06b-jongeren-zoeken': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.page.getByLabel('Naam of straatnaam').fill('lil');
      await p.see('2 gevonden, ook zonder bereik');
    },
  },
  '06c-jongeren-initialen': {
    scenario: { names: 'short' },
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.choose(/^Lang niet gezien/, 'checkbox');
      await p.see(/21 dagen of meer/);
    },
  },
  '06d-jongeren-leeg': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.page.getByLabel('Naam of straatnaam').fill('xander');
      await p.see('Niemand gevonden met ‘xander’');
    },
  },
  '06e-groepen': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.choose('Groepen');
      await p.see('Groep skatebaan');
    },
  },
  '06f-nog-geen-jongeren': {
    scenario: { empty: true },
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.see('Nog geen jongeren');
    },
  },
  '06g-nieuwe-groep': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.choose('Groepen');
      await p.tap('Groep');
      await p.type('Groep bushalte', 'Hoe noem je de groep?');
      await p.see('Concept bewaard op dit toestel');
    },
  },
  '07a-dossier': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.tap(/^Ilyas Demirci/);
      await p.title('Ilyas Demirci');
      await p.see('Tijdlijn');
    },
  },
  '07h-na-appen': {
    scenario: { apps: true },
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.tap(/^Ilyas Demirci/);
      await p.tap('App');
      await p.see('App-contact met Ilyas vastleggen?');
    },
  },
  '07b-leefgebieden': {
    scenario: {},
    whole: true,
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.tap(/^Ilyas Demirci/);
      await p.tap('Leefgebieden', 'tab');
      await p.see('Per leefgebied');
    },
  },

  '08a-acties': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Acties');
      await p.title('Acties');
      await p.see('Te laat');
    },
  },
  '08b-driehoeksgesprek': {
    scenario: { connection: 'offline' },
    steps: async (p) => {
      await p.tab('Acties');
      await p.tap('Uitnodigen');
      await p.title('Driehoeksgesprek');
      await p.choose('Di 24');
      await p.choose('16:00');
      await p.choose('Wijkhuis');
    },
  },
  '08c-verzetten': {
    scenario: {},
    steps: async (p) => {
      await p.tab('Acties');
      await p.tap(/^Meer: verzetten/);
      await p.see('Overdragen');
    },
  },
  '08d-niets': {
    scenario: { empty: true },
    steps: async (p) => {
      await p.tab('Acties');
      await p.see('Hier staat niets open');
    },
  },

  '10a-sync': {
    scenario: { round: 'running', connection: 'weak', waiting: 3, running: { sent: 4, total: 7 }, problems: true },
    steps: async (p) => {
      await toSync(p);
      await p.title('Sync');
    },
  },
  '10b-sync-probleem': {
    scenario: { problems: true },
    steps: async (p) => {
      await toSync(p);
      await p.tap(/^1 vastlegging niet aangenomen/);
      await p.title('Niet aangenomen');
    },
  },
  '10c-sync-overschreven': {
    scenario: { problems: true },
    steps: async (p) => {
      await toSync(p);
      await p.tap(/^1 waarde overschreven/);
      await p.title('Overschreven');
    },
  },
  '10d-sync-offline': {
    scenario: { round: 'running', connection: 'offline', waiting: 4, leaseDays: 5 },
    steps: async (p) => {
      await toSync(p);
      await p.title('Sync');
    },
  },
  '10e-sync-klaar': {
    scenario: {},
    steps: async (p) => {
      await toSync(p);
      await p.title('Sync');
    },
  },

  '11a-inschrijven': {
    scenario: { stage: 'not_enrolled' },
    steps: async (p) => {
      await p.see('Stap 1 van 3');
    },
  },
  '11a2-inschrijven-fout': {
    scenario: { stage: 'not_enrolled', camera: false, fail: { prepare_enrolment: 'code_expired' } },
    steps: async (p) => {
      await p.tap('Verder');
      await p.see(/verlopen/);
    },
  },
  '11b-code-kiezen': {
    scenario: { stage: 'not_enrolled' },
    steps: async (p) => {
      await p.tap('Scan de QR-code');
      await p.see('Stap 2 van 3');
      for (const d of '142857') await p.tap(d);
    },
  },
  '11b2-te-makkelijk': {
    scenario: { stage: 'not_enrolled' },
    steps: async (p) => {
      await p.tap('Scan de QR-code');
      for (const d of '111111') await p.tap(d);
      await p.tap('Verder');
      await p.see('Kies een minder makkelijke code');
    },
  },
  '11c-eerste-keer': {
    scenario: { stage: 'not_enrolled' },
    steps: async (p) => {
      await p.tap('Scan de QR-code');
      for (let i = 0; i < 2; i++) {
        for (const d of '142857') await p.tap(d);
        await p.tap('Verder');
      }
      await p.see('Welkom bij Drempel');
    },
  },
  '11e-wachten-op-beheerder': {
    scenario: { stage: 'not_enrolled', confirmed: false },
    steps: async (p) => {
      await p.tap('Scan de QR-code');
      for (let i = 0; i < 2; i++) {
        for (const d of '142857') await p.tap(d);
        await p.tap('Verder');
      }
      await p.see('Vingerafdruk van dit toestel');
    },
  },
  '11d-toegang-ingetrokken': {
    scenario: { stage: 'revoked' },
    steps: async (p) => {
      await p.see('Toegang ingetrokken');
    },
  },

  '12a-instellingen': {
    scenario: {},
    steps: async (p) => {
      await p.tap('Instellingen');
      await p.see('Yasmina el Idrissi');
    },
  },
  '12b-privacy': {
    scenario: {},
    whole: true,
    steps: async (p) => {
      await p.tap('Instellingen');
      await p.tap(/^Wat staat er op dit toestel/);
      await p.see('Wat en hoe lang');
    },
  },
  '12c-inzage': {
    scenario: {},
    steps: async (p) => {
      await p.tap('Instellingen');
      await p.tap(/^Inzage voor een jongere/);
      await p.tap(/^Ilyas Demirci/);
      await p.see('Dit staat erin');
    },
  },

  '19f-app-of-telefoon': {
    scenario: {},
    steps: async (p) => {
      await p.tap('Vastleggen', 'link');
      await p.tap(/^App of telefoon/);
      await p.title('App of telefoon');
      await p.choose('Ilyas Demirci');
      await p.choose('App');
      await p.choose('Ik');
      await p.type('Durft vrijdag niet alleen naar de intake.', /^Waarover/);
      await p.see('Concept bewaard op dit toestel');
    },
  },

  '20-tablet-jongeren-dossier': {
    scenario: {},
    tablet: true,
    steps: async (p) => {
      await p.tab('Jongeren');
      await p.title('Ilyas Demirci');
      await p.tap('Leefgebieden', 'tab');
      await p.see('Per leefgebied');
    },
  },
  '21-thema-voorbeeld': {
    scenario: {
      round: 'running',
      connection: 'offline',
      waiting: 7,
      theme: {
        'gm-primary': '#1D4E89',
        'gm-on-primary': '#FFFFFF',
        'gm-primary-soft': '#DDE8F5',
        'gm-on-primary-soft': '#133A68',
        'gm-primary-dark': '#9FC6F3',
        'gm-on-primary-dark': '#06203D',
        'gm-primary-soft-dark': '#17304D',
        'gm-on-primary-soft-dark': '#CFE3FA',
        'gm-accent': '#F4C95D',
        'gm-hero': '#12325A',
        'gm-radius-base': '0.5rem',
      },
    },
    steps: unlock,
  },
};

async function filled(p) {
  await p.tap(/^Straat.?contact$/);
  await p.title('Straatcontact');
  await p.choose('Lilo', 'checkbox');
  await p.choose('T.L.', 'checkbox');
  await p.choose('4');
  await p.tap(/^16 en 17/);
  await p.choose('Preventief');
  await p.choose('Gezellig');
  await p.tap(/^Thema’s/);
  await p.choose('School', 'checkbox');
  await p.choose('Geld', 'checkbox');
  await p.tap(/^Talent gezien/);
  await p.choose('Techniek', 'checkbox');
  await p.tap(/^Wat viel op/);
  await p.type(
    'Lilo wil toch naar de intake bij het ROC. Hij durft niet te bellen. Afgesproken: we bellen morgen samen.',
    /^Wat viel op/,
  );
  await p.choose('Gehoord');
  await p.tap(/^Vervolg/);
  await p.choose(/^Appen/, 'checkbox');
}

async function talked(p) {
  await p.tap(/^Drempel.?gesprek$/);
  await p.title('Drempelgesprek');
  await p.choose('Jongere');
  await p.choose('Mist lessen');
  await p.choose('Gesproken');
  await p.choose('Gaat wel');
  for (const [domain, level] of [
    ['Onderwijs', 'Zorg'],
    ['Thuis en familie', 'Let op'],
    ['Geld en schulden', 'Let op'],
  ]) {
    await p.page
      .getByRole('radiogroup', { name: domain })
      .getByRole('radio', { name: level })
      .evaluate((radio) => radio.click());
  }
  await p.type('Ik slaap slecht, dus ik haal het eerste uur niet.', /^In eigen woorden/);
  await p.tap('Afspraak toevoegen');
  await p.type('Joris vraagt het rooster op bij school', 'Wie doet wat?');
  await p.choose('ma 23');
  await p.tap('Klaar');
  await p.choose(/^Driehoeksgesprek/, 'checkbox');
  await p.choose('Hulpverlening', 'checkbox');
  await p.type('Slaapt al weken slecht en vraagt zelf om hulp.', /^Waarom/);
}

async function toSync(p) {
  await p.tap(/Naar Sync$/);
}

/** Verwerken outside a round: a note first, so that there is something to process. */
async function toInbox(p) {
  await p.tap('Notitie');
  await p.type('Eén jongen kent Bart van de taallessen.', 'Notitie');
  await p.save();
  await p.tap(/^Nog te verwerken/);
  await p.title('Verwerken');
}

async function emptyInbox(p) {
  await p.tap('Notitie');
  await p.type('Weg ermee', 'Notitie');
  await p.save();
  await p.tap(/^Nog te verwerken/);
  await p.tap('Notitie weggooien');
}
