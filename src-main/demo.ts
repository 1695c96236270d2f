import { parseArgs } from 'node:util';
import { sendSamples } from './sample/send-samples.ts';

try {
  const { values } = parseArgs({ options: { endpoint: { type: 'string', default: 'http://localhost:4318' } } });
  const traceIds = await sendSamples(values.endpoint);
  console.log(`Sent ${traceIds.length} traces and their logs to ${values.endpoint}.`);
  console.log('They are at the top of the trace list in Sidelight. One of them is a call that never reached its service.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
