import { isNamed } from '../service-history.ts';
import { nameOf, type Rule } from './rule.ts';

/** Traces and logs are sent separately: the second kind may be a batch behind, or the first request may be only starting up. */
const minPeriodMs = 30_000;
const minRequests = 2;

const logsFix: ReadonlyMap<string, readonly [fix: string, setting: string]> = new Map([
  [
    'python',
    [
      'The logs of the standard logging module are sent with two more variables.',
      'OTEL_LOGS_EXPORTER=otlp\nOTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true',
    ],
  ],
  ['nodejs', ['Logs of pino, winston and bunyan are sent with one more variable; console.log is not.', 'OTEL_LOGS_EXPORTER=otlp']],
  ['java', ['The agent sends the logs of Logback, Log4j and java.util.logging with one more variable.', 'OTEL_LOGS_EXPORTER=otlp']],
  ['go', ['Add a logger provider with the otlploggrpc or otlploghttp exporter, and the otelslog bridge.', '']],
  [
    'dotnet',
    ['Add .WithLogging() to AddOpenTelemetry(); with automatic instrumentation one more variable does it.', 'OTEL_LOGS_EXPORTER=otlp'],
  ],
]);
const logsOtherwise = [
  'Logs are sent with one more variable where the SDK of this language has a logs exporter.',
  'OTEL_LOGS_EXPORTER=otlp',
] as const;

/** Some services only do the one, so this is never more than advice. */
export const singleSignal: Rule = (history) => {
  const { spans, logs, requests } = history;
  const hasBoth = spans > 0 && logs > 0;
  if (!isNamed(history) || hasBoth || requests < minRequests || history.lastSeenMs - history.firstSeenMs < minPeriodMs) return undefined;
  const base = { kind: 'single-signal', severity: 'advice', count: requests } as const;
  if (spans === 0) {
    const fix = 'If it should send traces, too: check that an instrumentation is loaded and that traces are not switched off.';
    return { ...base, message: `${nameOf(history)} sends logs, but no traces.`, fix, setting: 'OTEL_TRACES_EXPORTER=otlp' };
  }
  const [fix, setting] = logsFix.get(history.language) ?? logsOtherwise;
  return { ...base, message: `${nameOf(history)} sends traces, but no logs.`, fix, setting };
};
