import { ImportReport, mostCountedTraces, mostFileProblems, mostListedTraces } from '#proto/bridge/imports';
import type { FileRequest } from '../import-worker.ts';

export const noReport: ImportReport = {
  format: '',
  spans: 0,
  logs: 0,
  metrics: 0,
  traceCount: 0,
  traceIds: [],
  problems: [],
  problemCount: 0,
};

/** As it was stored; of an import that was cut short there is none. */
export function readReport(text: string): ImportReport {
  if (text === '') return noReport;
  const report = ImportReport.safeParse(JSON.parse(text));
  return report.success ? report.data : noReport;
}

/** Adds up what is read of a file. */
export class ReportCounter {
  readonly #report = structuredClone(noReport);
  readonly #traceIds = new Set<string>();

  addProblem(place: string, message: string): void {
    this.#report.problemCount += 1;
    if (this.#report.problems.length < mostFileProblems) this.#report.problems.push({ place, message });
  }

  /** `rejected`: how many of its records can never be stored. */
  addStored({ signal, format, records, traceIds }: FileRequest, rejected: number): void {
    const report = this.#report;
    if (report.format === '') report.format = format;
    if (signal === 'traces') report.spans += records - rejected;
    else if (signal === 'logs') report.logs += records - rejected;
    else report.metrics += records;
    for (const traceId of traceIds) if (this.#traceIds.size < mostCountedTraces) this.#traceIds.add(traceId);
  }

  #firstTraces(): string[] {
    const first: string[] = [];
    for (const traceId of this.#traceIds) {
      if (first.length === mostListedTraces) break;
      first.push(traceId);
    }
    return first;
  }

  get report(): ImportReport {
    const traceIds = this.#firstTraces();
    return { ...this.#report, problems: [...this.#report.problems], traceCount: this.#traceIds.size, traceIds };
  }
}
