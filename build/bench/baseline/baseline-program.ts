import { serveExports } from '../processes/export-service.ts';
import { openRowStore } from './row-store.ts';
import { spanRowsOf } from './span-rows.ts';

/**
 * The obvious design, as well as it can be done on one thread: protobufjs decodes, each span is a row with its attributes as JSON and four indexes, one transaction a request, and the
 * answer after it. The first argument is the file of its database.
 */
const store = openRowStore(process.argv[2] ?? '');

serveExports((signal, payload) => {
  if (signal === 'traces') store.append(spanRowsOf(payload));
});
process.once('SIGTERM', () => store.close());
