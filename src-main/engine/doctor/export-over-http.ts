import { selfTestService } from '#proto/bridge/doctor';

/** Sends one OTLP/HTTP request over a socket of its own. Rejects, in words, unless it is accepted. */
export async function exportOverHttp(url: string, payload: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'user-agent': selfTestService },
    body: payload,
    signal,
  });
  const body = await response.bytes();
  // Fully accepted is the empty message: anything in it is a rejection or a warning.
  if (!response.ok || body.length > 0) throw new Error(`The receiver answered ${response.status} with ${body.length} bytes.`);
}
