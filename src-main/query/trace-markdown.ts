import { readTrace, type Trace } from '#proto/analysis/trace';
import type { TraceAnalysis } from '#proto/bridge/trace-analysis';
import { plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import type { TelemetryReader } from '#main/store/interface';
import { markdownOfFailures } from './markdown-failures.ts';
import { markdownOfSpans } from './markdown-spans.ts';
import { foreignText as text, placeText } from './markdown-text.ts';
import { analysisOf } from './trace-analysis.ts';

const mostServices = 20;
const mostListed = 8;

/**
 * A trace as compact Markdown, to paste into a bug report or to hand to an assistant: facts, root cause, where the time went, the tree of spans. Bounded, and says what it leaves out. Secrets are
 * masked (`mask-secrets.ts`); whatever comes from outside stands in code, so that it is neither markup nor invisible. `undefined` where no span of the trace is stored.
 */
export function traceMarkdown(reader: TelemetryReader, { traceId }: { traceId: string }): string | undefined {
  return reader.snapshot(() => {
    const columns = reader.traceColumns(traceId);
    if (columns === undefined) return undefined;
    const trace = readTrace(columns);
    const analysis = analysisOf(reader, trace);
    const sections = [
      markdownOfFacts(trace, analysis),
      ...markdownOfFailures(reader, trace, analysis),
      markdownOfTime(analysis),
      markdownOfSpans(reader, trace),
      'Written by Sidelight. What looked like a secret is masked.',
    ];
    return `${sections.join('\n\n')}\n`;
  });
}

function markdownOfFacts(trace: Trace, { summary, problems }: TraceAnalysis): string {
  const services = summary.services
    .slice(0, mostServices)
    .map(
      ({ name, spanCount, errorCount }) =>
        `${text(name)} (${plural(spanCount, 'span')}${errorCount > 0 ? `, ${plural(errorCount, 'error')}` : ''})`,
    );
  const more = summary.services.length - services.length;
  return [
    `# Trace ${text(summary.rootName)} in ${text(summary.rootService)}`,
    '',
    `- Trace id: ${summary.traceId}`,
    `- Started ${new Date(Number(BigInt(summary.startTimeUnixNano) / 1_000_000n)).toISOString()}, took ${formatDuration(summary.durationNano)}`,
    `- ${plural(trace.tree.size, 'span')}, ${plural(summary.errorCount, 'error')}, ${plural(summary.logCount, 'log record')}`,
    `- Services: ${services.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...problems.map(({ message }) => `- Note: ${text(message, 400)}`),
  ].join('\n');
}

function markdownOfTime({ criticalPath, selfTime, percentiles }: TraceAnalysis): string {
  const path = criticalPath.spans
    .slice(0, mostListed)
    .map((span) => `- ${shareText(span.share)}, ${formatDuration(span.onPathNs)}: ${placeText(span)}`);
  const onPath = criticalPath.spans.length + criticalPath.others - path.length;
  const services = selfTime.services
    .slice(0, mostListed)
    .map(({ service, selfNs, share }) => `- ${shareText(share)}, ${formatDuration(selfNs)}: ${text(service)}`);
  const standings = percentiles
    .filter(({ standing }) => standing !== '')
    .map((span) => `- ${placeText(span)}, ${formatDuration(span.durationNs)}: ${span.standing} (median ${formatDuration(span.medianNs)})`);
  return [
    '## Where the time went',
    '',
    `Critical path, ${formatDuration(criticalPath.totalNs)}:`,
    '',
    ...path,
    ...(onPath > 0 ? [`- and ${plural(onPath, 'further span')}`] : []),
    '',
    'Self time by service:',
    '',
    ...services,
    ...(standings.length > 0 ? ['', 'Against stored spans:', '', ...standings] : []),
  ].join('\n');
}

const shareText = (share: number): string => (share >= 0.995 ? '100 %' : share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`);
