import { readFile, stat } from 'node:fs/promises';
import { contentOf, signals } from './json-content.ts';
import { fileLines } from './file-lines.ts';
import { isProblem, mostPayloadBytes, UnknownFormatError, type Payload, type Problem } from './payload.ts';

const encoder = new TextEncoder();

/**
 * The payloads of a JSON file: either JSON Lines, one TracesData, LogsData or MetricsData a line (specification, "OpenTelemetry Protocol File Exporter"), or one document over any
 * number of lines. Lines are sent as they stand, so that no number loses digits. Throws `UnknownFormatError` for a document that is neither.
 */
export async function* jsonPayloads(file: string): AsyncGenerator<Payload | Problem> {
  let isFirst = true;
  for await (const { number, bytes } of fileLines(file, mostPayloadBytes)) {
    const place = `line ${number}`;
    if (bytes === undefined) {
      yield { place, message: `is longer than ${mostPayloadBytes / 1024 ** 2} MiB` };
      isFirst = false;
      continue;
    }
    const text = withoutMark(bytes.toString('utf8')).trim();
    if (text === '') continue;
    const parts = [...partsOf(text, place)];
    if (isFirst && parts.some(isNotJson)) {
      yield* documentPayloads(file);
      return;
    }
    isFirst = false;
    yield* parts;
  }
}

const notJson = 'is not JSON';
const isNotJson = (part: Payload | Problem): part is Problem => isProblem(part) && part.message.startsWith(notJson);

/** The first line alone is not JSON: the whole may be. */
async function* documentPayloads(file: string): AsyncGenerator<Payload | Problem> {
  const { size } = await stat(file);
  if (size > mostPayloadBytes)
    throw new UnknownFormatError(`its first line is not JSON, and as one document it is longer than ${mostPayloadBytes / 1024 ** 2} MiB`);
  const parts = [...partsOf(withoutMark(await readFile(file, 'utf8')), 'document')];
  const [first] = parts;
  if (first !== undefined && isNotJson(first)) throw new UnknownFormatError(`it ${first.message}`);
  yield* parts;
}

/** A payload for each signal of the text; a problem where there is none. */
function* partsOf(text: string, place: string): Generator<Payload | Problem> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    yield { place, message: `${notJson}: ${error instanceof Error ? error.message.slice(0, 200) : ''}` };
    return;
  }
  let found = false;
  for (const signal of signals) {
    const content = contentOf(data, signal);
    if (content === undefined) continue;
    found = true;
    yield { signal, contentType: 'application/json', body: encoder.encode(text), place, content };
  }
  if (!found) yield { place, message: 'is JSON, but has no resourceSpans, resourceLogs or resourceMetrics' };
}

/** Some editors on Windows begin a file with a byte order mark. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
