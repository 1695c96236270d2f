import { python, startDesk, type Desk } from './desk.ts';
import { Programs } from '../program.ts';
import type { Sidelight } from '../sidelight.ts';

/** How many requests a second the API of the Python services answers, with export to Sidelight and without. */
export interface Overhead {
  /** Requests a second, one number a round. */
  exporting: number[];
  silent: number[];
}

export interface OverheadOptions {
  rounds: number;
  requestsPerRound: number;
  /** Requests under way at a time. */
  clients: number;
}

/**
 * Two desks run side by side, instrumented alike; one exports to Sidelight, the other nowhere (`OTEL_SDK_DISABLED` is not it: its spans are made and dropped, so that what
 * differs is the export alone). Rounds take turns, and which one is first, so that whatever else the machine does falls on both.
 */
export async function measureOverhead(sidelight: Sidelight, { rounds, requestsPerRound, clients }: OverheadOptions): Promise<Overhead> {
  const programs = new Programs();
  try {
    const start = (kind: string, env: Record<string, string>): Promise<Desk> =>
      startDesk(programs, { serviceName: (role) => `overhead-${kind}-${role}`, command: [python], env: () => env });
    const desks = {
      exporting: await start('exporting', { OTLP_ENDPOINT: sidelight.grpcUrl }),
      silent: await start('silent', { OTLP_ENDPOINT: sidelight.grpcUrl, EXPORT: 'off' }),
    };
    const kinds = ['exporting', 'silent'] as const;
    for (const kind of kinds) await requestsPerSecond(desks[kind].apiUrl, requestsPerRound, clients);
    const overhead: Overhead = { exporting: [], silent: [] };
    for (let round = 0; round < rounds; round++)
      for (const kind of round % 2 === 0 ? kinds : kinds.toReversed())
        overhead[kind].push(await requestsPerSecond(desks[kind].apiUrl, requestsPerRound, clients));
    await Promise.all(kinds.map((kind) => desks[kind].stop()));
    return overhead;
  } finally {
    await programs.end();
  }
}

async function requestsPerSecond(apiUrl: string, requests: number, clients: number): Promise<number> {
  let left = requests;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left-- > 0) {
        const response = await fetch(`${apiUrl}/quotes/AAPL`);
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`The API answered ${response.status}.`);
      }
    }),
  );
  return requests / ((performance.now() - started) / 1000);
}
