import type { ClientReport, DoctorReport, Finding } from '#proto/bridge/doctor';
import type { EngineStatus } from '#proto/bridge/shapes';
import { terminalText } from '#main/base/terminal-text';

/** Wide enough for most names; longer ones are cut, so that columns stay columns. */
const maxCellChars = 40;
const headings = ['SERVICE', 'CLIENT', 'PROTOCOL', 'PORT', 'TRACES', 'LOGS', 'METRICS', 'REJECTED', 'LAST SEEN'];
const severityWords = { error: 'Problem', warning: 'Warning', advice: 'Advice' } as const;

/** What the doctor has found, for a terminal: receivers, clients, findings with what mends them; and, where nothing has arrived, what to do. `nowMs` is the time now. */
export function doctorText({ clients, findings }: DoctorReport, status: EngineStatus, nowMs: number): string {
  const parts = [receiversText(status), clientsText(clients, status, nowMs), ...findings.map((finding) => findingText(finding, nowMs))];
  return `${parts.join('\n\n')}\n`;
}

function receiversText({ receivers }: EngineStatus): string {
  const lines = receivers.map(({ protocol, state, url, message }) => {
    const name = protocol === 'grpc' ? 'gRPC' : 'HTTP';
    return `  ${name}  ${state === 'listening' ? terminalText(url) : `off: ${oneLine(message)}`}`;
  });
  return ['Receivers', ...lines].join('\n');
}

function clientsText(clients: readonly ClientReport[], status: EngineStatus, nowMs: number): string {
  if (clients.length === 0) return nothingText(status);
  const cells = clients.map(({ service, userAgent, protocol, port, records, rejectedRecords, lastSeenUnixNano }) => [
    service || '(no service name)',
    userAgent || '(no user agent)',
    protocol,
    String(port),
    String(records.traces),
    String(records.logs),
    String(records.metrics),
    String(rejectedRecords),
    ago(lastSeenUnixNano, nowMs),
  ]);
  return `Clients\n${table([headings, ...cells])}`;
}

function nothingText({ receivers }: EngineStatus): string {
  const url = receivers.find(({ state }) => state === 'listening')?.url;
  const setting = url === undefined ? [] : ['', `  OTEL_EXPORTER_OTLP_ENDPOINT=${terminalText(url)}`, '  OTEL_SERVICE_NAME=my-service'];
  return [
    'Nothing has arrived since the start.',
    ...(url === undefined
      ? ['No receiver listens: free one of their ports first.']
      : ['Start a program that has an OpenTelemetry SDK with:']),
    ...setting,
  ].join('\n');
}

function findingText({ severity, message, fix, setting, count, lastSeenUnixNano }: Finding, nowMs: number): string {
  const times = count === 1 ? '' : `${count} times, `;
  const settings = setting === '' ? [] : setting.split('\n').map((line) => `    ${oneLine(line)}`);
  return [
    `${severityWords[severity]}: ${oneLine(message)} (${times}last ${ago(lastSeenUnixNano, nowMs)})`,
    `  ${oneLine(fix)}`,
    ...settings,
  ].join('\n');
}

/** Columns as wide as their longest cell; the last has no blanks behind it. */
function table(rows: readonly (readonly string[])[]): string {
  const texts = rows.map((row) => row.map((cell) => cut(oneLine(cell))));
  const widths = headings.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()).join('\n');
}

function cut(text: string): string {
  return text.length > maxCellChars ? `${text.slice(0, maxCellChars - 1)}…` : text;
}

/** Text from outside must not start a line of its own either. */
function oneLine(text: string): string {
  return terminalText(text).replace(/[\t\n]/g, ' ');
}

function ago(unixNano: string, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - Number(BigInt(unixNano) / 1_000_000n)) / 1000));
  if (seconds < 2) return 'now';
  if (seconds < 120) return `${seconds} s ago`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
}
