import { join } from 'node:path';
import { countRows } from './baseline/row-store.ts';
import type { Bench, Measurement } from './harness/bench.ts';
import { count, type Figure } from './harness/figure.ts';
import { median } from './harness/statistics.ts';
import { startChild, type Child } from './processes/child.ts';
import { startEngine, type EngineChild } from './processes/engine.ts';
import type { Signal } from './processes/export-service.ts';

export const connections = 10;

/** A server under comparison, and what it has acknowledged. */
interface Side {
  name: string;
  child: Child<{ grpcUrl: string }>;
  nextExport: number;
  acknowledged: number;
  perSecond: number[];
  cpuMicroseconds: number[];
}

export const ingest: Measurement = {
  name: 'ingest',
  async run(bench) {
    const rows = join(bench.directory(), 'rows.db');
    const engine = await startEngine(bench.directory());
    const baseline = sideOf('the obvious design', await startChild('build/bench/baseline/baseline-program.ts', [rows]));
    const sides = await compare(bench, 'traces', engine, [baseline]);
    await expectStored(engine, { spans: sides.engine.acknowledged });
    await engine.stop();
    await baseline.child.stop();
    expectEqual('rows of the obvious design', countRows(rows), baseline.acknowledged);
    return [
      noOpRatio(sides, 'spans'),
      {
        what: 'spans a second, engine / obvious design',
        measured: medianRatio(sides.engine, baseline),
        unit: 'ratio',
        target: { atLeast: 10 },
        from: `${count(median(sides.engine.perSecond))} / ${count(median(baseline.perSecond))} spans a second`,
      },
      cost(sides, 'span'),
    ];
  },
};

interface Sides {
  engine: Side;
  noOp: Side;
}

/** Lets the engine, a server that does nothing, and `others` take turns under the same sender. Ends the no-op server only. */
export async function compare(bench: Bench, signal: Signal, engineChild: EngineChild, others: readonly Side[]): Promise<Sides> {
  const engine = sideOf('engine', engineChild);
  const noOp = sideOf('no-op', await startChild('build/bench/processes/no-op-program.ts', []));
  const all = [noOp, engine, ...others];
  // The first round is for the compilers.
  for (let round = 0; round <= bench.sizes.rounds; round++) {
    for (const side of round % 2 === 0 ? all : all.toReversed()) await takeTurn(bench, signal, side, round > 0);
  }
  await noOp.child.stop();
  return { engine, noOp };
}

async function takeTurn(bench: Bench, signal: Signal, side: Side, counts: boolean): Promise<void> {
  const before = side.child.cpuSeconds();
  const report = await bench.sender.send({
    grpcUrl: side.child.ready.grpcUrl,
    signal,
    connections,
    seconds: bench.sizes.seconds,
    exportsPerSecond: undefined,
    shape: 'full',
    firstExport: side.nextExport,
  });
  side.nextExport = report.nextExport;
  side.acknowledged += report.records;
  if (!counts) return;
  side.perSecond.push(report.recordsPerSecond);
  side.cpuMicroseconds.push(((side.child.cpuSeconds() - before) * 1e6) / report.records);
}

function sideOf(name: string, child: Child<{ grpcUrl: string }>): Side {
  return { name, child, nextExport: 0, acknowledged: 0, perSecond: [], cpuMicroseconds: [] };
}

/** Of the rounds' own ratios, because the machine is not equally fast all the time. */
function medianRatio(ours: Side, theirs: Side): number {
  return median(ours.perSecond.map((rate, round) => rate / (theirs.perSecond[round] ?? Number.NaN)));
}

export function noOpRatio({ engine, noOp }: Sides, records: string): Figure {
  return {
    what: `${records} a second, acknowledged after commit, engine / no-op server`,
    measured: medianRatio(engine, noOp),
    unit: 'ratio',
    target: { atLeast: 0.6 },
    from: `${count(median(engine.perSecond))} / ${count(median(noOp.perSecond))} ${records} a second, ${connections} connections`,
  };
}

export function cost({ engine, noOp }: Sides, record: string): Figure {
  const [ours, theirs] = [median(engine.cpuMicroseconds), median(noOp.cpuMicroseconds)];
  return {
    what: `processor time a ${record}, engine / no-op server`,
    measured: ours / theirs,
    unit: 'ratio',
    from: `${ours.toFixed(2)} / ${theirs.toFixed(2)} µs a ${record}`,
  };
}

/** Throws where the engine does not hold what it has acknowledged, no more and no less. */
export async function expectStored(engine: EngineChild, expected: { spans?: number; logs?: number }): Promise<void> {
  const stored = await engine.stored();
  if (expected.spans !== undefined) expectEqual('stored spans', stored.spans, expected.spans);
  if (expected.logs !== undefined) expectEqual('stored logs', stored.logs, expected.logs);
}

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${count(found)}, acknowledged: ${count(expected)}`);
}
