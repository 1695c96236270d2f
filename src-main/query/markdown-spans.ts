import { selfTimes } from '#proto/analysis/self-time';
import type { Trace } from '#proto/analysis/trace';
import { traceOutline, type OutlineLine } from '#proto/analysis/trace-outline';
import { plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { codeBlock } from '#proto/text/markdown';
import type { TelemetryReader } from '#main/store/interface';
import { keyAttributes } from './key-attributes.ts';
import { cutText, maskedText } from './markdown-text.ts';

const mostLines = 150;
/** In a longer tree, only failed spans have attributes. */
const mostWithAttributes = 60;
/** Deeper spans are not indented further. */
const mostIndent = 24;
const mostNameChars = 120;

/** The tree of spans, a line a span or run of alike ones. */
export function markdownOfSpans(reader: TelemetryReader, trace: Trace): string {
  const selfNs = selfTimes(trace);
  const { lines, hiddenTops } = traceOutline(trace, mostLines);
  const shown = lines.reduce((sum, { count }) => sum + count, 0);
  const hasAttributes = lines.length <= mostWithAttributes;
  const block = lines.map((line) => lineOf(reader, trace, selfNs, line, hasAttributes));
  if (hiddenTops > 0) block.push(`(${plural(hiddenTops, 'span')} at the top and below not shown)`);
  const legend = 'Indented by parent: name, service, duration (self time), start after the start of the trace.';
  const left =
    shown < trace.tree.size
      ? ` The ${plural(shown, 'span')} shown are those that failed and the longest; ${plural(trace.tree.size - shown, 'span')} left out.`
      : '';
  return `## Spans\n\n${legend}${left}\n\n${codeBlock(block.join('\n'))}`;
}

function lineOf(
  reader: TelemetryReader,
  trace: Trace,
  selfNs: Float64Array,
  { span, count, hidden }: OutlineLine,
  hasAttributes: boolean,
): string {
  const depth = trace.tree.depth[span] ?? 0;
  const indent = '  '.repeat(Math.min(depth, mostIndent)) + (depth > mostIndent ? `(depth ${depth}) ` : '');
  const name = trace.name.at(span);
  const parts = [
    `${indent}${count > 1 ? `×${count} ` : ''}${oneLine(name) || '(no name)'}`,
    `[${oneLine(trace.service.at(span)) || 'no service name'}]`,
    count > 1 ? `${formatDuration(sumOf(trace.durationNs, span, count))} together` : durationText(trace, selfNs, span),
    `+${formatDuration(trace.startNs[span] ?? 0)}`,
    ...(trace.isError[span] === 1 ? [`ERROR span=${trace.spanId.at(span)}`] : []),
    ...(count > 1 || !(hasAttributes || trace.isError[span] === 1)
      ? []
      : keyAttributes(reader.span(trace.summary.traceId, trace.spanId.at(span))?.attributes ?? [], name).map(flat)),
    ...(hidden > 0 ? [`(${plural(hidden, 'span')} below not shown)`] : []),
  ];
  return parts.join(' ');
}

const durationText = ({ durationNs }: Trace, selfNs: Float64Array, span: number): string => {
  const [total, self] = [durationNs[span] ?? 0, selfNs[span] ?? 0];
  return total === self ? formatDuration(total) : `${formatDuration(total)} (self ${formatDuration(self)})`;
};

const sumOf = (values: Float64Array, from: number, count: number): number =>
  values.subarray(from, from + count).reduce((sum, ns) => sum + Math.max(0, ns), 0);

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const oneLine = (text: string): string => cutText(flat(maskedText(text)), mostNameChars);
