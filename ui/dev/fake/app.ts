/** The app's life, its lock and enrolling. The code of the invented phone is 142857. */
import type { EnrolmentAnswer, FirstSync, Unlocking } from '../../src/lib/api/types';
import { CONFIGURATION, LOCKED_CONFIGURATION } from './lists';
import { Refused } from './refused';
import type { Command } from './commands';
import type { World } from './world';

const SECRET = '142857';
const WAITS = [0, 0, 0, 30, 60, 300, 900, 1800, 3600, 3600];

function enter(world: World, stage: World['stage']): void {
  world.stage = stage;
  world.tell('lock', { stage, lock: stage === 'locked' ? world.lock : null, revoked: null });
}

function tried(world: World, right: boolean): Unlocking {
  if (world.lock.wait_seconds > 0) return { outcome: 'wait', lock: world.lock };
  if (right) {
    world.lock = { ...world.lock, wrong: 0, left: 10, set_aside: 0 };
    world.stage = 'open';
    return { outcome: 'open', lock: null };
  }
  const wrong = world.lock.wrong + 1;
  world.lock = { ...world.lock, wrong, left: 10 - wrong, wait_seconds: WAITS[wrong] ?? 3600 };
  if (world.lock.wait_seconds > 0) {
    setTimeout(() => (world.lock = { ...world.lock, wait_seconds: 0 }), world.lock.wait_seconds * 1000).unref();
  }
  return { outcome: 'wrong', lock: world.lock };
}

function firstSync(state: 'busy' | 'done'): FirstSync {
  return {
    municipality: CONFIGURATION.municipality,
    spaces: [
      { id: 'team', kind: 'team', name: 'Coachteam', people: 6, with: [], state },
      {
        id: 'joint',
        kind: 'joint',
        name: 'Samen op straat',
        people: 9,
        with: ['Joris', 'Sanne'],
        state: 'done',
      },
      { id: 'own', kind: 'personal', name: 'Alleen ik', people: 1, with: [], state: 'done' },
    ],
  };
}

export const appCommands: Record<string, Command> = {
  start: (world) => ({
    stage: world.stage,
    lock: world.stage === 'locked' ? world.lock : null,
    appearance: world.appearance,
    revoked: world.stage === 'revoked' ? { undelivered: 2, administrator_phone: '053 000 00 00' } : null,
  }),
  lock_state: (world) => world.lock,
  unlock: (world, { secret }) => tried(world, secret === SECRET),
  unlock_with_biometrics: (world) => tried(world, true),
  lock: (world) => enter(world, 'locked'),
  stay_awake: () => null,
  in_sight: () => null,
  call_administrator: () => {
    throw new Refused('not_available');
  },
  configuration: (world) => ({
    ...(world.stage === 'open' ? CONFIGURATION : LOCKED_CONFIGURATION),
    settings: world.settings,
  }),
  enrolment_start: (world) => ({
    server: '',
    camera: world.scenario.camera ?? true,
    secret_chosen: false,
    least_digits: 6,
  }),
  scan_invitation: () => ({ server: 'drempel.enschede.example', code: 'K7QM2-F9TXB' }),
  prepare_enrolment: (_, { invitation }) => {
    const code = String(invitation.code).replace(/[^A-Z0-9]/g, '');
    if (invitation.server === '') throw new Refused('not_a_municipality');
    if (code.length !== 10) throw new Refused('code_not_valid');
  },
  judge_secret: (_, { secret }) => {
    const text = String(secret);
    if (text.length < 6) return 'too_short';
    return /^(\d)\1+$|^(19|20)\d\d|012345|123456|654321/.test(text) ? 'too_easy' : 'good';
  },
  enrol: (world): EnrolmentAnswer => {
    if (world.scenario.confirmed === false) {
      const expires_at = world.now + 61 * 3_600_000;
      return { state: 'awaits_confirmation', fingerprint: '5977 5878 8701 5464 8547 8018', expires_at };
    }
    world.stage = 'open';
    setTimeout(() => world.tell('first_sync', firstSync('done')), 4000).unref();
    return { state: 'enrolled', sync: firstSync('busy') };
  },
};
