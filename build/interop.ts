import { parseArgs } from 'node:util';
import { participants } from '../e2e/interop/all.ts';
import type { Participant } from '../e2e/interop/participant.ts';
import { measureOverhead } from '../e2e/interop/python/overhead.ts';
import { pythonServices } from '../e2e/interop/python/participant.ts';
import { Sidelight } from '../e2e/interop/sidelight.ts';
import { prepare, takePart, type Attendance, type Outcome } from '../e2e/interop/take-part.ts';
import { median } from './bench/harness/statistics.ts';
import { ensureBuilt } from './ensure-built.ts';

/**
 * `npm run test:interop [-- NAME…]`: real instrumented programs send to a running Sidelight, and what arrived is checked to the field. `docs/interop.md` says who takes part.
 * With `--overhead`: how much slower the Python services answer while they export.
 */
const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: { overhead: { type: 'boolean', default: false }, rounds: { type: 'string', default: '20' } },
});
const strangers = names.filter((name) => participants.every((participant) => participant.name !== name));
if (strangers.length > 0)
  throw new Error(`Nobody is called ${strangers.join(', ')}. There are: ${participants.map(({ name }) => name).join(', ')}.`);

async function attend(participant: Participant, prepared: ReturnType<typeof prepare>, sidelight: Sidelight): Promise<Attendance> {
  const absence = await prepared;
  if (absence !== undefined) return absence;
  const outcomes: Outcome[] = [];
  for (const run of participant.runs) {
    const outcome = await takePart(participant, run, sidelight);
    outcomes.push(outcome);
    printOutcome(outcome);
  }
  return { state: 'took part', versions: participant.versions(), outcomes };
}

function printOutcome({ participant, run, failures, seconds, claims }: Outcome): void {
  console.log(`${failures.length === 0 ? 'ok    ' : 'FAILED'} ${participant}: ${run} (${claims} claims, ${seconds.toFixed(1)} s)`);
  for (const failure of failures) console.log(failure.replace(/^/gm, '       '));
}

function printSummary(attendances: ReadonlyMap<string, Attendance>): void {
  console.log('');
  for (const [name, attendance] of attendances) {
    if (attendance.state === 'took part') {
      const rows = attendance.outcomes.map(
        ({ run, claims, failures }) => `    ${failures.length === 0 ? 'passed' : 'FAILED'} ${String(claims).padStart(3)} claims  ${run}`,
      );
      console.log(`${name.padEnd(12)} ${attendance.versions}\n${rows.join('\n')}`);
    } else console.log(`${name.padEnd(12)} ${attendance.state}: ${attendance.reason}`);
  }
  const all = [...attendances.values()];
  const outcomes = all.flatMap((attendance) => (attendance.state === 'took part' ? attendance.outcomes : []));
  const failed = outcomes.filter(({ failures }) => failures.length > 0).length + all.filter(({ state }) => state === 'failed').length;
  const passed = outcomes.filter(({ failures }) => failures.length === 0).length;
  console.log(`${passed} passed, ${failed} failed, ${all.filter(({ state }) => state === 'skipped').length} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function testAll(sidelight: Sidelight): Promise<void> {
  const chosen = participants.filter(({ name }) => names.length === 0 || names.includes(name));
  // All get what they need at once, because that is mostly waiting; they take part one by one.
  const preparations = chosen.map((participant) => ({ participant, prepared: prepare(participant) }));
  const attendances = new Map<string, Attendance>();
  for (const { participant, prepared } of preparations) attendances.set(participant.name, await attend(participant, prepared, sidelight));
  printSummary(attendances);
}

async function printOverhead(sidelight: Sidelight): Promise<void> {
  const absence = await prepare(pythonServices);
  if (absence !== undefined) throw new Error(absence.reason);
  const { exporting, silent } = await measureOverhead(sidelight, { rounds: Number(values.rounds), requestsPerRound: 60, clients: 1 });
  const ratio = median(exporting.map((rate, round) => rate / (silent[round] ?? Number.NaN)));
  console.log(
    `requests a second, median of ${exporting.length} rounds: ${median(exporting).toFixed(1)} exporting, ${median(silent).toFixed(1)} not exporting`,
  );
  console.log(`ratio, median of the rounds: ${ratio.toFixed(3)}, so exporting costs ${((1 - ratio) * 100).toFixed(1)} %`);
}

ensureBuilt();
const sidelight = await Sidelight.start();
try {
  await (values.overhead ? printOverhead(sidelight) : testAll(sidelight));
} finally {
  await sidelight.stop();
}
