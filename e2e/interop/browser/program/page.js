/** A page on the web SDK that sends to `?endpoint=`, on another port of this machine. Its title says at the end what it has exported. */
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { ZoneContextManager } from '@opentelemetry/context-zone';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';

const endpoint = new URL(location.href).searchParams.get('endpoint');
const provider = new WebTracerProvider({
  resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'browser-page', 'service.version': '2.4.0' })),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers: { 'x-tenant': 'desk' } }))],
});
provider.register({ contextManager: new ZoneContextManager() });
registerInstrumentations({ instrumentations: [new FetchInstrumentation({ ignoreUrls: [/\/v1\/traces/] })] });

const span = trace.getTracer('page', '2.4.0').startSpan('click buy', { attributes: { 'operation.id': 'op-web-1', symbol: 'AAPL' } });
await context.with(trace.setSpan(context.active(), span), () => fetch('./quotes.json'));
span.recordException(new RangeError('no such strategy: martingale'));
span.setStatus({ code: SpanStatusCode.ERROR, message: 'no such strategy: martingale' });
span.end();
// The span of a fetch ends 300 ms later, when the browser has told its timing.
await new Promise((resolve) => setTimeout(resolve, 500));
await provider.forceFlush();
document.title = `exported ${span.spanContext().traceId}`;
