import { ORPCError } from '@orpc/server';

/**
 * An error of the engine as the contract's error. Told apart by name: an error that crossed a thread has lost its class. Any other error stays what it is, and the
 * transport answers it without a word about the inside.
 */
export function contractError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { message } = error;
  switch (error.name) {
    case 'QueryError':
      return new ORPCError('BAD_QUERY', { status: 400, message, data: { position: positionOf(error), message }, cause: error });
    case 'PortTakenError':
      return new ORPCError('PORT_TAKEN', { status: 409, message, cause: error });
    case 'WrongPieceError':
      return new ORPCError('WRONG_PIECE', { status: 409, message, cause: error });
    case 'TooManyFilesError':
    case 'StoreUnavailableError':
      return unavailable(error);
    default:
      return error;
  }
}

export function unavailable(error: Error): ORPCError<'UNAVAILABLE', undefined> {
  return new ORPCError('UNAVAILABLE', { status: 503, message: error.message, cause: error });
}

function positionOf(error: Error): number {
  return 'position' in error && typeof error.position === 'number' ? error.position : 0;
}
