import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { GroupComparisonAnswer, OperationChange, OperationSample } from '#proto/bridge/comparison';
import { formatCount, plural } from '#proto/text/count';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { spanKindName } from '#ui/model/span-kind.ts';
import { Duration } from '#ui/widgets/Duration.tsx';
import { operationQuery } from '../operation-query.ts';
import { SideMark } from '../SideMark.tsx';
import { SignedDuration } from '../SignedDuration.tsx';
import styles from './Groups.module.css';
import { Histogram } from './Histogram.tsx';
import { sampleWords } from './RestartBar.tsx';

/** Every operation of both groups, the biggest change that is more than chance first. */
export const OperationTable = ({ comparison: { a, b, operations, operationCount } }: { comparison: GroupComparisonAnswer }) => (
  <>
    <p className={styles['samples']}>
      <SideMark side="a" /> {sampleWords(a.traceCount, a.spanCount, a.isCut)}
      <SideMark side="b" /> {sampleWords(b.traceCount, b.spanCount, b.isCut)}
    </p>
    <div className={styles['tableFrame']}>
      <table className={styles['table']} aria-label="Operations">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Operation</th>
            <th scope="col" className={styles['number']} title="Traces in which it ran, and how often in each where that is more than once">
              Traces
            </th>
            <th scope="col" className={styles['number']} title="Share of its spans that failed">
              Errors
            </th>
            <th scope="col" className={styles['number']} title="Half of the spans took no longer">
              p50
            </th>
            <th
              scope="col"
              className={styles['number']}
              title="95 % of the spans took no longer; with fewer than 20 spans there is no telling"
            >
              p95
            </th>
            <th
              scope="col"
              className={styles['number']}
              title="99 % of the spans took no longer; with fewer than 100 spans there is no telling"
            >
              p99
            </th>
            <th scope="col" className={styles['number']} title="How much more time an average trace spends in it">
              Per trace
            </th>
            <th scope="col">Durations</th>
          </tr>
        </thead>
        <tbody>
          {operations.map((operation) => (
            <OperationRow key={`${operation.kind} ${operation.service} ${operation.name}`} operation={operation} />
          ))}
        </tbody>
      </table>
      {operationCount > operations.length ? (
        <p className={styles['more']}>{plural(operationCount - operations.length, 'more operation')} with smaller changes.</p>
      ) : undefined}
    </div>
  </>
);

const OperationRow = ({ operation }: { operation: OperationChange }) => {
  const { service, name, kind, a, b, histogram } = operation;
  const changeNs = Number(b.perTraceNano) - Number(a.perTraceNano);
  return (
    <tr data-verdict={operation.latency}>
      <td>
        <Verdict operation={operation} />
      </td>
      <th scope="row" className={styles['operation']}>
        <Link to="/traces" search={{ q: operationQuery(service, name) }} className={styles['operationName']} title={inertText(name)}>
          {inertText(name).slice(0, 400).trim() || 'no name'}
        </Link>
        <span className={styles['operationOwner']}>
          <ServiceBadge name={service} /> {spanKindName(kind).toLowerCase()}
        </span>
      </th>
      <td className={styles['number']}>
        <Pair a={<TraceCount of={a} />} b={<TraceCount of={b} />} />
      </td>
      <td className={styles['number']}>
        <Pair a={<ErrorShare of={a} />} b={<ErrorShare of={b} />} />
      </td>
      <td className={styles['number']}>
        <Percentiles a={a.p50Nano} b={b.p50Nano} />
      </td>
      <td className={styles['number']}>
        <Percentiles a={a.p95Nano} b={b.p95Nano} />
      </td>
      <td className={styles['number']}>
        <Percentiles a={a.p99Nano} b={b.p99Nano} />
      </td>
      <td className={styles['number']}>
        <SignedDuration
          ns={changeNs}
          isNoise={(operation.latency === 'none' || operation.latency === 'unclear') && operation.runs === 'none'}
        />
      </td>
      <td>
        <Histogram of={histogram} />
      </td>
    </tr>
  );
};

const words: Record<OperationChange['latency'], { sign: string; label: string }> = {
  appeared: { sign: '+', label: 'new' },
  vanished: { sign: '−', label: 'gone' },
  slower: { sign: '▲', label: 'slower' },
  faster: { sign: '▼', label: 'faster' },
  none: { sign: '=', label: 'same' },
  unclear: { sign: '?', label: 'too few' },
};

const Verdict = ({ operation: { latency, errors, runs, pValue } }: { operation: OperationChange }) => {
  const { sign, label } = words[latency];
  const title =
    latency === 'unclear'
      ? 'It ran in too few traces to tell a change from chance.'
      : `Chance alone would make them differ so much ${pValue < 0.001 ? 'less than once in a thousand times' : `in ${Math.round(pValue * 1000) / 10} % of all cases`}.`;
  return (
    <span className={styles['verdict']} data-verdict={latency} title={title}>
      {runs === 'none' ? undefined : <span className={styles['oftener']}>{runs === 'more' ? '▲ more often' : '▼ less often'}</span>}
      {errors === 'none' ? undefined : <span className={styles['failing']}>{errors === 'more' ? 'fails more' : 'fails less'}</span>}
      <span>
        <span aria-hidden>{sign} </span>
        {latency === 'none' && runs !== 'none' ? 'as fast each' : label}
      </span>
    </span>
  );
};

const Pair = ({ a, b }: { a: ReactNode; b: ReactNode }) => (
  <span className={styles['pair']}>
    <span className={styles['before']}>
      <span className="visually-hidden">A </span>
      {a}
    </span>
    <span>
      <span className="visually-hidden">B </span>
      {b}
    </span>
  </span>
);

const Percentiles = ({ a, b }: { a: string | undefined; b: string | undefined }) => (
  <Pair a={a === undefined ? '–' : <Duration ns={a} />} b={b === undefined ? '–' : <Duration ns={b} />} />
);

const TraceCount = ({ of: { traceCount, spanCount } }: { of: OperationSample }) => {
  const runs = Math.round((10 * spanCount) / Math.max(1, traceCount)) / 10;
  return (
    <>
      {formatCount(traceCount)}
      {runs > 1 ? <span className={styles['runs']}> × {formatCount(runs)}</span> : undefined}
    </>
  );
};

const ErrorShare = ({ of: { errorCount, spanCount } }: { of: OperationSample }) => {
  if (errorCount === 0) return spanCount === 0 ? '–' : '0 %';
  return (
    <span className={styles['failed']} title={`${formatCount(errorCount)} of ${plural(spanCount, 'span')}`}>
      {Math.max(1, Math.round((100 * errorCount) / spanCount))} %
    </span>
  );
};
