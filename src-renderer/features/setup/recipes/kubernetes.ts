import { overGrpc, shortDelays } from './environment.ts';
import { type Place, portOf, type Recipe } from './recipe.ts';

const inPod = ({ service }: Place): string => `env:
  - name: OTEL_SERVICE_NAME
    value: "${service}"
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: "http://sidelight:4317"
  - name: OTEL_EXPORTER_OTLP_PROTOCOL
    value: "grpc"
  - name: OTEL_BSP_SCHEDULE_DELAY
    value: "500"`;

export const kubernetes: Recipe = {
  label: 'Kubernetes',
  steps: (place) => [
    {
      title: 'A service that runs here and calls into the cluster: forward what it calls',
      code: 'kubectl port-forward service/orders 8080:80',
    },
    { title: 'And let it send to this machine as ever', variables: [...overGrpc(place), ...shortDelays] },
    {
      title: 'A service that runs in the cluster: a tunnel back to this machine, with ktunnel',
      code: `ktunnel expose sidelight 4317:${portOf(place.grpcUrl)}`,
      note: 'kubectl port-forward only leads into the cluster. ktunnel makes a service named sidelight in the current namespace, for as long as it runs.',
    },
    { title: 'And in the container of that deployment', code: inPod(place) },
  ],
  note: 'Through the tunnel use gRPC: over HTTP the request names its host, and Sidelight takes only names of this machine. The tunnel ends on localhost, so no token is needed, and every pod of the cluster that finds the service can send: a cluster of your own, then.',
};
