import { z } from 'zod';
import { UnixNano } from '../model/time.ts';

/** Files that were opened: what was read of them is stored, told from what was received, and can be taken out again. */

/** Bytes of a piece in which a file is handed over; what carries it takes a third more, and at most a mebibyte. */
export const pieceBytes = 512 * 1024;

/** A part of a file that was not taken, in words. */
export const FileProblem = z.object({ place: z.string(), message: z.string() });
export type FileProblem = z.infer<typeof FileProblem>;

/** Of more problems than this, the first are told and the others counted. */
export const mostFileProblems = 50;
export const mostListedTraces = 20;
/** More traces of one file are not told apart. */
export const mostCountedTraces = 100_000;

/** What was said of a file when it was read. */
export const ImportReport = z.object({
  /** In words: `Jaeger JSON`. Empty while nothing is known. */
  format: z.string(),
  /** What was read of it and taken; `metrics` are counted and not stored. */
  spans: z.int(),
  logs: z.int(),
  metrics: z.int(),
  /** Distinct ones; there are more where it is `mostCountedTraces`. */
  traceCount: z.int(),
  /** The first, at most `mostListedTraces`. */
  traceIds: z.array(z.string()),
  problems: z.array(FileProblem),
  problemCount: z.int(),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const ImportState = z.enum(['uploading', 'reading', 'complete', 'duplicate', 'failed', 'interrupted', 'removing']);
export type ImportState = z.infer<typeof ImportState>;

export const Import = z.object({
  id: z.int(),
  name: z.string(),
  importedTimeUnixNano: UnixNano,
  /** Of the file; and how far it is handed over or read, whichever is under way. */
  bytes: z.int(),
  bytesDone: z.int(),
  state: ImportState,
  /** In words why it failed, or which import holds the same file. */
  message: z.string(),
  /** Of a duplicate: the import that holds the same file. */
  sameAs: z.int().optional(),
  report: ImportReport,
  /** Stored now: retention may have dropped some of what was read. */
  storedSpans: z.int(),
  storedLogs: z.int(),
});
export type Import = z.infer<typeof Import>;

/** All that is read of a file arrives at one moment: a list of what arrived then is a list of it, as `from` and `to` of a search and of the address of a list. */
export const arrivalOf = ({ importedTimeUnixNano }: Pick<Import, 'importedTimeUnixNano'>): { from: string; to: string } => ({
  from: importedTimeUnixNano,
  to: String(BigInt(importedTimeUnixNano) + 1_000_000n),
});

export const ImportList = z.object({ items: z.array(Import) });
