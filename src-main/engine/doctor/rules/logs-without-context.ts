import { isNamed } from '../service-history.ts';
import { nameOf, type Rule } from './rule.ts';

/** Some lines are rightly outside of every span: what is logged while starting, by timers, by workers. Twenty after the first span, and not one inside, is a setting. */
const minLogs = 20;
const minSpans = 20;

const byLanguage: ReadonlyMap<string, readonly [fix: string, setting: string]> = new Map([
  [
    'python',
    [
      'Let the logging integration write them, and log through the standard logging module.',
      'OTEL_PYTHON_LOG_CORRELATION=true\nOTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true',
    ],
  ],
  ['nodejs', ['Load the instrumentation before pino, winston or bunyan is imported, with --require or --import.', '']],
  ['java', ['Use the agent, or the OpenTelemetry appender for Logback or Log4j inside of spans.', '']],
  ['go', ["Pass the request's context: slog.InfoContext(ctx, …) instead of slog.Info(…), with the otelslog bridge.", '']],
]);
const otherwise = ['Log while the span is active, through a logging library that OpenTelemetry instruments in this language.', ''] as const;

export const logsWithoutContext: Rule = (history) => {
  const { logsBesideSpans, logsInContext, spans } = history;
  if (!isNamed(history) || spans < minSpans || logsBesideSpans < minLogs || logsInContext > 0) return undefined;
  const [fix, setting] = byLanguage.get(history.language) ?? otherwise;
  return {
    kind: 'logs-without-trace-context',
    severity: 'advice',
    message: `${nameOf(history)} sends traces and logs, but none of its ${logsBesideSpans} log records says to which trace it belongs.`,
    fix,
    setting,
    count: logsBesideSpans,
  };
};
