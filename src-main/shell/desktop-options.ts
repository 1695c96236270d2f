import { app } from 'electron';
import { parseServeCommand, type ServeCommand, type ServeOptions } from '#main/cli';

/** The same options as headless; a page from Vite while developing. */
export interface DesktopOptions extends ServeOptions {
  /** Where `electron-vite dev` serves the page; undefined otherwise. */
  developmentOrigin: string | undefined;
}

export type DesktopCommand = Exclude<ServeCommand, { kind: 'serve' }> | { kind: 'start'; options: DesktopOptions };

/** An installed app takes no arguments and no environment: whoever can start it (a link, a shortcut, a script) could point it elsewhere. */
export function desktopCommand(): DesktopCommand {
  const command = parseServeCommand(app.isPackaged ? [] : process.argv.slice(2));
  if (command.kind !== 'serve') return command;
  const developmentPage = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  return {
    kind: 'start',
    options: { ...command.options, developmentOrigin: developmentPage === undefined ? undefined : new URL(developmentPage).origin },
  };
}
