import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Import } from '#proto/bridge/imports';
import type { NewImport, StoredImport } from '#main/store/interface';
import { ImportJob, type ImportEnd, type ImportStore } from './import-job.ts';
import { noReport, readReport } from './report.ts';
import { Upload } from './upload.ts';

export interface Store extends ImportStore {
  begin(file: NewImport): Promise<number>;
  list(): Promise<StoredImport[]>;
}

/** Files that are on their way, or have come to an end that the store knows nothing of. */
interface Entry {
  name: string;
  bytes: number;
  importedMs: number;
  upload: Upload;
  job: ImportJob;
  /** Its reading, when all of it is here. */
  reading: Promise<void> | undefined;
  end: ImportEnd | undefined;
}

/** Nobody drops more files at once; a page that does hands them over one after the other. */
const mostUnderWay = 64;
/** Ended ones that are remembered, to be told to whoever asks. */
const mostEnded = 100;

/** Too many files are on their way. */
export class TooManyFilesError extends Error {
  override name = 'TooManyFilesError';
}

/** The owner of imports: takes files in, has them read one after the other, and takes them out again. */
export class Imports {
  readonly #store: Store;
  readonly #folder: string;
  readonly #entries = new Map<number, Entry>();
  #turn: Promise<void> = Promise.resolve();

  constructor(store: Store, dataDirectory: string) {
    this.#store = store;
    this.#folder = path.join(dataDirectory, 'imports');
  }

  /** Forgets what an earlier process did not finish to take in. */
  async start(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Its pieces come by `piece`. Rejects with `TooManyFilesError`. */
  async begin({ name, bytes }: { name: string; bytes: number }): Promise<Import> {
    const underWay = [...this.#entries.values()].filter(({ end }) => end === undefined).length;
    if (underWay >= mostUnderWay) throw new TooManyFilesError('Too many files are being read. Try again when some are done.');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const importedMs = Date.now();
    const id = await this.#store.begin({ name, bytes, importedNs: BigInt(importedMs) * 1_000_000n });
    const upload = new Upload(path.join(this.#folder, String(id)), bytes, () => void this.remove(id));
    const entry: Entry = {
      name,
      bytes,
      importedMs,
      upload,
      job: new ImportJob(this.#store, id, importedMs),
      reading: undefined,
      end: undefined,
    };
    this.#entries.set(id, entry);
    return toImport(id, entry, undefined);
  }

  /** `undefined` where it is not awaited. Rejects with `WrongPieceError`. */
  async piece(id: number, offset: number, bytes: Uint8Array): Promise<Import | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.reading !== undefined) return undefined;
    if (await entry.upload.write(offset, bytes)) {
      this.#turn = this.#turn.then(() => this.#read(id, entry));
      entry.reading = this.#turn;
    }
    return toImport(id, entry, undefined);
  }

  /** Newest first. */
  async list(): Promise<Import[]> {
    const stored = new Map((await this.#store.list()).map((row) => [row.id, row]));
    const ids = [...new Set([...stored.keys(), ...this.#entries.keys()])].toSorted((a, b) => b - a);
    return ids.map((id) => toImport(id, this.#entries.get(id), stored.get(id))).filter((item) => item !== undefined);
  }

  async get(id: number): Promise<Import | undefined> {
    return (await this.list()).find((item) => item.id === id);
  }

  /** Ends it where it is under way, and takes out all that came with it. False where there is none. */
  async remove(id: number): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (entry === undefined && !(await this.#store.list()).some((row) => row.id === id)) return false;
    this.#entries.delete(id);
    entry?.job.cancel();
    await entry?.reading;
    await entry?.upload.remove();
    await this.#store.remove(id);
    return true;
  }

  async stop(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { job } of entries) job.cancel();
    await this.#turn;
    for (const { upload } of entries) await upload.remove();
  }

  async #read(id: number, entry: Entry): Promise<void> {
    if (!this.#entries.has(id)) return;
    const end = await entry.job.run(entry.upload.file);
    await entry.upload.remove();
    if (end === undefined) return;
    entry.end = end;
    if (end.state !== 'complete') await this.#store.remove(id);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#entries].filter(([, { end }]) => end !== undefined);
    for (const [id] of ended.slice(0, Math.max(0, ended.length - mostEnded))) this.#entries.delete(id);
  }
}

function toImport(id: number, entry: Entry, row: StoredImport | undefined): Import;
function toImport(id: number, entry: Entry | undefined, row: StoredImport | undefined): Import | undefined;
function toImport(id: number, entry: Entry | undefined, row: StoredImport | undefined): Import | undefined {
  const stored = { storedSpans: row?.spans ?? 0, storedLogs: row?.logs ?? 0 };
  if (entry !== undefined) {
    const { name, bytes, importedMs, upload, job, reading, end } = entry;
    return {
      id,
      name,
      importedTimeUnixNano: String(BigInt(importedMs) * 1_000_000n),
      bytes,
      bytesDone: end === undefined ? (reading === undefined ? upload.bytesDone : job.bytesRead) : bytes,
      state: row?.state === 'removing' ? 'removing' : (end?.state ?? (reading === undefined ? 'uploading' : 'reading')),
      message: end?.message ?? '',
      ...(end?.sameAs === undefined ? {} : { sameAs: end.sameAs }),
      report: job.report,
      ...stored,
    };
  }
  // Of one that was cut short before anything was read there is nothing to say; the next one clears it away.
  if (row === undefined || (row.state === 'interrupted' && row.spans + row.logs === 0)) return undefined;
  const { name, bytes, importedNs, state } = row;
  return {
    id,
    name,
    importedTimeUnixNano: String(importedNs),
    bytes,
    bytesDone: bytes,
    state,
    message: state === 'interrupted' ? 'Sidelight ended while it was read: what had been read until then is here.' : '',
    report: row.report === '' ? noReport : readReport(row.report),
    ...stored,
  };
}
