import { extname } from 'node:path';
import { startDesktop } from './shell/desktop.ts';

/** Desktop entry: this thread owns windows, and neither decodes nor touches SQLite. */
const threadFile = (name: string): URL => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
startDesktop({ engine: threadFile('engine-thread'), openFile: threadFile('open-worker') });
