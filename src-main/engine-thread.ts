import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { terminalText } from './base/terminal-text.ts';
import { startHost, type Host } from './serve/host.ts';
import { serveMessagePort } from './serve/message-port.ts';
import type { EngineThreadOptions, FromEngineThread, ToEngineThread } from './shell/engine-thread-protocol.ts';

/** The desktop's engine: the same host that headless runs, on a thread of its own, with a line for each port that the shell hands over. */

const lines = new Set<MessagePort>();

function report(error: unknown): void {
  process.stderr.write(`sidelight: ${terminalText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
}

function tell(message: FromEngineThread): void {
  parentPort?.postMessage(message);
}

function serveLine(host: Host, port: MessagePort): void {
  lines.add(port);
  port.on('close', () => lines.delete(port));
  serveMessagePort(host.router, port, report);
}

async function stop(host: Host): Promise<void> {
  for (const port of lines) port.close();
  await host.stop().catch(report);
  process.exit();
}

try {
  const host = await startHost({ ...(workerData as EngineThreadOptions), report });
  // What the shell has said until now waited for this listener.
  parentPort?.on('message', (message: ToEngineThread) => {
    if (message.kind === 'connect') serveLine(host, message.port);
    else void stop(host);
  });
  for (const { message } of (await host.engine.status()).notices) report(message);
  tell({ kind: 'ready', addresses: await host.addresses() });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
