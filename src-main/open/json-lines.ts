import { contentOf, signals } from './json-content.ts';
import { formatOf, jaegerPayloads, parseExact, zipkinPayloads } from './json-value.ts';
import type { OnRead } from './file-chunks.ts';
import { fileLines } from './file-lines.ts';
import { mostPayloadBytes, type Payload, type Problem } from './payload.ts';
import { reasonOf, withoutMark } from './json-text.ts';

const encoder = new TextEncoder();

/**
 * The payloads of JSON Lines: a document of any format a line. Lines of OTLP (specification, "OpenTelemetry Protocol File Exporter") are taken as they stand, so that no number loses
 * digits.
 */
export async function* linePayloads(file: string, onRead: OnRead): AsyncGenerator<Payload | Problem> {
  for await (const { number, bytes } of fileLines(file, mostPayloadBytes, onRead)) {
    const place = `line ${number}`;
    if (bytes === undefined) {
      yield { place, message: `is longer than ${mostPayloadBytes / 1024 ** 2} MiB` };
      continue;
    }
    const text = withoutMark(bytes.toString('utf8')).trim();
    if (text !== '') yield* payloadsOfText(text, place);
  }
}

function* payloadsOfText(text: string, place: string): Generator<Payload | Problem> {
  let value: unknown;
  try {
    value = parseExact(text);
  } catch (error) {
    yield { place, message: `is not JSON: ${reasonOf(error)}` };
    return;
  }
  switch (formatOf(value)) {
    case 'Jaeger JSON':
      yield* jaegerPayloads(value, place);
      return;
    case 'Zipkin JSON':
      yield* zipkinPayloads(value, place);
      return;
    case 'OTLP JSON':
      for (const signal of signals) {
        const content = contentOf(value, signal);
        if (content !== undefined)
          yield { signal, contentType: 'application/json', format: 'OTLP JSON', body: encoder.encode(text), place, content };
      }
      return;
    default:
      yield { place, message: 'is JSON, but neither of OTLP (resourceSpans, resourceLogs, resourceMetrics) nor of Jaeger or Zipkin' };
  }
}
