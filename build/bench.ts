import { parseArgs } from 'node:util';
import { acknowledgement } from './bench/acknowledgement.ts';
import { completionsMeasurement } from './bench/completions.ts';
import { criticalPathMeasurement } from './bench/critical-path.ts';
import { decode } from './bench/decode.ts';
import { disk } from './bench/disk.ts';
import { Bench, quickSizes, usualSizes, type Measurement, type Sizes } from './bench/harness/bench.ts';
import { writeJournal } from './bench/harness/journal.ts';
import { toText, type Measured } from './bench/harness/table.ts';
import { ingest } from './bench/ingest.ts';
import { logSearch } from './bench/log-search.ts';
import { logsIngest } from './bench/logs-ingest.ts';
import { memory } from './bench/memory.ts';
import { openTrace } from './bench/open-trace.ts';
import { ownerLoop } from './bench/owner-loop.ts';
import { search } from './bench/search.ts';
import { smallExportsMeasurement } from './bench/small-exports.ts';
import { start } from './bench/start.ts';
import { timeline } from './bench/timeline.ts';
import { traceById } from './bench/trace-by-id.ts';
import { ensureBuilt } from './ensure-built.ts';

const help = `Usage: npm run bench -- [options] [measurement…]

Measures, compares and checks; each measurement by itself where some are named.

  --spans N    spans of the large store (${usualSizes.manySpans.toLocaleString('en')})
  --quick      everything once, on next to nothing: whether it works, not how fast
  --journal    rewrite the measured part of docs/performance.md
`;

const measurements: readonly Measurement[] = [
  decode,
  ingest,
  logsIngest,
  acknowledgement,
  ownerLoop,
  memory,
  smallExportsMeasurement,
  openTrace,
  disk,
  start,
  traceById,
  timeline,
  criticalPathMeasurement,
  search,
  completionsMeasurement,
  logSearch,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { spans: { type: 'string' }, quick: { type: 'boolean' }, journal: { type: 'boolean' }, help: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !measurements.some((measurement) => measurement.name === name));

if (values.help) console.log(`${help}\nMeasurements: ${measurements.map(({ name }) => name).join(', ')}`);
else if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}. There are: ${measurements.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else await main();

async function main(): Promise<void> {
  ensureBuilt();
  const bench = new Bench(sizes());
  const measured: Measured[] = [];
  try {
    for (const measurement of measurements) {
      if (positionals.length > 0 && !positionals.includes(measurement.name)) continue;
      process.stderr.write(`${measurement.name}…\n`);
      measured.push(await runOne(measurement, bench));
    }
  } finally {
    await bench.end();
  }
  console.log(toText(measured));
  if (values.journal)
    writeJournal(['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '), measured);
  if (measured.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

function sizes(): Sizes {
  if (values.quick) return quickSizes;
  return values.spans === undefined ? usualSizes : { ...usualSizes, manySpans: Number(values.spans) };
}

/** One that fails, because an answer is wrong or something that was acknowledged is missing, does not keep the others from being measured. */
async function runOne({ name, run }: Measurement, bench: Bench): Promise<Measured> {
  try {
    return { name, figures: await run(bench) };
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    return { name, figures: [], failure: error instanceof Error ? error.message : String(error) };
  }
}
