/** One invented coach's week: what is on the device, how the connection is, and what is asked of it. */
import type {
  ActionRow,
  Appearance,
  DraftRow,
  Events,
  FailureCode,
  FirstSync,
  LockState,
  MunicipalSettings,
  RoundNow,
  Stage,
  SyncStatus,
  TimelineItem,
  Visit,
  WaitingNote,
} from '../../src/lib/api/types';
import { CONFIGURATION } from './lists';
import { Refused } from './refused';
import { people, type Person } from './people';

export interface Scenario {
  stage?: Stage;
  /** The invented instant; without it the world runs with the real time. */
  now?: number;
  round?: 'none' | 'running' | 'started';
  empty?: boolean;
  youths?: number;
  connection?: SyncStatus['connection'];
  running?: SyncStatus['running'];
  waiting?: number;
  problems?: boolean;
  lock?: Partial<LockState>;
  leaseDays?: number;
  theme?: Record<string, string>;
  /** What this municipality set otherwise. */
  settings?: Partial<MunicipalSettings>;
  /** Commands that refuse, each with its code. */
  fail?: Record<string, FailureCode>;
  names?: 'full' | 'short';
  camera?: boolean;
  /** Whether the device has apps for messages and for calls. */
  apps?: boolean;
  /** Whether the administrator let a device with a printed invitation in; without it there is none to wait for. */
  confirmed?: boolean;
  was_there?: boolean;
}

export interface SavedForm {
  form: DraftRow['form'];
  draft: string;
  content: unknown;
  undo: () => void;
}

type Hear = (name: keyof Events, payload: unknown) => void;

const ALLOWED_LOCKED = new Set([
  'start',
  'lock_state',
  'unlock',
  'unlock_with_biometrics',
  'lock',
  'stay_awake',
  'call_administrator',
  'configuration',
  'keep_draft',
  'drop_draft',
  'without_bsn',
  'open_street_contact',
  'record_street_contact',
  'open_doorstep_talk',
  'record_doorstep_talk',
  'open_quick_note',
  'record_quick_note',
  'sync_status',
  'sync_now',
]);
const ENROLLING = new Set([
  'start',
  'enrolment_start',
  'scan_invitation',
  'prepare_enrolment',
  'judge_secret',
  'enrol',
  'stay_awake',
]);

const MINUTE = 60_000;

export class World {
  scenario: Scenario = {};
  stage: Stage = 'open';
  lock!: LockState;
  appearance!: Appearance;
  people: Person[] = [];
  timeline: TimelineItem[] = [];
  notes: WaitingNote[] = [];
  actions: ActionRow[] = [];
  visits: Visit[] = [];
  round: RoundNow | null = null;
  drafts = new Map<string, DraftRow & { content: unknown }>();
  saved = new Map<string, SavedForm>();
  sync!: SyncStatus;
  problem = false;
  overwritten = false;
  shortNames = false;
  idleMinutes = 5;
  firstSync: FirstSync | null = null;
  #hearers = new Set<Hear>();
  #count = 0;

  constructor(scenario: Scenario) {
    this.reset(scenario);
  }

  get now(): number {
    return this.scenario.now ?? Date.now();
  }

  /** The municipality's terms and thresholds. */
  get settings(): MunicipalSettings {
    return { ...CONFIGURATION.settings, ...this.scenario.settings };
  }

  get locked(): boolean {
    return this.stage !== 'open';
  }

  get namesShort(): boolean {
    return this.shortNames || this.round !== null;
  }

  id(kind: string): string {
    return `${kind}-${String(++this.#count)}`;
  }

  hear(act: Hear): () => void {
    this.#hearers.add(act);
    return () => this.#hearers.delete(act);
  }

