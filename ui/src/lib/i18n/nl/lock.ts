/** The lock, writing without unlocking, and the lease (01). */
const day = (count: number) => (count === 1 ? '1 dag' : `${count} dagen`);

export const lock = {
  enter: 'Vul je code in',
  enterPhrase: 'Vul je wachtzin in',
  phrase: 'Wachtzin',
  open: 'Open',
  hidden: 'Namen zijn verborgen zolang Drempel op slot is.',
  wrong: 'Deze code klopt niet.',
  wait: 'Even wachten:',
  waitOver: 'Je kunt het weer proberen.',
  wrongSo: (p: { wrong: number }) => `${p.wrong} keer een verkeerde code. Vastleggen kan gewoon.`,
  last: (p: { left: number }) =>
    `Nog ${p.left} ${p.left === 1 ? 'poging' : 'pogingen'}. Daarna worden de gegevens van dit toestel gewist. Wat nog niet gedeeld was, gaat versleuteld naar de gemeente.`,
  digits: (p: { count: number }) => (p.count === 1 ? '1 cijfer ingevuld' : `${p.count} cijfers ingevuld`),
  keys: 'Cijfers',
  biometric: 'Ontgrendelen met vingerafdruk of gezicht',
  erase: 'Laatste cijfer wissen',
  writeOnly: 'Vastleggen zonder ontgrendelen',
  setAside: (p: { count: number }) => `${p.count} weggelegd`,
  forgotten: 'Code vergeten?',
  forgottenText: 'Vastleggen kan gewoon. Voor een nieuwe code heb je je beheerder nodig:',
  forgottenNoPhone: 'Vastleggen kan gewoon. Voor een nieuwe code heb je je beheerder nodig.',
  forgottenRest: 'Wat nog hier staat, gaat versleuteld naar de gemeente.',
  call: 'Bel je beheerder',
  shielded: 'Afgeschermd. Open de app om verder te gaan.',
  note: 'Op slot: je kunt alleen schrijven. Namen en lijsten blijven verborgen.',
  stored: 'Veilig weggelegd.',
  storedSub: 'Je ziet het terug na ontgrendelen.',
  unlock: 'Ontgrendelen',
  chosenHidden: (p: { count: number }) => `${p.count} bekend, namen verborgen`,
  leaseTitle: 'Lezen staat op slot',
  lease: (p: { days: number }) => `Al ${day(p.days)} geen verbinding. Vastleggen kan. Lezen kan weer na verbinding.`,
  leaseSoon: (p: { days: number; left: number }) =>
    `Al ${day(p.days)} geen verbinding. Over ${day(p.left)} gaat lezen op slot.`,
  lastSync: (p: { day: string }) => `Laatste sync: ${p.day}`,
  tryNow: 'Nu proberen',
};
