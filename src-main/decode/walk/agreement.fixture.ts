import type { Decoded, Encoding } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import type { Resource, Scope } from '#proto/model/resource';
import type { Span } from '#proto/model/span';
import { BadPayloadError } from '../bad-payload-error.ts';
import { decodeLogs, decodeTraces } from '../decode.ts';
import { admitLogs, admitTraces, type Admitted } from './admit.ts';
import { readLog, readSpan } from './records.ts';
import type { Walked } from './walked.ts';

interface PlacedRecord {
  resource: Resource | undefined;
  scope: Scope | undefined;
  item: Span | LogRecord;
}

/** What a request comes to, whichever way it was read: each record with its resource and scope, in order. */
export interface Outcome {
  records: PlacedRecord[];
  rejected: number;
  warnings: string[];
  refused?: string;
}

/** What the object decoder makes of a payload. */
export function decoded(signal: 'traces' | 'logs', payload: Uint8Array, encoding: Encoding = 'protobuf'): Outcome {
  return refusable(() => {
    const { groups, rejected, warnings }: Decoded<Span | LogRecord> =
      signal === 'traces' ? decodeTraces(payload, encoding) : decodeLogs(payload, encoding);
    const records = groups.flatMap(({ resource, scope, items }) => items.map((item) => ({ resource, scope, item })));
    return { records, rejected, warnings };
  });
}

/** What is admitted of a payload, read back from its pieces. */
export function admitted(signal: 'traces' | 'logs', payload: Uint8Array, encoding: Encoding = 'protobuf'): Outcome {
  return refusable(() =>
    signal === 'traces' ? outcome(admitTraces(payload, encoding), readSpan) : outcome(admitLogs(payload, encoding), readLog),
  );
}

function outcome<W extends Walked>(
  { pieces, rejected, warnings }: Admitted<W>,
  read: (walked: W, row: number) => Span | LogRecord,
): Outcome {
  return { records: pieces.flatMap((walked) => recordsOf(walked, read)), rejected, warnings };
}

function recordsOf<W extends Walked>(walked: W, read: (walked: W, row: number) => Span | LogRecord): PlacedRecord[] {
  return Array.from({ length: walked.count }, (_, row) => {
    const source = walked.sources[walked.source[row] ?? -1];
    return { resource: source?.resource, scope: source?.scope, item: read(walked, row) };
  });
}

function refusable(read: () => Outcome): Outcome {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadPayloadError) return { records: [], rejected: 0, warnings: [], refused: error.message };
    throw error;
  }
}
