import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { OtlpPage } from '#proto/bridge/otlp-export';
import type { Engine } from '#main/engine/interface';
import { answerError } from './answer.ts';
import { contractError } from './contract-error.ts';

/** Traces of one export. Whoever wants more pages through them. */
const mostTraces = 10_000;
const searchPage = 100;
const spansPerLine = 1_000;

const Parameters = z.object({
  query: z.string().max(4096).default(''),
  importId: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(mostTraces).default(100),
  logs: z.enum(['true', 'false']).default('false'),
});

/**
 * `GET /api/traces/export`: the traces that a search finds, newest first, as OTLP JSON Lines: a request of `resourceSpans` or `resourceLogs` a line. Written as it is read, so that memory does not
 * grow with it; it ends when the other side closes. Not a procedure of the contract, which has no answer without an end.
 */
export async function exportSearch(engine: Pick<Engine, 'ask'>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parameters = Parameters.safeParse(Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams));
  if (!parameters.success) {
    answerError(response, 400, z.prettifyError(parameters.error));
    return;
  }
  const { limit, logs, ...search } = parameters.data;
  const lines = exportedLines(engine, search, limit, logs === 'true');
  // A search that cannot be read is said before anything is written.
  let first: IteratorResult<string, undefined>;
  try {
    first = await lines.next();
  } catch (error) {
    const known = contractError(error);
    if (known === error || !(known instanceof Error) || !('status' in known)) throw error;
    answerError(response, known.status === 400 ? 400 : 503, known.message);
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/jsonl; charset=utf-8',
    'content-disposition': 'attachment; filename="traces.jsonl"',
  });
  await pipeline(beginningWith(first, lines), response).catch((error: unknown) => {
    // Whoever has closed has what they wanted.
    if (!isClosing(error)) throw error;
  });
}

async function* beginningWith(first: IteratorResult<string, undefined>, more: AsyncIterable<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* more;
}

function isClosing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function* exportedLines(
  engine: Pick<Engine, 'ask'>,
  search: { query: string; importId?: number | undefined },
  limit: number,
  logs: boolean,
): AsyncGenerator<string, undefined> {
  let left = limit;
  let cursor: string | undefined;
  do {
    const page = await engine.ask('searchTraces', { ...search, limit: Math.min(left, searchPage), cursor });
    for (const { traceId } of page.items) yield* traceLines(engine, traceId, logs);
    left -= page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined && left > 0);
  return undefined;
}

async function* traceLines(engine: Pick<Engine, 'ask'>, traceId: string, logs: boolean): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page: OtlpPage | undefined = await engine.ask('otlpPage', { traceId, logs, limit: spansPerLine, cursor });
    // Retention may take a trace away meanwhile.
    if (page === undefined) return;
    const { nextCursor, ...data } = page;
    if ((data.resourceSpans ?? data.resourceLogs ?? []).length > 0) yield `${JSON.stringify(data)}\n`;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
