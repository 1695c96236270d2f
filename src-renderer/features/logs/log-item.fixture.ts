import type { LogItem } from '#proto/bridge/shapes';

/** A log record as the engine sends it, with what a test cares about. */
export const logItem = (given: Partial<LogItem>): LogItem => ({
  id: '1',
  timeUnixNano: '1',
  observedTimeUnixNano: '1',
  effectiveTimeUnixNano: '1',
  severityNumber: 9,
  severityText: '',
  attributes: [],
  droppedAttributesCount: 0,
  flags: 0,
  traceId: '',
  spanId: '',
  contextTraceId: '',
  contextSpanId: '',
  eventName: '',
  serviceName: 'api',
  resource: { attributes: [], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' },
  scope: { name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' },
  ...given,
});
