/** The payload as a whole is not OTLP: INVALID_ARGUMENT, 400. The message is for the developer of the sender and says where, by byte offset or JSON path. */
export class BadPayloadError extends Error {
  override name = 'BadPayloadError';
}
