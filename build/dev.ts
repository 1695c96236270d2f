import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'vite';
import config from '../electron.vite.config.ts';

/**
 * `npm run dev`: the engine from its sources, started again when one changes, and the UI from Vite with hot reload. Arguments go to the engine (`-- --data-dir DIR`).
 */
const uiPort = 4319;
const engineUiPort = 4320;
const token = randomBytes(16).toString('hex');
const target = `http://localhost:${engineUiPort}`;

const engine = spawn(
  'node',
  ['--watch', 'src-main/headless.ts', '--ui-port', String(engineUiPort), '--token', token, ...process.argv.slice(2)],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
  },
);

// The browser talks to Vite's address; the engine's guard lets in its own address with a token only, so the proxy speaks in both names.
const proxied = { target, changeOrigin: true, rewriteWsOrigin: true, headers: { authorization: `Bearer ${token}`, origin: target } };
const server = await createServer({
  ...config.renderer,
  // The inputs of the build are given from the project's folder; served from src-renderer, Vite finds the page by itself.
  build: {},
  configFile: false,
  server: { port: uiPort, strictPort: true, proxy: { '/api': proxied, '/rpc': { ...proxied, ws: true } } },
});
await server.listen();
server.printUrls();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    engine.kill(signal);
    void server.close().then(() => process.exit(0));
  });
}
