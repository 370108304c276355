/** Vandaag and the round (02). */
import { joined } from '../format';

const times = (count: number) => `${count} keer`;

export const today = {
  title: 'Vandaag',
  toProcess: (p: { count: number }) => `Nog te verwerken: ${p.count} ${p.count === 1 ? 'notitie' : 'notities'}`,
  toProcessSub: 'Maak er een contact van of hang ze aan een jongere',
  drafts: (p: { count: number }) => (p.count === 1 ? 'Nog een concept' : `Nog ${p.count} concepten`),
  draftSub: (p: { time: string }) => `Concept · ${p.time} · verder invullen`,
  draftLockedSub: (p: { time: string }) => `Concept · ${p.time} · geschreven op slot`,
  toDo: 'Vandaag te doen',
  allActions: 'Alle acties',
  recordedRound: 'Vastgelegd deze ronde',
  recordedToday: 'Vastgelegd vandaag',
  times: (p: { count: number }) => times(p.count),
  emptyTitle: 'Nog niets vastgelegd vandaag',
  emptyText: 'Gebruik de knoppen hieronder. Het werkt ook zonder bereik.',
  wasThere: 'Was je erbij?',
  wasThereSub: (p: { by: string; district: string; time: string }) => `Ronde van ${p.by} · ${p.district} · ${p.time}`,
  wasThereYes: 'Ja, ik was erbij',
  daysLate: (p: { days: number }) => (p.days === 1 ? '1 dag te laat' : `${p.days} dagen te laat`),
  toInvite: 'uitnodiging nog niet weg',
  dueToday: 'Vandaag',
};

export const round = {
  ask: 'Ga je op ronde?',
  askSub: 'Dan vult Drempel plek, tijd en team vast in.',
  district: 'Wijk',
  otherDistrict: 'Andere wijk',
  withWhom: 'Met wie',
  withPartner: (p: { label: string }) => `Met ${p.label}`,
  start: 'Ronde starten',
  running: 'Ronde loopt',
  runningHidden: 'Ronde loopt: ',
  meta: (p: { duration: string; with: readonly string[] }) =>
    p.with.length === 0 ? p.duration : `${p.duration} · met ${joined(p.with, 'en')}`,
  filledIn: 'Plek, tijd en team zijn vast ingevuld.',
  showCode: 'Laat QR zien',
  showCodeSub: 'Zo doet een collega mee, ook zonder bereik',
  code: 'Code om mee te doen met deze ronde',
  more: 'Meer over deze ronde',
  summary: (p: { duration: string; with: readonly string[]; recorded: number }) =>
    `${p.duration}${p.with.length === 0 ? '' : ` · met ${joined(p.with, 'en')}`} · ${times(p.recorded)} vastgelegd`,
  visits: 'Bezoeklijst',
  visitsSub: (p: { done: number; total: number }) => `${p.done} van ${p.total} adressen gedaan`,
  visitsReady: (p: { total: number }) => `${p.total} adressen op de bezoeklijst`,
  visitsBy: 'Klaargezet door Leerplicht',
  plan: 'Inzetplan voor vanavond',
  end: 'Ronde afronden',
  endAsk: 'Zeker weten? Je maakt daarna samen het verslag.',
  goOn: 'Doorgaan',
  ended: 'Ronde afgerond',
  stillRunning: 'Loopt je ronde nog?',
};

export const timeline = {
  young: (p: { count: number }) => (p.count === 1 ? '1 jongere' : `${p.count} jongeren`),
  others: (p: { count: number }) => (p.count === 1 ? '1 ander' : `${p.count} anderen`),
  nobody: 'Niemand',
  withNames: (p: { names: readonly string[] }) => `met ${joined(p.names, 'en')}`,
};

export const syncChip = {
  offline: 'Offline',
  allReceived: 'Alles\u00a0is\u00a0bij de\u00a0gemeente',
  here: (p: { count: number }) => `${p.count}\u00a0nog\u00a0hier`,
  offlineHere: (p: { count: number }) => `Offline\u00a0· ${p.count}\u00a0nog\u00a0hier`,
  busy: (p: { sent: number; total: number }) => `Bezig: ${p.sent}\u00a0van\u00a0${p.total}`,
  problems: (p: { count: number }) => `${p.count}\u00a0${p.count === 1 ? 'vraagt' : 'vragen'} aandacht`,
  toSync: (p: { text: string }) => `${p.text}. Naar Sync`,
};
