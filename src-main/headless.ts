import { refuseOldNode } from './cli/refuse-old-node.ts';
import { serveCommand } from './cli/serve.ts';

/** `npm run serve`. */
refuseOldNode();
await serveCommand(process.argv.slice(2));
