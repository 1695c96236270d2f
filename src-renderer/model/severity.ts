import { type SeverityName, severityRanges } from '#proto/model/log';

/** How loud a record may be on screen: red is kept for errors, amber for warnings, everything else is grey. */
export type SeverityTone = 'error' | 'look' | 'plain' | 'quiet';

/** What a severity filter offers: short names, compared by number (logs data model, "Displaying Severity"). */
export const severityFloors = [
  { label: 'All', minSeverity: 0 },
  { label: 'DEBUG', minSeverity: 5 },
  { label: 'INFO', minSeverity: 9 },
  { label: 'WARN', minSeverity: 13 },
  { label: 'ERROR', minSeverity: 17 },
] as const;

/** The range that a severity number lies in; undefined for 0 ("unspecified") and for numbers that the standard does not know. */
export function severityRange(severityNumber: number): SeverityName | undefined {
  if (severityNumber < 1 || severityNumber > 24) return undefined;
  return severityRanges.findLast((range) => range.from <= severityNumber)?.name;
}

/** `INFO`, `INFO2`, …: the short name of one number; empty where there is none. */
export function severityShortName(severityNumber: number): string {
  const range = severityRanges.findLast((candidate) => candidate.from <= severityNumber);
  if (range === undefined || severityNumber > 24) return '';
  const step = severityNumber - range.from + 1;
  return step === 1 ? range.name : `${range.name}${step}`;
}

/** What fits a narrow column: the range, else the sender's own word, else nothing. */
export function severityMark(severityNumber: number, severityText: string): string {
  return severityRange(severityNumber) ?? severityText;
}

/** `INFO (Information)`, `INFO` where the text adds nothing, the text alone where there is no number (logs data model, "Displaying Severity"). */
export function severityLabel(severityNumber: number, severityText: string): string {
  const shortName = severityShortName(severityNumber);
  if (shortName === '') return severityText === '' ? 'No severity' : severityText;
  if (severityText === '' || severityText.toUpperCase() === shortName) return shortName;
  return `${shortName} (${severityText})`;
}

/** 17 and above is erroneous (logs data model, "Error Semantics"). */
export function severityTone(severityNumber: number): SeverityTone {
  if (severityNumber >= 17) return 'error';
  if (severityNumber >= 13) return 'look';
  return severityNumber >= 9 || severityNumber <= 0 ? 'plain' : 'quiet';
}
