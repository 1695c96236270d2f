import { isProblem, type Payload, type Problem } from './payload.ts';

/** Neighbouring payloads that one request carries. More than one only of JSON Lines that hold a single list each. */
export interface Batch {
  parts: [Payload, ...Payload[]];
  body: Uint8Array;
}

const mostBytes = 8 * 1024 * 1024;
/** `{"resourceSpans":[…]}` and nothing beside it. */
const onlyList = /^\{\s*"(resource(?:Spans|Logs|Metrics))"\s*:\s*\[/;

/** Joins lines into requests of up to 8 MiB, by their text: parsing and writing them anew would cost digits of 64-bit numbers. Problems pass through in their place. */
export async function* mergeJson(parts: AsyncIterable<Payload | Problem>): AsyncGenerator<Batch | Problem> {
  let open: OpenBatch | undefined;
  for await (const part of parts) {
    if (isProblem(part)) {
      yield part;
      continue;
    }
    const list = listTextOf(part);
    if (open !== undefined && !(list !== undefined && open.takes(part))) {
      yield open.close();
      open = undefined;
    }
    if (list === undefined) yield { parts: [part], body: part.body };
    else if (open === undefined) open = new OpenBatch(part, list);
    else open.add(part, list);
  }
  if (open !== undefined) yield open.close();
}

interface ListText {
  key: string;
  /** What is between the brackets. */
  items: string;
}

/** Undefined for a payload that has to go on its own. */
function listTextOf({ contentType, body, content }: Payload): ListText | undefined {
  if (contentType !== 'application/json' || body.length > mostBytes || content.records === 0) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8').trim();
  const [start, key] = onlyList.exec(text) ?? [];
  if (start === undefined || key === undefined || !hasOneKey(text)) return undefined;
  return { key, items: text.slice(start.length).replace(/\]\s*\}$/, '') };
}

function hasOneKey(text: string): boolean {
  return Object.keys(JSON.parse(text) as object).length === 1;
}

class OpenBatch {
  readonly #parts: [Payload, ...Payload[]];
  readonly #lists: ListText[];
  #bytes: number;

  constructor(part: Payload, list: ListText) {
    this.#parts = [part];
    this.#lists = [list];
    this.#bytes = part.body.length;
  }

  takes({ signal, body }: Payload): boolean {
    return signal === this.#parts[0].signal && this.#bytes + body.length <= mostBytes;
  }

  add(part: Payload, list: ListText): void {
    this.#parts.push(part);
    this.#lists.push(list);
    this.#bytes += part.body.length;
  }

  close(): Batch {
    const [first] = this.#lists;
    const items = this.#lists.map((list) => list.items).join(',');
    return { parts: this.#parts, body: Buffer.from(`{"${first?.key ?? ''}":[${items}]}`) };
  }
}
