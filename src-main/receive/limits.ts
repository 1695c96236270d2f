/** Sockets on one address. A laptop's services need a few dozen; without a limit, one program could take every file descriptor. */
export const maxConnections = 512;

/** For a whole request, and for a connection's first bytes, so that nobody holds bytes of the budget by sending one a minute. */
export const requestTimeoutMs = 60_000;

/** How long the rest of what was refused is read and thrown away: a socket that is closed on unread data may take our answer with it. */
export const lingerMs = 1000;
