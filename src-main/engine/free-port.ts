import { createServer } from 'node:net';

const attempts = 50;

/** A port at or a little above `from` that nothing listens on at this moment, or `undefined`. Someone else may take it before it is used. */
export async function findFreePort(from: number): Promise<number | undefined> {
  for (let port = from; port < Math.min(from + attempts, 65_536); port++) {
    if (await isFree(port)) return port;
  }
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