  tell<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    this.#hearers.forEach((act) => act(name, payload));
  }

  changed(...collections: string[]): void {
    this.tell('changed', { collections });
  }

  /** Refuses what may not be asked now, and what the scenario wants refused. */
  check(command: string): void {
    const planned = this.scenario.fail?.[command];
    if (planned !== undefined) throw new Refused(planned);
    const allowed =
      this.stage === 'open' || (this.stage === 'locked' ? ALLOWED_LOCKED.has(command) : ENROLLING.has(command));
    if (!allowed) throw new Refused('locked');
  }

  shownName(person: Person): string {
    if (!this.namesShort) return person.shown;
    return person.nickname ?? [...person.initials].map((letter) => `${letter}.`).join('');
  }

  reset(scenario: Scenario): void {
    this.scenario = scenario;
    this.#count = 0;
    this.stage = scenario.stage ?? 'open';
    this.shortNames = scenario.names === 'short';
    this.idleMinutes = this.settings.idle_minutes;
    this.appearance = { theme: 'device', tokens: scenario.theme ?? {}, vibrate: true };
    this.drafts = new Map();
    this.saved = new Map();
    const days = scenario.leaseDays ?? 0;
    const lease = {
      days_without_contact: days,
      reading_ends_in_days: days >= 5 && days < 7 ? 7 - days : null,
      last_contact: this.now - days * 86_400_000 - 169 * MINUTE,
    };
    this.lock = {
      reason: days >= 7 ? 'lease' : 'secret',
      secret: 'digits',
      least_digits: 6,
      biometric: true,
      wrong: 0,
      left: 10,
      warn_from_left: 3,
      wait_seconds: 0,
      set_aside: 0,
      lease,
      administrator_phone: '053 000 00 00',
      ...scenario.lock,
    };
    this.people = scenario.empty && scenario.youths === undefined ? [] : people(scenario.youths ?? 46);
    this.problem = this.overwritten = scenario.problems ?? false;
    this.sync = {
      connection: scenario.connection ?? 'online',
      waiting: scenario.waiting ?? 0,
      late: false,
      running: scenario.running ?? null,
      last_sync: lease.last_contact,
      lease,
      problems: this.problem ? 1 : 0,
      overwritten: this.overwritten ? 1 : 0,
    };
    this.#seed(scenario);
  }

  #seed(scenario: Scenario): void {
    const at = (minutes: number) => this.now - minutes * MINUTE;
    const started = scenario.round === 'started' ? this.now - 20_000 : at(134);
    this.round =
      scenario.round === undefined || scenario.round === 'none'
        ? null
        : {
            id: 'round-1',
            district: 'Wesselerbrink',
            started,
            with: ['Joris'],
            recorded: scenario.round === 'started' ? 0 : 5,
            visits: { done: scenario.round === 'started' ? 0 : 1, total: 5 },
            plan: { title: 'Skatebaan en speelveld', detail: 'Kanslocaties · 20:30 tot 22:00' },
          };
    const item = (part: Partial<TimelineItem> & Pick<TimelineItem, 'id' | 'collection' | 'at'>): TimelineItem => ({
      place: null,
      names: [],
      others: 0,
      approach: null,
      mood: null,
      opened_by: null,
      result: null,
      text: null,
      status: 'on_device',
      late: false,
      ...part,
    });
    const roundItem = item({
      id: 'round-1',
      collection: 'round',
      at: started,
      place: 'Wesselerbrink',
      names: ['Joris (Leerplicht)'],
      status: 'received',
    });
    this.timeline =
      scenario.round === 'running'
        ? [
            item({
              id: 'contact-1',
              collection: 'street_contact',
              at: at(10),
              place: 'Skatebaan',
              names: ['Lilo', 'T.L.'],
              others: 2,
              approach: 'preventive',
            }),
            item({
              id: 'note-1',
              collection: 'quick_note',
              at: at(37),
              place: 'Bushalte',
              text: 'Scooter zonder kenteken, groepje van 3…',
            }),
            item({
              id: 'talk-1',
              collection: 'doorstep_talk',
              at: at(53),
              place: 'Lindenhof 8',
              opened_by: 'nobody',
              result: 'card_left',
            }),
            item({
              id: 'contact-2',
              collection: 'street_contact',
              at: at(83),
              place: 'Winkelcentrum',
              others: 6,
              approach: 'corrective',
              mood: 'restless',
            }),
            roundItem,
          ]
        : scenario.round === 'started'
          ? [roundItem]
          : [];
    this.notes =
      scenario.empty || scenario.round !== 'running'
        ? []
        : [
            {
              id: 'note-1',
              at: at(37),
              place: 'Bushalte',
              text: 'Scooter zonder kenteken, groepje van 3. Eén jongen zei dat hij Bart kent van de taallessen. Vraagt naar bijbaan.',
              days_left: 14,
              while_locked: false,
            },
            {
              id: 'note-2',
              at: at(99),
              place: 'Flat',
              text: '3 jongeren van 16–17. Eén van hen wil stoppen met blowen, vroeg wie helpt.',
              days_left: 14,
              while_locked: true,
            },
            {
              id: 'note-3',
              at: at(2 * 1440 - 29),
              place: 'Twekkelerveld',
              text: 'Portiek achter de flat: veel blikjes, niemand aangetroffen. Morgen eerder lopen.',
              days_left: 12,
              while_locked: false,
            },
          ];
    this.actions = scenario.empty ? [] : this.#actions();
    this.visits = this.#visits();
  }

  day(plus: number): string {
    return new Date(this.now + plus * 86_400_000 + 3_600_000).toISOString().slice(0, 10);
  }

  #actions(): ActionRow[] {
    const row = (id: number, title: string, plus: number, part: Partial<ActionRow>): ActionRow => ({
      id: `action-${String(id)}`,
      kind: 'task',
      title,
      due: this.day(plus),
      days_late: Math.max(0, -plus),
      youth: null,
      from: null,
      assignee: null,
      to_invite: false,
      status: 'received',
      ...part,
    });
    return [
      row(1, this.namesShort ? 'Lilo appen over intake ROC' : 'Ilyas appen over intake ROC', 0, {
        kind: 'reminder',
        from: 'beloofd bij Skatebaan',
      }),
      row(2, this.namesShort ? 'Driehoeksgesprek Jay' : 'Driehoeksgesprek familie Pinas', -2, {
        kind: 'three_way_talk',
        to_invite: true,
      }),
      row(3, 'Samen bellen met ROC', 0, { kind: 'calling_together', from: 'Ilyas D. · 10:00' }),
      row(4, 'Rondeverslag Wesselerbrink delen', 0, { from: 'met Joris (Leerplicht)' }),
      row(5, 'Noor: zorgverzekering uitzoeken', 2, { from: 'hulpvraag' }),
      row(6, 'Opnieuw langs Lindenhof 12', 4, { kind: 'return_visit', from: 'Jayden P.' }),
      row(7, 'Quincy laten weten wat je deelde', 4, { kind: 'inform', from: 'nog niet verteld' }),
      row(8, 'Halfjaarmeting', 6, { from: 'Bartosz W.' }),
    ];
  }

  #visits(): Visit[] {
    if (this.round === null) return [];
    const rows: [string, string, number, string, Visit['state']][] = [
      ['Lindenhof 8', 'Mo', 15, 'absence', this.scenario.round === 'started' ? 'open' : 'visited'],
      ['Lindenhof 12', 'Jay', 16, 'absence', 'open'],
      ['Zilverhof 31', 'Quincy', 17, 'absence', 'open'],
      ['Akkerstraat 8', 'S.B.', 16, 'off_radar', 'open'],
      ['Kwartelslag 2', 'R.K.', 15, 'concern', 'open'],
    ];
    return rows.map(([address, shown, age, reason, state], index) => ({
      id: `visit-${String(index + 1)}`,
      address,
      shown,
      age_band: age < 16 ? '12-15' : '16-17',
      under_16: age < 16,
      reason,
      asked_by: 'Leerplicht',
      position: index + 1,
      total: rows.length,
      state,
      youth: null,
    }));
  }
}
