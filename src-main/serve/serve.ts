import { existsSync } from 'node:fs';
import path from 'node:path';
import open from 'open';
import type { EngineOptions } from '#main/engine/interface';
import { readyLine, readyWords, receiverProblems } from './announce.ts';
import { startHost, type Host } from './host.ts';

export interface ServeOptions extends EngineOptions {
  json: boolean;
  open: boolean;
  uiPort: number | undefined;
  token: string | undefined;
}

/** Shorter tokens can be found by trying: 22 characters of 6 bits carry 128 bits. */
const safeTokenLength = 22;

/** npm hands a Ctrl+C on that the terminal has already sent to us: a second signal this soon is the same one. */
const sameSignalMs = 500;

/** Runs until a signal comes. Rejects where it cannot start; `printError` takes lines for stderr. */
export async function serve(options: ServeOptions, printError: (text: string) => void): Promise<void> {
  const report = (error: unknown) => printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (options.token !== undefined && options.token.length < safeTokenLength) {
    printError(`The token has fewer than ${safeTokenLength} characters. Other programs of this machine could guess it.`);
  }
  const host = await startHost({ ...options, uiDirectory: uiDirectory(), report });
  stopOnSignal(host, report);

  const [addresses, status] = await Promise.all([host.addresses(), host.engine.status()]);
  for (const problem of receiverProblems(status)) printError(problem);
  for (const { message } of status.notices) printError(message);
  process.stdout.write(options.json ? readyLine(addresses) : readyWords(addresses, status));
  if (options.open) await openInBrowser(addresses.uiUrl, printError);
}

function stopOnSignal(host: Host, report: (error: unknown) => void): void {
  let firstAtMs: number | undefined;
  const onSignal = () => {
    if (firstAtMs === undefined) {
      firstAtMs = Date.now();
      host.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          report(error);
          process.exit(1);
        },
      );
    } else if (Date.now() - firstAtMs > sameSignalMs) process.exit(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function openInBrowser(url: string, printError: (text: string) => void): Promise<void> {
  try {
    const browser = await open(url);
    browser.on('error', () => printError('No browser could be opened. Open the address above by hand.'));
  } catch {
    printError('No browser could be opened. Open the address above by hand.');
  }
}

/** The build puts this file into `out/main`, beside `out/renderer`; in the sources it is in `src-main/serve`. */
function uiDirectory(): string {
  const built = path.resolve(import.meta.dirname, '../renderer');
  return existsSync(path.join(built, 'index.html')) ? built : path.resolve(import.meta.dirname, '../../out/renderer');
}
