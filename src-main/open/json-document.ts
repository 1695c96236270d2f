import { fileChunks, type OnRead } from './file-chunks.ts';
import { contentOf, listSignals, signals } from './json-content.ts';
import { jsonElements, type JsonElement } from './json-elements.ts';
import { reasonOf } from './json-text.ts';
import { formatOf, jaegerPayloads, parseExact, zipkinPayloads } from './json-value.ts';
import { UnknownFormatError, type Payload, type Problem } from './payload.ts';

/** One element may have: a trace of Jaeger is one. */
const mostElementBytes = 128 * 1024 * 1024;
/** Elements are joined into payloads of this size. */
const payloadBytes = 4 * 1024 * 1024;
/** Spans of Zipkin are read together as far as this, because both sides of a call have to find each other. */
const zipkinBytes = 64 * 1024 * 1024;

/** A document that begins with so many bad records is none of ours. */
const mostEarlyProblems = 1000;

const formats =
  'It has no list of resourceSpans, resourceLogs or resourceMetrics (OTLP), no data (Jaeger), and is no list of spans (Zipkin)';

/**
 * The payloads of one JSON document over any number of lines: OTLP, what Jaeger or Zipkin answer, or a list of such documents. Read list by list and element by element, so that memory
 * does not grow with the file, a bad element costs no other one, and what is cut off gives what is there. Throws `UnknownFormatError` for a document that is none of these.
 */
export async function* documentPayloads(file: string, onRead: OnRead): AsyncGenerator<Payload | Problem> {
  const reading = new DocumentReading();
  for await (const element of jsonElements(fileChunks(file, onRead), mostElementBytes)) yield* reading.take(element);
  yield* reading.end();
}

/** Neighbouring elements that are read together. */
interface Together {
  list: string;
  kind: 'OTLP JSON' | 'Zipkin JSON';
  place: string;
  elements: unknown[];
  texts: string[];
  traceIds: Set<string>;
  records: number;
  bytes: number;
}

class DocumentReading {
  #open: Together | undefined;
  #found = false;
  /** Before anything is known of the document, it may be none of ours: then it is refused as a whole. */
  #early: Problem[] = [];

  *take(element: JsonElement): Generator<Payload | Problem> {
    const { list, number, line, bytes, isCut } = element;
    if (list !== '' && list !== 'data' && !listSignals.has(list)) return;
    const place = `${list === '' ? 'record' : `${list} ${list === 'data' ? 'trace' : 'record'}`} ${number} (line ${line})`;
    if (isCut) return yield* this.#problem({ place, message: 'is cut off by the end of the file' });
    if (bytes === undefined) return yield* this.#problem({ place, message: `is longer than ${mostElementBytes / 1024 ** 2} MiB` });
    const text = bytes.toString('utf8');
    let value: unknown;
    try {
      value = parseExact(text);
    } catch (error) {
      return yield* this.#problem({ place, message: `is not JSON: ${reasonOf(error)}` });
    }
    yield* this.#takeValue(list, place, text, value);
  }

  *end(): Generator<Payload | Problem> {
    yield* this.#flush();
    if (!this.#found) this.#refuse();
    yield* this.#early;
  }

  *#takeValue(list: string, place: string, text: string, value: unknown): Generator<Payload | Problem> {
    if (listSignals.has(list)) return yield* this.#join({ list, kind: 'OTLP JSON', place, text, value });
    // An element of a list of documents; of a list of spans.
    const format = formatOf(value) ?? formatOf([value]);
    if (format === 'Jaeger JSON') {
      this.#found = true;
      yield* this.#flush();
      yield* jaegerPayloads(value, place);
    } else if (format === 'Zipkin JSON' && list === '') {
      if (Array.isArray(value)) {
        this.#found = true;
        yield* zipkinPayloads([value], place);
      } else yield* this.#join({ list, kind: 'Zipkin JSON', place, text, value });
    } else if (format === 'OTLP JSON' && list === '') {
      yield* this.#flush();
      this.#found = true;
      for (const signal of signals) yield* otlpPayload(signal, text, value, place);
    } else yield* this.#problem({ place, message: 'is none of the formats that can be read' });
  }

  *#join({
    list,
    kind,
    place,
    text,
    value,
  }: {
    list: string;
    kind: Together['kind'];
    place: string;
    text: string;
    value: unknown;
  }): Generator<Payload | Problem> {
    const most = kind === 'Zipkin JSON' ? zipkinBytes : payloadBytes;
    if (this.#open !== undefined && (this.#open.kind !== kind || this.#open.list !== list || this.#open.bytes + text.length > most))
      yield* this.#flush();
    this.#found = true;
    this.#open ??= { list, kind, place, elements: [], texts: [], traceIds: new Set(), records: 0, bytes: 0 };
    this.#open.bytes += text.length;
    if (kind === 'Zipkin JSON') this.#open.elements.push(value);
    else this.#addOtlp(this.#open, text, value);
  }

  #addOtlp({ list, texts, traceIds }: Together, text: string, value: unknown): void {
    const signal = listSignals.get(list);
    const content = signal && contentOf({ [list]: [value] }, signal);
    texts.push(text);
    if (this.#open !== undefined) this.#open.records += content?.records ?? 0;
    for (const traceId of content?.traceIds ?? []) traceIds.add(traceId);
  }

  *#flush(): Generator<Payload | Problem> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    if (open.kind === 'Zipkin JSON') yield* zipkinPayloads(open.elements, open.place);
    else {
      const signal = listSignals.get(open.list);
      const body = Buffer.from(`{"${open.list}":[${open.texts.join(',')}]}`);
      const content = { records: open.records, traceIds: [...open.traceIds] };
      if (signal !== undefined) yield { signal, contentType: 'application/json', format: 'OTLP JSON', body, place: open.place, content };
    }
  }

  *#problem(problem: Problem): Generator<Problem> {
    if (this.#found) yield problem;
    else if (this.#early.push(problem) === mostEarlyProblems) this.#refuse();
  }

  #refuse(): never {
    const [first] = this.#early;
    throw new UnknownFormatError(first === undefined ? formats : `${first.place} ${first.message}`);
  }
}

function* otlpPayload(signal: Payload['signal'], text: string, value: unknown, place: string): Generator<Payload> {
  const content = contentOf(value, signal);
  if (content !== undefined)
    yield { signal, contentType: 'application/json', format: 'OTLP JSON', body: Buffer.from(text), place, content };
}
