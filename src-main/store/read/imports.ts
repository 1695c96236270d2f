import type { Database } from 'better-sqlite3';
import type { TraceSummary } from '#proto/bridge/shapes';
import type { ImportState, StoredImport } from '../interface.ts';
import { signalCode } from '../schema.ts';

interface Row {
  id: bigint;
  name: string;
  imported_ns: bigint;
  bytes: bigint;
  state: ImportState;
  report: string;
}

/** Which chunks came with which file. */
export class Imports {
  readonly #rows;
  readonly #records;
  readonly #chunks;
  #origins = new Map<number, Pick<StoredImport, 'id' | 'name' | 'importedNs'>>();
  #byChunk = new Map<number, number>();

  constructor(db: Database) {
    this.#rows = db.prepare<[], Row>('SELECT id, name, imported_ns, bytes, state, report FROM import ORDER BY id DESC').safeIntegers();
    this.#records = db.prepare<[], { import: number; signal: number; records: number }>(
      'SELECT import, signal, sum(record_count) AS records FROM chunk WHERE import > 0 GROUP BY import, signal',
    );
    this.#chunks = db.prepare<[], [number, number]>('SELECT id, import FROM chunk WHERE import > 0').raw();
  }

  /** To be called at the start of each question, inside its transaction. */
  refresh(): void {
    this.#byChunk = new Map(this.#chunks.all());
    const rows = this.#byChunk.size === 0 ? [] : this.#rows.all();
    this.#origins = new Map(rows.map(({ id, name, imported_ns: importedNs }) => [Number(id), { id: Number(id), name, importedNs }]));
  }

  /** 0 where it was received. */
  ofChunk(chunk: number | undefined): number {
    return (chunk === undefined ? undefined : this.#byChunk.get(chunk)) ?? 0;
  }

  /** Where the chunks of a trace came from, as far as it is a file; `chunks` is only called where there are files at all. */
  originsOf(chunks: () => readonly number[]): Pick<TraceSummary, 'importedFrom'> {
    if (this.#byChunk.size === 0) return {};
    const ids = new Set(chunks().map((chunk) => this.ofChunk(chunk)));
    const importedFrom = [...ids].flatMap((importId) => {
      const origin = this.#origins.get(importId);
      return origin === undefined ? [] : [{ importId, name: origin.name, importedTimeUnixNano: String(origin.importedNs) }];
    });
    return importedFrom.length === 0 ? {} : { importedFrom };
  }

  list(): StoredImport[] {
    const counts = this.#records.all();
    const count = (id: number, signal: number): number => counts.find((row) => row.import === id && row.signal === signal)?.records ?? 0;
    return this.#rows.all().map(({ imported_ns: importedNs, id: bigId, bytes, ...row }) => {
      const id = Number(bigId);
      return { ...row, id, importedNs, bytes: Number(bytes), spans: count(id, signalCode.traces), logs: count(id, signalCode.logs) };
    });
  }
}
