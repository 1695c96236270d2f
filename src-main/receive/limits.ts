/** Sockets on one address. A laptop's services need a few dozen; without a limit, one program could take every file descriptor. */
export const maxConnections = 512;

/** For a whole request, so that nobody holds bytes of the budget by sending one a minute. */
export const requestTimeoutMs = 60_000;
