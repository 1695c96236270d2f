import { type Place, portOf, type Recipe } from './recipe.ts';

const config = ({ grpcUrl }: Place): string => `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: localhost:14317

exporters:
  otlp_grpc/sidelight:
    endpoint: localhost:${portOf(grpcUrl)}
    tls:
      insecure: true

service:
  pipelines:
    traces:
      receivers: [otlp]
      exporters: [otlp_grpc/sidelight]
    logs:
      receivers: [otlp]
      exporters: [otlp_grpc/sidelight]`;

export const collector: Recipe = {
  label: 'Collector',
  steps: (place) => [
    {
      title: 'In the configuration: an exporter, and its name in the pipelines',
      code: config(place),
      note: 'In a pipeline that is there already, add otlp_grpc/sidelight to its exporters: the others go on.',
    },
    { title: 'Run it', code: 'otelcol --config config.yaml' },
  ],
  note: 'Older Collectors know this exporter as otlp: write otlp/sidelight there. The receiver has another port here, because Sidelight holds the usual one: let the services send to it. They keep their own names.',
};
