import { mostCountedTraces, type Import } from '#proto/bridge/imports';
import { formatBytes, formatCount, plural } from '#proto/text/count';

/** What a file has brought: `12 spans of 3 traces, 4 log records`. */
export const contentWords = ({ report: { spans, logs, metrics, traceCount } }: Import): string =>
  [
    ...(spans > 0
      ? [`${plural(spans, 'span')} of ${plural(traceCount, 'trace')}${traceCount === mostCountedTraces ? ' or more' : ''}`]
      : []),
    ...(logs > 0 ? [plural(logs, 'log record')] : []),
    ...(metrics > 0 ? [`${plural(metrics, 'metric')}, which are not stored yet`] : []),
  ].join(', ');

/** What retention has dropped of it since; empty where all of it is there. */
export const droppedWords = ({ state, report, storedSpans, storedLogs }: Import): string => {
  if (state !== 'complete') return '';
  const dropped = report.spans + report.logs - storedSpans - storedLogs;
  return dropped > 0 ? `${formatCount(dropped)} of these records were dropped since, as the oldest of the store` : '';
};

/** How far it is: `Reading 41% of 1.2 GB`; undefined where nothing is under way. */
export const progressWords = ({ state, bytes, bytesDone }: Import): string | undefined => {
  const share = `${percent(bytesDone, bytes)}% of ${formatBytes(bytes)}`;
  if (state === 'uploading') return `Handing over ${share}`;
  if (state === 'reading') return bytesDone === 0 ? 'About to be read' : `Reading ${share}`;
  return state === 'removing' ? 'Being removed' : undefined;
};

export const percent = (done: number, of: number): number => (of === 0 ? 0 : Math.min(100, Math.floor((done / of) * 100)));
