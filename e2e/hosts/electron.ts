import { _electron } from '@playwright/test';
import { AppProcess } from './app-process.ts';
import { displayProblem, findElectron } from './find-electron.ts';
import { appArguments, type Host, type LaunchHostOptions } from './host.ts';

/** Why the specs can't run on Electron here; undefined where they can. */
export function electronProblem(): string | undefined {
  return findElectron() === undefined
    ? "Electron's binary is not installed (node_modules/.bin/install-electron downloads it)"
    : displayProblem();
}

/** The real thing. */
export async function launchElectronHost(options: LaunchHostOptions): Promise<Host> {
  const executablePath = findElectron();
  if (executablePath === undefined) throw new Error(electronProblem());
  const electron = await _electron.launch({
    executablePath,
    args: ['.', ...appArguments(options)],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const app = new AppProcess(electron.process());
  const [ready, page] = await Promise.all([app.ready(), electron.firstWindow()]);
  return {
    name: 'electron',
    page,
    ...ready,
    dataDirectory: options.dataDirectory,
    address: (path) => `app://sidelight${path}`,
    stderr: () => app.stderr,
    isRunning: () => app.isRunning(),
    kill: () => app.kill(),
    close: async () => {
      await electron.close();
      await app.ended();
    },
  };
}
