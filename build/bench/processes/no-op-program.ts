import { serveExports } from './export-service.ts';

/** Acknowledges everything and does nothing: what the transport alone costs. */
serveExports(() => undefined);
