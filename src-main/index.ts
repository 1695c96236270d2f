import { extname } from 'node:path';
import { startDesktop } from './shell/desktop.ts';

/** Desktop entry: this thread owns windows, and neither decodes nor touches SQLite. */
startDesktop(new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url));
