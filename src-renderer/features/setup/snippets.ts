/** Where the receivers really listen. A protocol whose receiver is off has no address. */
export interface Endpoints {
  grpcUrl: string | undefined;
  httpUrl: string | undefined;
}

export const languages = ['python', 'node', 'java', 'go', 'dotnet', 'other'] as const;
export type Language = (typeof languages)[number];

export const shells = ['sh', 'powershell', 'dotenv'] as const;
export type Shell = (typeof shells)[number];

type Protocol = 'grpc' | 'http/protobuf';

interface Recipe {
  label: string;
  /** What the language's SDK speaks without further packages. */
  protocol: Protocol;
  /** Variables besides endpoint, protocol, name and delay. */
  extra: readonly (readonly [string, string])[];
  install: string;
  run: string;
  /** What a person would otherwise stumble over. */
  note: string;
}

export const recipes: Record<Language, Recipe> = {
  python: {
    label: 'Python FastAPI',
    protocol: 'grpc',
    extra: [
      ['OTEL_LOGS_EXPORTER', 'otlp'],
      ['OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED', 'true'],
    ],
    install: 'pip install opentelemetry-distro opentelemetry-exporter-otlp\nopentelemetry-bootstrap -a install',
    run: 'opentelemetry-instrument uvicorn main:app',
    note: 'The reloader of uvicorn starts a second process that is not instrumented: leave --reload out, or set up the SDK in main.py.',
  },
  node: {
    label: 'Node',
    protocol: 'http/protobuf',
    extra: [['OTEL_LOGS_EXPORTER', 'otlp']],
    install: 'npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node',
    run: 'node --require @opentelemetry/auto-instrumentations-node/register app.js',
    note: 'Logs are sent for pino, winston and bunyan; console.log is not.',
  },
  java: {
    label: 'Java',
    protocol: 'http/protobuf',
    extra: [],
    install: '# opentelemetry-javaagent.jar: github.com/open-telemetry/opentelemetry-java-instrumentation, Releases',
    run: 'java -javaagent:opentelemetry-javaagent.jar -jar app.jar',
    note: 'The agent sends traces and logs without a change to the program. Spring Boot, JDBC, Kafka and about a hundred others are recognised.',
  },
  go: {
    label: 'Go',
    protocol: 'grpc',
    extra: [],
    install: 'go get go.opentelemetry.io/otel/sdk \\\n  go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc',
    run: 'exporter, err := otlptracegrpc.New(ctx)\ntracing := trace.NewTracerProvider(trace.WithBatcher(exporter))\notel.SetTracerProvider(tracing)',
    note: 'The exporter reads these variables itself; http:// in the address means that it does not use TLS.',
  },
  dotnet: {
    label: '.NET',
    protocol: 'grpc',
    extra: [],
    install:
      'dotnet add package OpenTelemetry.Extensions.Hosting\ndotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol\ndotnet add package OpenTelemetry.Instrumentation.AspNetCore',
    run: 'builder.Services.AddOpenTelemetry()\n  .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation())\n  .WithLogging()\n  .UseOtlpExporter();',
    note: 'UseOtlpExporter reads these variables and sends traces and logs with one line.',
  },
  other: {
    label: 'Other',
    protocol: 'http/protobuf',
    extra: [],
    install: '',
    run: '',
    note: 'Every OpenTelemetry SDK reads these variables. Programs that have their own OTLP_ENDPOINT take the same address.',
  },
};

/** The address for a recipe: of its own protocol if that receiver is on, else of the other one, with the protocol to match. */
export const endpointFor = (language: Language, { grpcUrl, httpUrl }: Endpoints): { url: string; protocol: Protocol } | undefined => {
  const grpc = grpcUrl === undefined ? undefined : ({ url: grpcUrl, protocol: 'grpc' } as const);
  const http = httpUrl === undefined ? undefined : ({ url: httpUrl, protocol: 'http/protobuf' } as const);
  return recipes[language].protocol === 'grpc' ? (grpc ?? http) : (http ?? grpc);
};

/** Variables for a service, most important first. */
export const variablesFor = (language: Language, endpoints: Endpoints): [name: string, value: string][] => {
  const endpoint = endpointFor(language, endpoints);
  if (endpoint === undefined) return [];
  return [
    ['OTEL_SERVICE_NAME', 'my-service'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', endpoint.url],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', endpoint.protocol],
    ...recipes[language].extra.map(([name, value]): [string, string] => [name, value]),
    ['OTEL_BSP_SCHEDULE_DELAY', '500'],
    ['OTEL_BLRP_SCHEDULE_DELAY', '500'],
  ];
};

/** The variables as lines to paste. Values are addresses, numbers and plain words: none needs escaping. */
export const shellLines = (shell: Shell, variables: readonly (readonly [string, string])[]): string =>
  variables
    .map(([name, value]) => {
      if (shell === 'powershell') return `$env:${name} = "${value}"`;
      return shell === 'sh' ? `export ${name}=${value}` : `${name}=${value}`;
    })
    .join('\n');

/** Hex digits that differ from second to second and are never zero. */
const digits = (count: number, seed: number): string =>
  Array.from({ length: count }, (_, index) => (((seed + index * 7) % 15) + 1).toString(16)).join('');

/** A span by hand, to see whether anything arrives at all: `nowMs` becomes its time. */
export const curlLine = (httpUrl: string, nowMs: number): string => {
  const seed = nowMs % 9973;
  const span = {
    traceId: digits(32, seed),
    spanId: digits(16, seed),
    name: 'hello',
    kind: 1,
    startTimeUnixNano: `${nowMs}000000`,
    endTimeUnixNano: `${nowMs + 42}000000`,
  };
  const body = {
    resourceSpans: [
      { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'curl' } }] }, scopeSpans: [{ spans: [span] }] },
    ],
  };
  return `curl -i ${httpUrl}/v1/traces -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
};
