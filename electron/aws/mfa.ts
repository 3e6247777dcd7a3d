import { randomUUID } from 'node:crypto';
import type { MfaQuestion } from '../../shared/contract/connections.ts';
import { AppError } from '../../shared/errors.ts';
import type { Subscribable } from '../transport/eventStream.ts';

/** A question nobody answers is given up, so that what waits for it fails instead of hanging, ms. */
const PATIENCE = 10 * 60_000;

interface Open {
  question: MfaQuestion;
  code: Promise<string>;
  answer(code: string): void;
  giveUp(): void;
}

/**
 * Where profiles ask for the code of an MFA device. One question a profile, whoever needs the answer; a code is handed on
 * and kept nowhere. A profile whose question was dismissed does not ask again before `again`.
 */
export class MfaDesk implements Subscribable<MfaQuestion[]> {
  private readonly open = new Map<string, Open>();
  private readonly dismissed = new Set<string>();
  private readonly listeners = new Set<(questions: MfaQuestion[]) => void>();

  constructor(private readonly patience = PATIENCE) {}

  current = (): MfaQuestion[] => [...this.open.values()].map(({ question }) => question);
  onChange = (listener: (questions: MfaQuestion[]) => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The code of a device, once the user has typed it. `refused`: the last one was not right. CredentialsMissing where there is none. */
  code(profile: string, serial: string, refused = false): Promise<string> {
    const notGiven = () =>
      new AppError('CredentialsMissing', `Profile “${profile}” needs a code of the MFA device ${serial}, and none was given.`, { detail: 'Choose Retry to be asked for it again.', retryable: true, resource: serial });
    if (this.dismissed.has(profile)) return Promise.reject(notGiven());
    const asked = this.open.get(profile);
    if (asked) return asked.code;
    let answer!: (code: string) => void;
    let giveUp!: () => void;
    const code = new Promise<string>((resolve, reject) => {
      answer = resolve;
      giveUp = () => reject(notGiven());
    });
    const timer = setTimeout(() => this.dismiss(question.id), this.patience);
    timer.unref();
    const question: MfaQuestion = { id: randomUUID(), profile, serial, refused };
    this.open.set(profile, { question, code: code.finally(() => clearTimeout(timer)), answer, giveUp });
    this.tell();
    return this.open.get(profile)!.code;
  }

  /** NotFound where the question is over. */
  answer(id: string, code: string): void {
    this.close(id).answer(code);
  }

  dismiss(id: string): void {
    const { question, giveUp } = this.close(id);
    this.dismissed.add(question.profile);
    giveUp();
  }

  /** The user wants to be asked. */
  again(profile: string): void {
    this.dismissed.delete(profile);
  }

  private close(id: string): Open {
    const found = [...this.open.values()].find(({ question }) => question.id === id);
    if (!found) throw new AppError('NotFound', 'This question for an MFA code is over.', { detail: 'Choose Retry to be asked again.' });
    this.open.delete(found.question.profile);
    this.tell();
    return found;
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this.current());
  }
}
