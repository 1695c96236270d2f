import { overGrpc, shortSpanDelay } from './environment.ts';
import type { Recipe } from './recipe.ts';

const inCode = `import (
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
)

exporter, err := otlptracegrpc.New(ctx)
if err != nil {
	log.Fatal(err)
}
provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
defer provider.Shutdown(ctx)
otel.SetTracerProvider(provider)
otel.SetTextMapPropagator(propagation.TraceContext{})

http.ListenAndServe(":8080", otelhttp.NewHandler(mux, "server"))`;

export const go: Recipe = {
  label: 'Go',
  steps: (place) => [
    {
      title: 'Add OpenTelemetry',
      code: `go get go.opentelemetry.io/otel go.opentelemetry.io/otel/sdk \\
  go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc \\
  go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp`,
    },
    { title: 'In the program', code: inCode },
    { title: 'Tell it where to send', variables: [...overGrpc(place), shortSpanDelay] },
    { title: 'Run it', code: 'go run .' },
  ],
  note: 'The exporter and the SDK read these variables themselves; http:// in the address means that no TLS is used. For calls to other services, give http.Client the transport otelhttp.NewTransport(http.DefaultTransport).',
};
