import { writeTraceId, SpanWorkload } from './span-workload.ts';

/** No trace of the workload has this number. */
const traceNumber = 0x7fff_0000;
export const bigTraceId = Buffer.alloc(16);
writeTraceId(bigTraceId, 0, traceNumber);

/** Of each export, this share belongs to the big trace: other services work meanwhile. */
const usualShare = 0.6;

/** Exports with a trace of about `spans` spans in them. */
export function bigTraceExports(spans: number, share = usualShare): { exports: Buffer[]; spans: number } {
  const workload = new SpanWorkload();
  const exports: Buffer[] = [];
  let written = 0;
  for (let number = 0; written < spans; number++) {
    const bytes = workload.export(number);
    written += workload.joinTrace(bytes, number, traceNumber, share);
    exports.push(bytes);
  }
  return { exports, spans: written };
}
