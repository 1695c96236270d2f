import { parseArgs } from 'node:util';
import { decodeTraces } from '#main/decode/decode';
import { startEngineProcess, type EngineProcess } from './bench/engine-process.ts';
import { sendAll, startNoOpServer } from './bench/sender.ts';
import { median, quantile } from './bench/statistics.ts';
import { decodeWithProtobufjs, spansPerExport, traceExport } from './bench/workload.ts';
import { ensureBuilt } from './ensure-built.ts';

/**
 * `npm run bench [-- --exports N --rounds N]`: compares in one run and prints ratios, because absolute numbers of a shared machine mean little. Sender and servers share the
 * machine.
 */
const { values } = parseArgs({ options: { exports: { type: 'string', default: '100' }, rounds: { type: 'string', default: '3' } } });
const exportsPerRound = Number(values.exports);
const rounds = Number(values.rounds);
const connections = 10;

function perSecond(exports: number, seconds: number): number {
  return (exports * spansPerExport) / seconds;
}

function benchDecode(): void {
  const payloads = Array.from({ length: 40 }, (_, index) => traceExport(index));
  const time = (decode: (payload: Uint8Array) => unknown): number => {
    const started = performance.now();
    for (const payload of payloads) decode(payload);
    return perSecond(payloads.length, (performance.now() - started) / 1000);
  };
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds + 1; round++) {
    ours.push(time((payload) => decodeTraces(payload, 'protobuf')));
    theirs.push(time(decodeWithProtobufjs));
  }
  report('decode, spans a second', median(ours), 'protobufjs', median(theirs));
}

async function benchIngest(engine: EngineProcess): Promise<void> {
  const noOp = await startNoOpServer();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const exports = Array.from({ length: exportsPerRound }, (_, index) => traceExport(round * exportsPerRound + index));
    theirs.push(perSecond(exports.length, await sendAll(noOp.url, exports, connections)));
    ours.push(perSecond(exports.length, await sendAll(engine.grpcUrl, exports, connections)));
  }
  noOp.stop();
  report('ingest over gRPC, spans a second acknowledged after commit', median(ours), 'a server that does nothing', median(theirs));
}

const questions = [
  ['newest traces', '/traces?limit=50'],
  ['of a service', '/traces?limit=50&query=service:service-3'],
  ['of a service, with errors', '/traces?limit=50&query=service:service-3%20status:error'],
  ['by a word', '/traces?limit=50&query=ValueError'],
  ['by attribute', '/traces?limit=50&query=user.id=user-42'],
  ['by an attribute that is nowhere', '/traces?limit=50&query=user.id=nobody'],
  ['services', '/services'],
] as const;

async function benchQuestions(engine: EngineProcess): Promise<void> {
  const { stored } = (await engine.ask('/status')) as { stored: { spans: number; bytes: number } };
  console.log(
    `\nquestions over HTTP with ${stored.spans.toLocaleString('en')} spans stored, ${(stored.bytes / stored.spans).toFixed(0)} bytes a span on disk`,
  );
  const { items } = (await engine.ask('/traces?limit=1')) as { items: { traceId: string }[] };
  for (const [name, path] of [...questions, ['a trace by id', `/traces/${items[0]?.traceId}`] as const]) {
    const times: number[] = [];
    for (let repetition = 0; repetition < 30; repetition++) {
      const started = performance.now();
      await engine.ask(path);
      times.push(performance.now() - started);
    }
    console.log(
      `  ${name.padEnd(34)} median ${median(times).toFixed(1).padStart(7)} ms   p95 ${quantile(times, 0.95).toFixed(1).padStart(7)} ms`,
    );
  }
  console.log(`  peak resident memory ${engine.residentMegabytes().toFixed(0)} MB`);
}

function report(what: string, ours: number, baseline: string, theirs: number): void {
  const figure = (value: number): string => Math.round(value).toLocaleString('en');
  console.log(`${what}: ${figure(ours)}; ${baseline}: ${figure(theirs)}; ratio ${(ours / theirs).toFixed(2)}`);
}

ensureBuilt();
benchDecode();
const engine = await startEngineProcess();
try {
  await benchIngest(engine);
  await benchQuestions(engine);
} finally {
  await engine.stop();
}
