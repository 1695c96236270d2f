import { isNamed } from '../service-history.ts';
import { nameOf, type Rule } from './rule.ts';

/** Resource semantic conventions, "service.name": SDKs fill in `unknown_service`, often with the name of the executable. */
export const noServiceName: Rule = (history) => {
  if (isNamed(history)) return undefined;
  const message =
    history.service === ''
      ? 'A program sends telemetry whose resource has no service.name.'
      : `A program has no name of its own: its SDK calls it "${nameOf(history)}".`;
  return {
    kind: 'no-service-name',
    severity: 'warning',
    message,
    fix: 'Set OTEL_SERVICE_NAME where the program is started, so that its traces and logs can be told from those of others.',
    setting: 'OTEL_SERVICE_NAME=my-service',
    count: history.requests,
  };
};
