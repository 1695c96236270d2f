import type { EngineStatus } from '#proto/bridge/shapes';
import { readRunningFile, type RunningInstance } from '#main/base/running-file';

const answerMs = 5_000;

/** Of `fetch`. */
interface AskOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A Sidelight that has answered. */
export class Instance {
  readonly pid: number;
  readonly #apiUrl: string;
  readonly #uiUrl: string;
  readonly #token: string;

  constructor({ pid, apiUrl, uiUrl, token }: RunningInstance) {
    this.pid = pid;
    this.#apiUrl = apiUrl;
    this.#uiUrl = uiUrl;
    this.#token = token;
  }

  /** Rejects where it is gone, or says no. `target` is a path below `/api` with its query. */
  async ask(target: string, init: AskOptions = {}): Promise<unknown> {
    const response = await fetch(this.#apiUrl + target, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.#token}` },
      // A redirect could carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    if (!response.ok) throw await refusal(response, target);
    return response.json();
  }

  /** The bytes of an answer that may be long, as they come. Rejects where it says no. */
  async *stream(target: string): AsyncGenerator<Uint8Array> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const response = await fetch(this.#apiUrl + target, { headers, redirect: 'error' });
    if (!response.ok) throw await refusal(response, target);
    if (response.body !== null) yield* response.body;
  }

  async status(): Promise<EngineStatus> {
    return (await this.ask('/status')) as EngineStatus;
  }

  /** Address of a view, for a browser that has been let in; `withToken` for one that may not have been. */
  viewUrl(view: string, withToken: boolean): string {
    const url = new URL(view, this.#uiUrl);
    if (withToken) url.searchParams.set('token', this.#token);
    return url.href;
  }
}

/** In the words of the answer, where it has some. */
async function refusal(response: Response, target: string): Promise<Error> {
  const answer: unknown = await response.json().catch(() => undefined);
  const said = typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : '';
  return new Error(said === '' ? `Sidelight answered ${response.status} to ${target}.` : said);
}

/** The Sidelight that works on this data directory, or undefined: a file that a killed one has left is no Sidelight. */
export async function findInstance(dataDirectory: string): Promise<Instance | undefined> {
  const running = await readRunningFile(dataDirectory);
  if (running === undefined || !isAlive(running.pid)) return undefined;
  const instance = new Instance(running);
  try {
    await instance.status();
    return instance;
  } catch {
    // Another program has its process id or its port by now.
    return undefined;
  }
}

/** A process of another user has an id that was ours, and can't be the one. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
