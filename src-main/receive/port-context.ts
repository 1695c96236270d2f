import { terminalText } from '#main/base/terminal-text';
import type { ByteBudget, ExportOutcome, ExportRequest, ReceiverOptions } from './interface.ts';
import type { Mistake } from './mistake.ts';

export type Sighting = Pick<Mistake, 'kind' | 'detail'>;

/** What gRPC and HTTP share on one port; which one it is, they need not know. */
export interface PortContext {
  ingest(request: Omit<ExportRequest, 'port'>): Promise<ExportOutcome>;
  /** Cheap, and never throws. */
  report(sighting: Sighting, userAgent: string): void;
  readonly maxPayloadBytes: number;
  readonly budget: ByteBudget;
  /** Asked of every export; `undefined` on loopback, where nobody is asked. */
  readonly token: string | undefined;
}

const maxShownChars = 256;

/** `port` is asked for when something arrives: before it listens, a receiver on any free port has none. */
export function createPortContext(
  { ingest, onMistake, maxPayloadBytes, budget }: ReceiverOptions,
  port: () => number,
  token?: string,
): PortContext {
  return {
    ingest: (request) => ingest({ ...request, port: port() }),
    report({ kind, detail }, userAgent) {
      try {
        onMistake({ kind, port: port(), userAgent: shown(userAgent), detail: shown(detail) });
      } catch (error) {
        // The listener's fault, which no client is to feel.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    },
    maxPayloadBytes,
    budget,
    token,
  };
}

/** Cut before it is escaped, because what was sent may be long, and after, because escapes are. */
function shown(text: string): string {
  const line = terminalText(text.slice(0, maxShownChars)).replace(/[\t\n]/g, ' ');
  return line.slice(0, maxShownChars).toWellFormed();
}
