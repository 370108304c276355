/** Sync and problems, enrolment, settings and privacy (10–12). */
import { joined } from '../format';

const days = (count: number) => (count === 1 ? '1 dag' : `${count} dagen`);

export const sync = {
  title: 'Sync',
  last: (p: { day: string; time: string }) => `Laatste sync: ${p.day} ${p.time}`,
  never: 'Nog niet gesynct',
  busy: (p: { sent: number; total: number }) => `Bezig: ${p.sent} van ${p.total} verstuurd`,
  weak: 'Zwak bereik. Je kunt gewoon doorwerken.',
  goOn: 'Je kunt gewoon doorwerken.',
  offline: 'Offline',
  offlineSub: 'Zodra er bereik is, gaat het vanzelf.',
  here: (p: { count: number }) => `${p.count} nog hier`,
  allReceived: 'Alles is bij de gemeente',
  allReceivedSub: 'Er staat niets meer te wachten.',
  waiting: 'Klaar om te versturen',
  sent: 'Verstuurd',
  attention: 'Vraagt je aandacht',
  problemRow: (p: { count: number }) => `${p.count} ${p.count === 1 ? 'vastlegging' : 'vastleggingen'} niet aangenomen`,
  problemSub: (p: { what: string; time: string }) => `${p.what} ${p.time} · kies een andere ruimte`,
  overwrittenRow: (p: { count: number }) => `${p.count} ${p.count === 1 ? 'waarde' : 'waarden'} overschreven`,
  overwrittenSub: (p: { by: string; time: string; field: string; about: string }) =>
    `Door ${p.by}, ${p.time} · ${p.field} van ${p.about}`,
  stillHere: 'Nog hier',
  nothingHere: 'Er wacht niets op dit toestel.',
  safe: 'Alles staat versleuteld op dit toestel. Er gaat niets verloren als het bereik wegvalt.',
  tryNow: 'Nu proberen',
};

export const problem = {
  title: 'Niet aangenomen',
  sub: (p: { what: string; day: string; time: string }) => `${p.what} · ${p.day} ${p.time}`,
  membershipEnded: (p: { space: string }) => `Je zit niet meer in ‘${p.space}’`,
  membershipEndedText: (p: { day: string; time: string }) =>
    `Je toegang stopte ${p.day} om ${p.time}. Dit contact is van daarna en is daarom niet aangenomen. Je tekst staat nog veilig op dit toestel.`,
  other: (p: { space: string }) => `‘${p.space}’ nam dit niet aan`,
  otherText: 'Je tekst staat nog veilig op dit toestel. Kies waar het naartoe gaat.',
  recorded: 'Wat je vastlegde',
  how: 'Hoe los je het op?',
  solution: 'Oplossing',
  personalSub: 'Het komt bij Verwerken te staan.',
  teamSub: (p: { people: number }) => `${p.people} coaches kunnen het dan lezen.`,
  newRecord: (p: { time: string }) => `Hiermee maak je een nieuwe vastlegging. De tijd blijft ${p.time}.`,
  remove: 'Verwijder dit contact',
  removeAsk: 'Zeker weten? Dan is deze tekst echt weg.',
  removeYes: 'Ja, verwijderen',
  solve: 'Oplossen en opnieuw sturen',
  solved: 'Opgelost. Gaat opnieuw mee.',
  removed: 'Verwijderd',
};

export const overwritten = {
  /** What a field is called in a sentence; one that is not here is called by its own name. */
  fields: {
    phase: 'fase',
    coach: 'coach',
    mood: 'sfeer',
    approach: 'aanpak',
    topics: 'thema’s',
    talents: 'talenten',
    headcount: 'aantal',
    age_bands: 'leeftijden',
    place: 'plek',
    place_text: 'plek',
    occurred_at: 'tijd',
    note: 'tekst',
    text: 'tekst',
    basis: 'hoe je het weet',
    result: 'resultaat',
    how_are_things: 'eigen woorden',
    agreements: 'afspraken',
    obstacles: 'waar het vastloopt',
    address: 'adres',
    nickname: 'straatnaam',
    given_name: 'voornaam',
    family_name: 'achternaam',
    phone: 'telefoonnummer',
    district: 'wijk',
    title: 'taak',
    due: 'dag',
    state: 'stand',
    assignee: 'wie het doet',
    closing_summary: 'samenvatting',
  } as Record<string, string | undefined>,
  title: 'Overschreven',
  by: (p: { name: string; time: string }) => `Overschreven door ${p.name}, ${p.time}.`,
  both: (p: { field: string }) =>
    `Jullie pasten allebei de ${p.field} aan terwijl jij offline was. De laatste telt nu.`,
  now: (p: { name: string }) => `Geldt nu: ${p.name} · `,
  mine: 'Van jou · ',
  quoted: (p: { text: string }) => `“${p.text}”`,
  also: (p: { name: string }) => `Ook gewijzigd door ${p.name}`,
  noCollision: 'Geen botsing',
  stays: (p: { name: string }) =>
    `De laatste telt. De andere tekst staat eronder en gaat nooit vanzelf weg. ${p.name} ziet wat jij kiest.`,
  putBack: 'Zet terug',
  putBelow: 'Zet eronder',
  leave: 'Laat zo',
  settled: 'Gekozen. Gaat mee met de volgende sync.',
};

