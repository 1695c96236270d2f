import { traceRequestType } from './protobuf-types.ts';

interface Request {
  resourceSpans: { resource: unknown; scopeSpans: { scope: unknown; spans: unknown[] }[] }[];
}

/** The spans of several exports of one service in one export, as the service would have sent them had it waited. */
export function mergeExports(exports: readonly Buffer[]): Buffer {
  const [first, ...others] = exports.map((payload) => traceRequestType.decode(payload));
  if (first === undefined) throw new RangeError('There is nothing to merge.');
  const scopes = scopesOf(first);
  for (const other of others) scopesOf(other).forEach(({ spans }, index) => scopes[index]?.spans.push(...spans));
  return Buffer.from(traceRequestType.encode(first).finish());
}

function scopesOf(message: unknown): Request['resourceSpans'][number]['scopeSpans'] {
  return (message as Request).resourceSpans[0]?.scopeSpans ?? [];
}
