import type { Place, Recipe } from './recipe.ts';

const inCode = ({ service, httpUrl }: Place): string => `import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { getWebAutoInstrumentations } from '@opentelemetry/auto-instrumentations-web';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';

const exporter = new OTLPTraceExporter({ url: '${httpUrl}/v1/traces' });
const provider = new WebTracerProvider({
  resource: resourceFromAttributes({ 'service.name': '${service}' }),
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 500 })],
});
provider.register();

// Send traceparent to the backend, too, so that its spans join the page's.
const propagateTraceHeaderCorsUrls = [/localhost/];
registerInstrumentations({
  instrumentations: [
    getWebAutoInstrumentations({
      '@opentelemetry/instrumentation-fetch': { propagateTraceHeaderCorsUrls },
      '@opentelemetry/instrumentation-xml-http-request': { propagateTraceHeaderCorsUrls },
    }),
  ],
});`;

export const browser: Recipe = {
  label: 'Browser',
  steps: (place) => [
    {
      title: 'Add OpenTelemetry',
      code: `npm install @opentelemetry/sdk-trace-web @opentelemetry/resources \\
  @opentelemetry/exporter-trace-otlp-http @opentelemetry/instrumentation \\
  @opentelemetry/auto-instrumentations-web`,
    },
    { title: 'First thing in the page', code: inCode(place) },
  ],
  note: 'A browser has no environment variables, so the address stands in the code. Sidelight lets pages of localhost send (CORS), and no others: open yours under http://localhost. The backend must allow the traceparent header in its own CORS.',
};
