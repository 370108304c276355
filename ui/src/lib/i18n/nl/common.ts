/** What every screen says: actions, states, statuses, names of records. */
import { joined } from '../format';

export const common = {
  app: 'Drempel',
  skip: 'Naar de inhoud',
  back: 'Terug',
  close: 'Sluiten',
  closeKeepsDraft: 'Sluiten, concept blijft bewaard',
  done: 'Klaar',
  next: 'Verder',
  cancel: 'Annuleren',
  more: 'Meer',
  search: 'Zoeken',
  settings: 'Instellingen',
  mainMenu: 'Hoofdmenu',
  mainMenuSide: 'Hoofdmenu zijkant',
  mainAction: 'Hoofdactie',
  notice: 'Melding',
  optional: 'mag leeg blijven',
  notFilledIn: 'niet ingevuld',
  none: 'Geen',
  empty: 'Leeg',
  loading: 'Wordt opgehaald',
  on: 'Aan',
  off: 'Uit',
  yes: 'Ja',
  no: 'Nee',
  names: (p: { names: readonly string[] }) => joined(p.names, 'en'),
  people: (p: { count: number }) => (p.count === 1 ? '1\u00a0mens' : `${p.count}\u00a0mensen`),
  today: 'vandaag',
  yesterday: 'gisteren',
  daysAgo: (p: { days: number }) => (p.days === 0 ? 'vandaag' : p.days === 1 ? 'gisteren' : `${p.days} dagen`),
  years: (p: { age: number }) => `${p.age} jaar`,
};

export const nav = {
  today: 'Vandaag',
  youths: 'Jongeren',
  record: 'Vastleggen',
  actions: 'Acties',
  late: (p: { count: number }) => `, ${p.count} te laat`,
  recordSplit: 'Vast\u00adleggen',
};

export const record = {
  title: 'Vastleggen',
  streetContact: 'Straatcontact',
  streetContactSplit: 'Straat\u00adcontact',
  streetContactSub: 'Wie sprak je buiten?',
  doorstepTalk: 'Drempelgesprek',
  doorstepTalkSplit: 'Drempel\u00adgesprek',
  doorstepTalkSub: 'Aan de deur of binnen',
  quickNote: 'Notitie',
  quickNoteSub: 'Snel iets onthouden',
  message: 'App of telefoon',
  messageSub: 'Contact zonder elkaar te zien',
};

export const statuses = {
  draft: 'Concept bewaard op dit toestel',
  on_device: 'Op dit toestel',
  on_device_late: 'Langer dan een dag op dit toestel',
  under_way: 'Onderweg',
  received: 'Bij de gemeente',
  rejected: 'Niet aangenomen',
  overwritten: 'Overschreven',
};

export const draftStates = {
  saving: 'Concept bewaren',
  kept: 'Concept bewaard op dit toestel',
  keptShort: 'Concept bewaard',
  sealed: 'Concept verzegeld op dit toestel',
  nextAddress: (p: { address: string }) => ` · hierna: ${p.address}`,
};

export const saving = {
  save: 'Opslaan',
  saveTo: (p: { name: string }) => ` · ${p.name}`,
  region: 'Opslaan',
  undo: 'Ongedaan maken',
  addTo: 'Aanvullen',
  onDevice: 'Op dit toestel. Gaat naar de gemeente zodra er bereik is.',
  saved: (p: { what: string }) => `${p.what} opgeslagen`,
  undone: 'Ongedaan gemaakt',
};

export const failures = {
  storage: 'Opslaan lukte niet. Je tekst blijft hier staan. Maak ruimte vrij en probeer opnieuw.',
  storageOther: 'Opslaan lukte niet. Je tekst blijft hier staan. Probeer het zo nog eens.',
  unlockFull: 'Je toestel is vol. Maak ruimte vrij en probeer opnieuw.',
  general: 'Dat lukte niet. Probeer het zo nog eens.',
  locked: 'De app staat op slot. Je tekst blijft hier staan. Vul je code in en probeer opnieuw.',
  retry: 'Opnieuw proberen',
  notFound: 'Dit staat niet meer op dit toestel.',
  forbidden: 'Je mag hier niet (meer) schrijven. Kies een andere ruimte. Je tekst blijft staan.',
  refused: 'Dit klopt nog niet. Je tekst blijft staan.',
  noConnection: 'Er is nu geen verbinding.',
  noMessages: 'Dit toestel heeft geen berichten-app.',
  noPhone: 'Dit toestel kan niet bellen.',
  loadTitle: 'Dit scherm kon niet worden gelezen',
  loadStorage: 'Wat je hebt vastgelegd, staat er nog. Probeer het zo nog eens.',
  fields: {
    too_long: 'Deze tekst is te lang.',
    out_of_range: 'Dit aantal kan niet.',
    in_the_future: 'Deze tijd ligt in de toekomst.',
    before_2000: 'Deze datum is te lang geleden.',
    required: 'Dit moet je invullen.',
    no_number: 'Dit is geen telefoonnummer.',
    other: 'Dit kan zo niet.',
  },
};

