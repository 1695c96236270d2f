import type { EngineStatus } from '#proto/bridge/shapes';
import type { HostAddresses } from './host.ts';

/** One line for the program that started us. A receiver that does not listen has the address null. */
export function readyLine({ grpcUrl = null, httpUrl = null, uiUrl, apiUrl, token }: NullableAddresses): string {
  return `${JSON.stringify({ event: 'ready', grpcUrl, httpUrl, uiUrl, apiUrl, token })}\n`;
}

type NullableAddresses = { [Name in keyof HostAddresses]: HostAddresses[Name] | null };

/** What a person needs to go on. */
export function readyWords({ grpcUrl, httpUrl, uiUrl }: HostAddresses, { version, dataDirectory }: EngineStatus): string {
  return `Sidelight ${version} is running.

  Open      ${uiUrl}
  Send to   ${grpcUrl ?? '(off)'}   OTLP/gRPC
            ${httpUrl ?? '(off)'}   OTLP/HTTP
  Kept in   ${dataDirectory}

Point a service at it:  OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl ?? grpcUrl ?? 'http://localhost:4318'}
Stop with Ctrl+C.
`;
}

/** Receivers that do not listen, each in one line. */
export function receiverProblems({ receivers }: EngineStatus): string[] {
  return receivers
    .filter(({ state }) => state !== 'listening')
    .map(({ protocol, message }) => `The OTLP/${protocol} receiver is off. ${message}`);
}
