import { otlpGrpcPort, otlpHttpPort, toDataDirectory, toPort } from './flags.ts';

/** Where Sidelight is, and how to start one where none runs: the same for every command that needs one. */
export interface Place {
  dataDirectory: string;
  grpcPort: number;
  httpPort: number;
}

export const placeFlags = {
  help: { type: 'boolean', default: false },
  'data-dir': { type: 'string' },
  'grpc-port': { type: 'string', default: String(otlpGrpcPort) },
  'http-port': { type: 'string', default: String(otlpHttpPort) },
} as const;

interface PlaceValues {
  'data-dir'?: string | undefined;
  'grpc-port': string;
  'http-port': string;
}

export function toPlace(values: PlaceValues): Place {
  return {
    dataDirectory: toDataDirectory(values['data-dir']),
    grpcPort: toPort('--grpc-port', values['grpc-port']),
    httpPort: toPort('--http-port', values['http-port']),
  };
}

export const placeHelp = `  --data-dir DIR    the Sidelight that keeps its telemetry there (default: the usual place)
  --grpc-port N     ports of a Sidelight that has to be started because none
  --http-port N     runs: ${otlpGrpcPort} and ${otlpHttpPort}; 0 for any free port
  --help            print this
`;