export const bsn = {
  title: 'Staat er een burgerservicenummer in je tekst?',
  text: 'Dat mag hier niet staan. Haal het weg, of zeg dat het iets anders is.',
  remove: 'Weghalen',
  notABsn: 'Geen BSN',
};

export const audiences = {
  title: 'Wie kan dit zien?',
  intro: 'Kies nu. Later kun je alleen een kopie delen, met een reden.',
  police: 'Politiegegevens kunnen nooit in Drempel naar jouw ruimte.',
  facts: (p: { names: readonly string[] }) => `Feiten: samen met ${joined(p.names, 'en')}`,
  rest: (p: { space: string }) => `Namen en tekst: ${p.space}`,
  factsChoice: (p: { space: string }) => `Feiten samen, de rest ${p.space}`,
  factsDetail: (p: { names: readonly string[]; space: string }) =>
    `${joined(p.names, 'en')} ${p.names.length > 1 ? 'zien' : 'ziet'} tijd, plek, aantal en leeftijden. Namen, thema’s, sfeer en tekst blijven in ${p.space}.`,
  teamDetail: (p: { people: number; municipality: string }) => `${p.people} coaches van de gemeente ${p.municipality}.`,
  teamSub: (p: { people: number }) => `${p.people} coaches kunnen dit lezen`,
  teamThen: (p: { people: number }) => `${p.people} coaches kunnen dit dan lezen`,
  personalName: 'Alleen ik',
  personalDetail: 'Alleen jij ziet het, op al je toestellen.',
  locked: 'om te verwerken na ontgrendelen',
  noteName: 'Alleen jij',
  noteSub: 'tot je hem verwerkt',
};

export const basis = {
  question: 'Hoe weet je dit?',
  observed: 'Gezien',
  hearsay: 'Gehoord',
  judgement: 'Mijn indruk',
};

export const moment = {
  now: (p: { time: string }) => `Nu · ${p.time}`,
  label: (p: { text: string }) => `Tijd: ${p.text}. Wijzigen`,
  title: 'Wanneer was het?',
  nowChoice: 'Nu',
  minutesAgo: (p: { minutes: number }) => `${p.minutes} min geleden`,
  hoursAgo: (p: { hours: number }) => `${p.hours} uur geleden`,
  day: 'Dag',
  time: 'Tijd',
};

export const collections: Record<string, string> = {
  street_contact: 'Straatcontact',
  doorstep_talk: 'Drempelgesprek',
  quick_note: 'Notitie',
  round: 'Ronde gestart',
  message_contact: 'App-contact',
  phase_change: 'Fase',
  measurement: 'Meting',
  action: 'Actie',
  three_way_talk: 'Driehoeksgesprek',
  talk: 'Gesprek',
  youth: 'Jongere',
  youth_group: 'Groep',
  participation: 'Deelnemer',
  round_participant: 'Deelnemer aan een ronde',
  visit_request: 'Adres op de bezoeklijst',
  deployment_plan: 'Inzetplan',
  spot: 'Plek',
  track: 'Traject',
  goal: 'Doel',
  support_request: 'Hulpvraag',
  rule_obstacle: 'Knelpunt',
  referral: 'Doorverwijzing',
  escalation: 'Opschaling',
  contribution: 'Inbreng',
  key_person: 'Sleutelfiguur',
  accompaniment: 'Meegaan',
  budget_entry: 'Vrij budget',
  partner: 'Organisatie of project',
  partner_link: 'Plek bij een project',
  share: 'Gedeelde kopie',
  shared_extract: 'Gedeelde kopie',
  disclosure: 'Verstrekking',
  access_request: 'Inzageverzoek',
  rectification: 'Correctie',
  same_moment: 'Zelfde moment',
  overwritten: 'Overschreven waarde',
  investigation_note: 'Notitie',
};