export const enrolment = {
  title: 'Toestel inschrijven',
  step: (p: { step: number }) => `Stap ${p.step} van 3`,
  aim: 'Richt je camera op de QR-code die je van je beheerder kreeg.',
  camera: 'Camerabeeld met zoekvak voor de QR-code',
  scan: 'Scan de QR-code',
  noCamera: 'Geen camera? Typ de code.',
  server: 'Adres van je gemeente',
  code: 'Code van 10 tekens',
  codeHint: 'De code is 10 minuten geldig.',
  ownKey: 'Je toestel maakt nu een eigen sleutel. Die verlaat je toestel nooit.',
  choose: (p: { least: number }) => `Kies een code van ${p.least} cijfers of meer`,
  repeat: 'Herhaal je code',
  choosePhrase: 'Kies een wachtzin',
  repeatPhrase: 'Herhaal je wachtzin',
  phraseHint: 'Vier woorden of meer. Alleen jij kent deze zin.',
  digitsHint: 'Geen jaartal, geen rijtje. Alleen jij kent deze code.',
  tooShort: 'Deze code is te kort.',
  tooEasy: 'Kies een minder makkelijke code',
  differs: 'Dat was niet dezelfde. Begin opnieuw.',
  preferPhrase: 'Liever een wachtzin',
  preferDigits: 'Liever cijfers',
  busy: 'Even geduld, je sleutel wordt gemaakt.',
  welcome: 'Welkom bij Drempel',
  enrolled: (p: { municipality: string }) =>
    `Gemeente ${p.municipality} heeft je toestel ingeschreven. Jij werkt in deze ruimtes:`,
  receiving: 'Wordt opgehaald',
  team: (p: { people: number }) => (p.people === 1 ? 'Alleen jij' : `Met ${p.people} mensen`),
  withOthers: (p: { names: readonly string[] }) => `Met ${joined(p.names, 'en')}`,
  yours: 'Jouw notities',
  waiting: 'Wacht',
  busyTag: 'Bezig',
  doneTag: 'Klaar',
  hiddenNames: 'Namen zijn verborgen op je vergrendelde scherm en in de appwisselaar. Dat kun je niet uitzetten.',
  begin: 'Beginnen',
  beginHint: 'Je kunt al beginnen. Ophalen gaat door op de achtergrond.',
  expired: 'Deze code is verlopen. Vraag een nieuwe aan je beheerder.',
  confirmTitle: 'Bel je beheerder',
  confirmText: 'Je beheerder ziet dezelfde cijfers. Lees ze voor. Zijn ze gelijk, dan laat je beheerder dit toestel toe.',
  fingerprint: 'Vingerafdruk van dit toestel',
  fingerprintSpoken: (p: { groups: string }) => `Vingerafdruk: ${p.groups}`,
  confirmDiffers: 'Klopt er één cijfer niet? Zeg dat je beheerder. De uitnodiging vervalt en je krijgt een nieuwe.',
  confirmWaiting: 'Dit gaat vanzelf verder als je beheerder het toestel toelaat.',
  confirmUnreached: 'Nu geen bereik. Drempel probeert het vanzelf opnieuw.',
  confirmUntil: (p: { day: string; time: string }) => `Deze uitnodiging geldt tot ${p.day}, ${p.time}.`,
  notValid: 'Deze code klopt niet. Kijk hem na of vraag een nieuwe.',
  noConnection: 'Voor inschrijven heb je even bereik nodig.',
  notMunicipality: 'Dit adres is niet van een gemeente met Drempel. Kijk het na.',
  noScanner: 'De camera werkt nu niet. Typ de code.',
};

export const revoked = {
  title: 'Toegang ingetrokken',
  text: 'Alle gegevens zijn van dit toestel verwijderd.',
  undelivered: (p: { count: number }) =>
    p.count === 1 ? '1 vastlegging was nog niet gedeeld.' : `${p.count} vastleggingen waren nog niet gedeeld.`,
  undeliveredText: (p: { count: number }) =>
    p.count === 1
      ? 'Die staat versleuteld klaar en gaat naar de gemeente zodra er bereik is. Op dit toestel kan niemand hem lezen.'
      : 'Ze staan versleuteld klaar en gaan naar de gemeente zodra er bereik is. Op dit toestel kan niemand ze lezen.',
  wrong: 'Klopt dit niet? Bel je beheerder:',
  again: 'Opnieuw inschrijven',
};

