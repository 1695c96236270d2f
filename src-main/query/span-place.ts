import type { Trace } from '#proto/analysis/trace';
import type { SpanPlace } from '#proto/bridge/trace-analysis';

export const placeOf = (trace: Trace, span: number): SpanPlace => ({
  spanId: trace.spanId.at(span),
  name: trace.name.at(span),
  service: trace.service.at(span),
});
