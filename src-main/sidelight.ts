import { fileURLToPath } from 'node:url';
import { main } from './cli/main.ts';
import { refuseOldNode } from './cli/refuse-old-node.ts';

/** The command `sidelight`. */
refuseOldNode();
await main(process.argv.slice(2), [process.execPath, fileURLToPath(import.meta.url)]);
