import { failureText } from '#proto/analysis/failure-text';
import { maskAttribute } from '#proto/analysis/mask-secrets';
import type { Trace } from '#proto/analysis/trace';
import type { LogItem } from '#proto/bridge/shapes';
import type { TraceAnalysis } from '#proto/bridge/trace-analysis';
import { displayValue } from '#proto/model/display-value';
import { exceptionOf } from '#proto/model/exception';
import { plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { codeBlock } from '#proto/text/markdown';
import type { TelemetryReader } from '#main/store/interface';
import { cutText, foreignText, maskedText, placeText } from './markdown-text.ts';
import { logsOfSpan } from './root-cause.ts';

const mostPath = 10;
const mostStackLines = 30;
const mostAttributes = 30;
const mostOtherFailures = 10;
/** Failed spans whose log records are shown, from the deepest one up, and how many of each. */
const mostLoggedSpans = 5;
const mostLogs = 10;
const mostValueChars = 300;

type Cause = NonNullable<TraceAnalysis['rootCause']>;

/** Why the trace failed, and what else did; nothing where nothing failed. */
export function markdownOfFailures(reader: TelemetryReader, trace: Trace, { rootCause }: TraceAnalysis): string[] {
  if (rootCause === undefined) return [];
  const others = otherFailures(reader, trace, rootCause);
  const logs = logsOfPath(reader, trace, rootCause);
  return [
    markdownOfCause(reader, trace, rootCause),
    ...(logs === '' ? [] : [`### Logged in failed spans\n\n${codeBlock(logs)}`]),
    ...(others.length > 0 ? [`### Other failed spans\n\n${others.join('\n')}`] : []),
  ];
}

function markdownOfCause(reader: TelemetryReader, trace: Trace, { sentence, span, path, statusMessage, exception }: Cause): string {
  const attributes = reader.span(trace.summary.traceId, span.spanId)?.attributes ?? [];
  const lines = attributes
    .slice(0, mostAttributes)
    .map(({ key, value }) => `- ${foreignText(key)}: ${foreignText(maskAttribute(key, displayValue(value)), mostValueChars)}`);
  const left = attributes.length - lines.length;
  return [
    `## Root cause\n\n${foreignText(sentence, 1000)}`,
    `Span ${span.spanId}. Failing path: ${path.slice(-mostPath).map(placeText).join(' → ')}`,
    ...(statusMessage === '' ? [] : [`Status message: ${foreignText(statusMessage, 500)}`]),
    ...(exception === undefined ? [] : [codeBlock(stackText(exception))]),
    ...(lines.length > 0 ? [[...lines, ...(left > 0 ? [`- and ${plural(left, 'further attribute')}`] : [])].join('\n')] : []),
  ].join('\n\n');
}

/** The stack trace of most languages begins with type and message; where it does not, they are put in front. */
function stackText({ type, message, stacktrace }: NonNullable<Cause['exception']>): string {
  const headline = [type, message].filter(Boolean).join(': ');
  const text = stacktrace.includes(message) && stacktrace !== '' ? stacktrace : `${headline}\n${stacktrace}`;
  const lines = maskedText(text.trim())
    .split(/\r?\n/)
    .map((line) => cutText(line, mostValueChars));
  if (lines.length <= mostStackLines) return lines.join('\n');
  // The innermost frames are at the top in most languages, at the bottom in Python.
  const half = mostStackLines / 2;
  return [...lines.slice(0, half), `… ${plural(lines.length - mostStackLines, 'line')} left out …`, ...lines.slice(-half)].join('\n');
}

function otherFailures(reader: TelemetryReader, trace: Trace, { span: cause }: Cause): string[] {
  const failed: number[] = [];
  for (let span = 0; span < trace.tree.size; span += 1)
    if (trace.isError[span] === 1 && trace.spanId.at(span) !== cause.spanId) failed.push(span);
  const lines = failed.slice(0, mostOtherFailures).map((span) => {
    const spanId = trace.spanId.at(span);
    const detail = reader.span(trace.summary.traceId, spanId);
    const said = detail === undefined ? '' : failureText(detail);
    return `- ${placeText({ spanId, name: trace.name.at(span), service: trace.service.at(span) })}, span ${spanId}${said === '' ? '' : `: ${foreignText(said, mostValueChars)}`}`;
  });
  return failed.length > lines.length ? [...lines, `- and ${plural(failed.length - lines.length, 'further span')}`] : lines;
}

function logsOfPath(reader: TelemetryReader, trace: Trace, { path }: Cause): string {
  const startNs = BigInt(trace.summary.startTimeUnixNano);
  const logs = path
    .slice(-mostLoggedSpans)
    .flatMap(({ spanId }) =>
      (trace.logCount[trace.spanId.indexOf(spanId) ?? -1] ?? 0) > 0 ? logsOfSpan(reader, trace.summary.traceId, spanId, mostLogs) : [],
    );
  return logs.map((log) => logLine(log, startNs)).join('\n');
}

function logLine({ effectiveTimeUnixNano, severityText, severityNumber, serviceName, body, attributes }: LogItem, startNs: bigint): string {
  const exception = exceptionOf(attributes);
  const said = [body === undefined ? '' : displayValue(body), exception === undefined ? '' : `${exception.type}: ${exception.message}`]
    .filter(Boolean)
    .join(' | ');
  const at = formatDuration(Number(BigInt(effectiveTimeUnixNano) - startNs));
  const line = `+${at} ${severityText || `severity ${severityNumber}`} [${serviceName}] ${maskedText(said).replaceAll(/\s+/g, ' ').trim()}`;
  return cutText(line, mostValueChars);
}