export const settings = {
  title: 'Instellingen',
  who: (p: { function: string; municipality: string }) => `${p.function} · gemeente ${p.municipality}`,
  appearance: 'Weergave',
  light: 'Licht',
  dark: 'Donker',
  device: 'Toestel',
  textSize: 'Tekstgrootte volgt je toestel.',
  privacy: 'Privacy',
  initials: 'Initialen in lijsten',
  initialsSub: 'Tijdens een ronde altijd straatnaam of initialen',
  vibrate: 'Trillen bij opslaan',
  vibrateSub: 'Zo voel je dat het gelukt is',
  biometricSub: 'Je code blijft altijd werken',
  lockAfter: (p: { minutes: number }) => `Op slot na ${p.minutes} ${p.minutes === 1 ? 'minuut' : 'minuten'}`,
  lockAfterSub: (p: { seconds: number }) => `Op de achtergrond na ${p.seconds} seconden · korter mag`,
  lockAfterTitle: 'Op slot na',
  minutes: (p: { minutes: number }) => (p.minutes === 1 ? '1 minuut' : `${p.minutes} minuten`),
  here: 'Wat staat er op dit toestel',
  hereSub: (p: { count: number }) => `${p.count} stuks · bewaartermijnen`,
  access: 'Inzage voor een jongere',
  accessSub: 'Samen bekijken of doorsturen',
  lockNow: 'Nu op slot',
};

export const onDevice = {
  title: 'Op dit toestel',
  sub: (p: { count: number; size: string }) => `${p.count} stuks · ${p.size} · versleuteld`,
  lost: (p: { phone: string }) => `Toestel kwijt? Bel meteen ${p.phone.replaceAll(' ', '\u00a0')}.`,
  lostNoPhone: 'Toestel kwijt? Bel meteen je beheerder.',
  lostText: (p: { reading: number; purge: number }) =>
    `Zonder verbinding gaat lezen na ${days(p.reading)} op slot en is alles na ${days(p.purge)} weg.`,
  whatAndHowLong: 'Wat en hoe lang',
  kinds: {
    youths: 'Jongeren',
    street_contacts: 'Straatcontacten zonder naam',
    doorstep_talks: 'Drempelgesprekken',
    quick_notes: 'Notities',
    round_reports: 'Rondeverslagen',
  },
  terms: {
    youths: (p: { days: number }) => `${days(p.days)} na afsluiten`,
    street_contacts: (p: { days: number }) => days(p.days),
    quick_notes: (p: { days: number }) => `${days(p.days)}, tenzij verwerkt`,
    round_reports: (p: { days: number }) => `${days(p.days)}, zonder namen`,
    withYouth: 'Zolang de jongere hier staat',
  },
  municipal: 'Deze termijnen heeft jouw gemeente ingesteld. Wat nog niet bij de gemeente is, gaat hier nooit weg.',
  soon: 'Binnenkort weg',
  soonRow: {
    dossiers: (p: { count: number; days: number }) =>
      `${p.count} ${p.count === 1 ? 'dossier' : 'dossiers'} over ${days(p.days)}`,
    notes: (p: { count: number; days: number }) =>
      `${p.count} ${p.count === 1 ? 'notitie' : 'notities'} over ${days(p.days)}`,
  },
  soonSub: 'Bekijk of ze echt weg mogen',
  spaces: 'Jouw ruimtes',
  teamSub: (p: { people: number; reads: boolean }) =>
    `${p.people} mensen · ${p.reads ? 'jij leest' : 'jij leest en schrijft'}`,
  covenant: (p: { until: string }) => `Convenant · tot ${p.until}`,
  covenantOpen: 'Convenant',
  personalSub: 'Notities en wat je op slot vastlegde',
};

export const access = {
  title: (p: { name: string }) => `Inzage voor ${p.name}`,
  sub: 'Recht op inzage',
  choose: 'Inzage voor een jongere',
  all: (p: { name: string }) => `${p.name} mag alles zien wat hier over ${p.name} staat. Jij kiest niet wat erin komt.`,
  contents: 'Dit staat erin',
  contacts: 'Gesprekken en contacten',
  contactsSub: 'Ook notities die nog niet verwerkt zijn',
  measurements: 'Leefgebieden en eigen woorden',
  measurementsSub: 'Nulmeting en vervolgmetingen',
  actions: 'Afspraken, acties en budget',
  shared: 'Gedeeld met anderen',
  redacted: (p: { count: number }) =>
    p.count === 1
      ? 'De naam van 1 andere jongere wordt zwart gemaakt.'
      : `Namen van ${p.count} andere jongeren worden zwart gemaakt.`,
  formal: (p: { by: string }) =>
    `Een formeel verzoek gaat naar de privacyfunctionaris. Die controleert wie het vraagt. Antwoord uiterlijk ${p.by}.`,
  forward: 'Formeel verzoek doorsturen',
  forwarded: 'Verzoek staat klaar voor de privacyfunctionaris',
  logged: 'Dit komt in het logboek',
};
