import { type Place, portOf, type Recipe, type Step } from './recipe.ts';

const dockersBridge = '172.17.0.1';

const service = ({ service: name, httpUrl }: Place, more: readonly string[] = []): string =>
  [
    'services:',
    `  ${name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-')}:`,
    '    environment:',
    `      OTEL_SERVICE_NAME: "${name}"`,
    `      OTEL_EXPORTER_OTLP_ENDPOINT: "http://host.docker.internal:${portOf(httpUrl)}"`,
    '      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf"',
    '      OTEL_BSP_SCHEDULE_DELAY: "500"',
    ...more,
  ].join('\n');

const onLinux = (place: Place): readonly Step[] => {
  const { beyondLoopback } = place;
  const [address] = beyondLoopback?.addresses ?? [];
  if (beyondLoopback === undefined || address === undefined) {
    return [
      {
        title: 'Docker Engine on Linux: let Sidelight listen on Docker’s bridge, too',
        code: `npm run serve -- --listen-address ${dockersBridge}`,
        note: 'There a container does not reach localhost of the machine. Sidelight asks for a token on that address, and this page then shows the lines with it. ip -4 addr show docker0 tells the address if it is another one.',
      },
      { title: 'Or give the container the machine’s own network', code: hostNetwork(place) },
    ];
  }
  const header = `      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20${beyondLoopback.token}"`;
  const host = ['    extra_hosts:', `      - "host.docker.internal:${address}"`];
  return [
    {
      title: `Docker Engine on Linux: through ${address}, with the token`,
      code: service(place, [header, ...host]),
      note: 'Whoever has the token can send, and nothing else. It stays the same from start to start.',
    },
    { title: 'Or give the container the machine’s own network, which needs no token', code: hostNetwork(place) },
  ];
};

const hostNetwork = (place: Place): string => service(place, ['    network_mode: host']).replace('host.docker.internal', 'localhost');

export const compose: Recipe = {
  label: 'Docker Compose',
  steps: (place) => [
    { title: 'Docker Desktop, OrbStack, Podman Desktop: in compose.yaml', code: service(place) },
    ...onLinux(place),
    { title: 'Run it', code: 'docker compose up' },
  ],
  note: 'These lines only say where to send: the program in the container needs OpenTelemetry as it does outside. See its language.',
};
