import { randomBytes } from 'node:crypto';
import type { Found } from '#main/client/start-instance';
import { receiverUrls } from '#main/client/receiver-urls';
import { childEnvironment } from './child-environment.ts';
import { consoleRecord, type Stream } from './console-record.ts';
import { countRun, runQuery, type RunCount } from './count-run.ts';
import { LineSplitter, type Line } from './line-splitter.ts';
import { LogSender } from './log-sender.ts';
import { runChild } from './run-child.ts';
import { instrument } from './zero-code.ts';

export interface RunOptions {
  command: string;
  args: readonly string[];
  /** The service's name; undefined: the user's own, else the folder's. */
  name: string | undefined;
  sidelight: Found;
  /** Takes lines about the run, for a person. */
  say: (text: string) => void;
}

/** What is still on its way when the program has ended. */
const flushMs = 3_000;

/** Runs a program so that it sends to this Sidelight, and what it prints with it. Resolves with its exit code; rejects where it can't be started. */
export async function run({ command, args, name, sidelight: { instance, started }, say }: RunOptions): Promise<number> {
  const receivers = await receiverUrls(instance);
  const folder = process.cwd();
  const { env, service, runId, resourceAttributes } = childEnvironment({
    env: process.env,
    receivers,
    name,
    folder,
    runId: randomBytes(6).toString('hex'),
    colourDepth: process.stdout.isTTY && process.stderr.isTTY ? process.stdout.getColorDepth() : undefined,
  });
  const launch = instrument(command, args, env, folder);
  say([`${service} sends to ${receivers.httpUrl}`, launch.note].filter((part) => part !== '').join('; '));
  const sender = new LogSender({ httpUrl: receivers.httpUrl, service, resourceAttributes });
  const output = new OutputRecorder(sender);
  const exitCode = await runChild(launch, folder, (stream, chunk) => output.take(stream, chunk));
  output.end();
  await sender.end(flushMs);
  const count = await countRun(instance, runId).catch(() => undefined);
  if (count === undefined) say('Sidelight does not answer any more. What had arrived is there when it runs again.');
  else say(`${summary(count, sender)}: ${instance.viewUrl(viewOf(count, runId), started || process.stderr.isTTY)}`);
  if (started) say(`Sidelight keeps running, so that you can look at it. To stop it: kill ${instance.pid}`);
  return exitCode;
}

/** The run's traces; of a program that made none, what it printed. */
function viewOf({ traces }: RunCount, runId: string): string {
  return `${traces === 0 ? '/logs' : '/traces'}?${new URLSearchParams({ q: runQuery(runId) }).toString()}`;
}

class OutputRecorder {
  readonly #sender: LogSender;
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };

  constructor(sender: LogSender) {
    this.#sender = sender;
  }

  take(stream: Stream, chunk: Buffer): void {
    for (const line of this.#splitters[stream].push(chunk)) this.#record(stream, line);
  }

  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const line of this.#splitters[stream].end()) this.#record(stream, line);
    }
  }

  #record(stream: Stream, line: Line): void {
    const record = consoleRecord(line, stream, Date.now());
    if (record !== undefined) this.#sender.add(record, line.text.length);
  }
}

function summary({ traces, errors, isMore }: RunCount, { sent, dropped }: LogSender): string {
  const parts = [`${counted(traces, 'trace')}${isMore ? ' or more' : ''}`, counted(errors, 'error'), counted(sent, 'console line')];
  if (dropped > 0) parts.push(`${counted(dropped, 'console line')} not kept, because they came too fast or Sidelight did not answer`);
  return parts.join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
