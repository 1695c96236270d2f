import { once } from 'node:events';
import { findInstance, type Instance } from '#main/client/instance';
import type { OtlpPage } from '#proto/bridge/otlp-export';
import type { ExportOptions } from './export-command.ts';
import { printError } from './print.ts';

const spansPerLine = 1_000;

/** Writes stored traces to stdout. Resolves with the exit code: 0 all that was asked for, 1 not all. */
export async function exportTraces({ dataDirectory, traceIds, ...search }: ExportOptions): Promise<number> {
  const instance = await findInstance(dataDirectory);
  if (instance === undefined) {
    printError(`No Sidelight runs on ${dataDirectory}: there is nothing to ask.`);
    return 1;
  }
  try {
    if (traceIds.length === 0) await exportSearch(instance, search);
    else for (const traceId of traceIds) await exportTrace(instance, traceId, search.logs);
    return 0;
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function exportSearch(instance: Instance, { query, limit, logs }: Pick<ExportOptions, 'query' | 'limit' | 'logs'>): Promise<void> {
  const parameters = new URLSearchParams({ query, limit: String(limit), logs: String(logs) });
  for await (const bytes of instance.stream(`/traces/export?${parameters.toString()}`)) await write(bytes);
}

async function exportTrace(instance: Instance, traceId: string, logs: boolean): Promise<void> {
  let cursor: string | undefined;
  do {
    const parameters = new URLSearchParams({
      logs: String(logs),
      limit: String(spansPerLine),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const { nextCursor, ...data } = (await instance.ask(`/traces/${traceId}/otlp?${parameters.toString()}`)) as OtlpPage;
    if ((data.resourceSpans ?? data.resourceLogs ?? []).length > 0) await write(`${JSON.stringify(data)}\n`);
    cursor = nextCursor;
  } while (cursor !== undefined);
}

/** A reader that is slower than we are is waited for. */
async function write(data: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(data)) await once(process.stdout, 'drain');
}
