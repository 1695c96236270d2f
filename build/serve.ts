import { ensureBuilt } from './ensure-built.ts';

/** `npm run serve`: the built headless app, in this very process, so that a signal to npm reaches it. Arguments are its own. */
ensureBuilt();
await import(new URL('../out/main/headless.js', import.meta.url).href);
