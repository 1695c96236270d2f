import type { ExportOutcome, ExportRequest } from '#main/receive/interface';
import { terminalText } from '#main/base/terminal-text';
import type { Sighting } from './sighting.ts';

const maxReasonChars = 400;

export type SentRequest = Pick<ExportRequest, 'signal' | 'encoding' | 'protocol' | 'port' | 'userAgent'>;

/** What is wrong with a request that was OTLP as far as its transport could tell; `undefined` where nothing is, or where it was our own fault. */
export function outcomeSighting(request: SentRequest, outcome: ExportOutcome, service: string): Sighting | undefined {
  const userAgent = terminalText(request.userAgent);
  const client = terminalText(service) || userAgent;
  const base = { severity: 'error', client, setting: '' } as const;
  const key = `${request.signal} ${request.protocol} ${request.port} ${userAgent} ${service}`;
  if (outcome.kind === 'bad-data') {
    return {
      ...base,
      kind: 'bad-payload',
      key: `bad-payload ${key}`,
      message: `${client || 'A client'} sent ${request.signal} to port ${request.port} that cannot be read: ${reasonOf(outcome.message)}`,
      fix:
        request.encoding === 'json'
          ? 'Its content type says JSON. OTLP/JSON has its own rules: lowerCamelCase names, ids in hex, 64-bit numbers as strings. If it sends protobuf, its content type is application/x-protobuf.'
          : 'It says that it sends protobuf. If it sends JSON, its content type is application/json. If it is an SDK, bring it up to date.',
      count: 1,
    };
  }
  if (outcome.kind !== 'accepted' || outcome.rejected === 0) return undefined;
  return {
    ...base,
    kind: 'rejected-records',
    key: `rejected ${key}`,
    message: `Some ${request.signal} of ${client || 'a client'} could not be stored: ${reasonOf(outcome.message)}`,
    fix: 'Whatever else the request held was stored. Bring the SDK up to date; if the program writes OTLP by itself, give every record what the reason names.',
    count: outcome.rejected,
  };
}

function reasonOf(message: string): string {
  return terminalText(message.length > maxReasonChars ? `${message.slice(0, maxReasonChars)}…` : message);
}
