export type Language = 'python' | 'node' | 'java';

export const languages: readonly { id: Language; label: string }[] = [
  { id: 'python', label: 'Python' },
  { id: 'node', label: 'Node.js' },
  { id: 'java', label: 'Java' },
];

/** Commands that turn log export on, and what one has to know about it. */
export interface LogSetup {
  commands: string;
  note: string;
}

/** How a service in a language is made to export its logs to this machine. Environment variables as in the OpenTelemetry documentation of each language. */
export const logSetup = (language: Language, { grpcUrl, httpUrl }: { grpcUrl: string; httpUrl: string }): LogSetup => {
  switch (language) {
    case 'python':
      return {
        commands: [
          `export OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl}`,
          'export OTEL_LOGS_EXPORTER=otlp',
          'export OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true',
          'opentelemetry-instrument python main.py',
        ].join('\n'),
        note: 'The logging module’s records are sent, with the trace they belong to. Python’s root logger passes WARNING and above unless its level is set lower.',
      };
    case 'node':
      return {
        commands: [
          `export OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl}`,
          'export OTEL_LOGS_EXPORTER=otlp',
          'node --require @opentelemetry/auto-instrumentations-node/register main.js',
        ].join('\n'),
        note: 'Records of pino, winston and bunyan are sent. console.log is not a logger to OpenTelemetry and stays in the terminal.',
      };
    case 'java':
      return {
        commands: [
          `export OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl}`,
          'export OTEL_LOGS_EXPORTER=otlp',
          'java -javaagent:opentelemetry-javaagent.jar -jar app.jar',
        ].join('\n'),
        note: 'Records of Logback, Log4j and java.util.logging are sent. Agents from 2.0 on export logs unless they are told not to.',
      };
  }
};
