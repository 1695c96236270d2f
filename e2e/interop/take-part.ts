import { RegistryUnreachable } from './install.ts';
import type { Participant, Run } from './participant.ts';
import { Programs } from './program.ts';
import type { Sidelight } from './sidelight.ts';

/** How one way of taking part went. `failures` say which claims do not hold, and why. */
export interface Outcome {
  participant: string;
  run: string;
  claims: number;
  failures: string[];
  seconds: number;
}

export type Attendance = { state: 'took part'; versions: string; outcomes: Outcome[] } | { state: 'skipped' | 'failed'; reason: string };

const runMs = 120_000;
const shownLines = 40;

/** Starts getting what a participant needs; resolves with why it can't take part, if so. Never rejects. */
export async function prepare(participant: Participant): Promise<Exclude<Attendance, { state: 'took part' }> | undefined> {
  const reason = participant.missing();
  if (reason !== undefined) return { state: 'skipped', reason };
  try {
    await participant.install();
    return undefined;
  } catch (error) {
    return { state: error instanceof RegistryUnreachable ? 'skipped' : 'failed', reason: messageOf(error) };
  }
}

export async function takePart(participant: Participant, run: Run, sidelight: Sidelight): Promise<Outcome> {
  const started = performance.now();
  const failures: string[] = [];
  let claims = 0;
  const programs = new Programs();
  const claim = async (what: string, test: () => unknown): Promise<void> => {
    claims++;
    try {
      await test();
    } catch (error) {
      failures.push(`${what}: ${messageOf(error)}`);
    }
  };
  try {
    await inTime(run.run({ sidelight, programs, claim }));
  } catch (error) {
    failures.push(messageOf(error));
  } finally {
    await programs.end();
  }
  if (claims === 0 && failures.length === 0) failures.push('nothing was claimed');
  if (failures.length > 0) failures.push(`its programs printed last:\n${programs.output().split('\n').slice(-shownLines).join('\n')}`);
  return { participant: participant.name, run: run.name, claims, failures, seconds: (performance.now() - started) / 1000 };
}

function inTime(work: Promise<void>): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`did not end in ${runMs / 1000} s`)), runMs);
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
