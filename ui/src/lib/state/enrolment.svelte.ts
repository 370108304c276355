/** Enrolling in three steps: the invitation, the secret, the spaces. Nothing is fetched before the secret is chosen. */
import {
  enrolment as commands,
  CommandError,
  type Awaiting,
  type EnrolmentAnswer,
  type EnrolmentStart,
  type FirstSync,
  type Invitation,
} from '$lib/api';
import { m } from '$lib/i18n';
import { hear } from './events';
import { codeOf } from './view.svelte';

type Step = 'invitation' | 'secret' | 'confirmation' | 'spaces';

/** How often the municipality is asked whether the administrator let the device in, in milliseconds. */
const ASK_AGAIN = 4000;

export class Enrolment {
  start = $state.raw<EnrolmentStart | null>(null);
  step = $state.raw<Step>('invitation');
  invitation = $state<Invitation>({ server: '', code: '' });
  /** What is wrong with the invitation, in words. */
  fault = $state.raw<string | null>(null);
  passphrase = $state(false);
  secret = $state('');
  /** The secret as it was typed the first time, while it is repeated. */
  first = $state.raw<string | null>(null);
  secretFault = $state.raw<string | null>(null);
  busy = $state(false);
  /** What the administrator compares, while it is waited for. */
  awaiting = $state.raw<Awaiting | null>(null);
  /** Whether the municipality could not be reached when it was asked last. */
  unreached = $state(false);
  sync = $state.raw<FirstSync | null>(null);

  async open(): Promise<void> {
    this.start = await commands.start();
    this.invitation = { server: this.start.server, code: '' };
  }

  watch(): () => void {
    const deaf = hear('first_sync', (sync) => (this.sync = sync));
    const asking = setInterval(() => void this.askAgain(), ASK_AGAIN);
    return () => {
      clearInterval(asking);
      deaf();
    };
  }

  async scan(): Promise<void> {
    try {
      const scanned = await commands.scan();
      if (scanned === null) return;
      this.invitation = scanned;
      await this.prepare();
    } catch (refusal) {
      this.fault = codeOf(refusal) === 'not_available' ? m.enrolment.noScanner : faultOf(refusal);
    }
  }

  async prepare(): Promise<void> {
    await this.#busily(async () => {
      await commands.prepare($state.snapshot(this.invitation));
      this.fault = null;
      if (this.start?.secret_chosen) await this.#enrol(null);
      else this.step = 'secret';
    });
  }

  type(secret: string): void {
    this.secret = secret;
    this.secretFault = null;
  }

  usePassphrase(yes: boolean): void {
    this.passphrase = yes;
    this.#again(null);
  }

  /** Goes on with what was typed: the first time it is judged, the second time it must be the same. */
  async choose(): Promise<void> {
    const secret = this.secret;
    if (this.first === null) await this.#judge(secret);
    else if (this.first === secret) await this.#busily(() => this.#enrol(secret));
    else this.#again(m.enrolment.differs);
  }

  back(): void {
    if (this.first !== null) this.#again(null);
    else if (this.step === 'secret' || this.step === 'confirmation') this.step = 'invitation';
  }

  /** While the fingerprint is shown: whether the administrator let the device in meanwhile. */
  async askAgain(): Promise<void> {
    if (this.step !== 'confirmation' || this.busy) return;
    this.busy = true;
    try {
      const answer = await commands.enrol(null);
      if (answer.state === 'enrolled' || this.step === 'confirmation') this.#take(answer);
      this.unreached = false;
    } catch (refusal) {
      this.unreached = codeOf(refusal) === 'no_connection';
      if (!this.unreached) await this.#beginAgain(refusal);
    } finally {
      this.busy = false;
    }
  }

  async #judge(secret: string): Promise<void> {
    const verdict = await commands.judgeSecret(secret);
    if (verdict === 'good') {
      this.first = secret;
      this.secret = '';
    } else this.#again(verdict === 'too_short' ? m.enrolment.tooShort : m.enrolment.tooEasy);
  }

  #again(fault: string | null): void {
    this.first = null;
    this.secret = '';
    this.secretFault = fault;
  }

  async #enrol(secret: string | null): Promise<void> {
    this.#take(await commands.enrol(secret));
    this.#again(null);
  }

  #take(answer: EnrolmentAnswer): void {
    if (answer.state === 'enrolled') {
      this.sync = answer.sync;
      this.step = 'spaces';
    } else {
      this.awaiting = answer;
      this.step = 'confirmation';
    }
  }

  async #busily(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
    } catch (refusal) {
      await this.#beginAgain(refusal);
    } finally {
      this.busy = false;
    }
  }

  async #beginAgain(refusal: unknown): Promise<void> {
    this.fault = faultOf(refusal);
    this.#again(null);
    this.step = 'invitation';
    this.start = await commands.start();
  }
}

function faultOf(refusal: unknown): string {
  if (!(refusal instanceof CommandError)) throw refusal;
  const words: Record<string, string> = {
    code_expired: m.enrolment.expired,
    code_not_valid: m.enrolment.notValid,
    no_connection: m.enrolment.noConnection,
    not_a_municipality: m.enrolment.notMunicipality,
  };
  return words[refusal.code] ?? m.failures.general;
}
