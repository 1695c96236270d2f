import type { ExportOutcome, ExportRequest } from './interface.ts';
import type { PortContext } from './port-context.ts';

const maxUserAgentChars = 256;
const nothingToStore: ExportOutcome = { kind: 'accepted', rejected: 0, message: '' };

/** Hands a request on. Whatever goes wrong on our side is worth another try: a client would drop the data after any other answer. */
export async function submit(context: PortContext, request: Omit<ExportRequest, 'port'>): Promise<ExportOutcome> {
  // The empty request in protobuf; in JSON it is not valid, but clients send it.
  if (request.payload.length === 0) return nothingToStore;
  try {
    return await context.ingest({ ...request, userAgent: request.userAgent.slice(0, maxUserAgentChars) });
  } catch (error) {
    return { kind: 'unavailable', message: `The request could not be stored: ${error instanceof Error ? error.message : String(error)}` };
  }
}
