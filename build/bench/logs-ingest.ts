import { logsRequestType } from './workload/protobuf-types.ts';
import { compare, connections, cost, expectStored, noOpRatio } from './ingest.ts';
import type { Measurement } from './harness/bench.ts';
import { startEngine, type EngineChild } from './processes/engine.ts';
import type { SendReport } from './processes/sender-protocol.ts';

export const logsIngest: Measurement = {
  name: 'logs-ingest',
  async run(bench) {
    const engine = await startEngine(bench.directory());
    const sides = await compare(bench, 'logs', engine, []);
    await expectStored(engine, { logs: sides.engine.acknowledged });
    const last = await bench.sender.send({
      grpcUrl: engine.ready.grpcUrl,
      signal: 'logs',
      connections,
      seconds: bench.sizes.seconds / 5,
      exportsPerSecond: undefined,
      shape: 'full',
      firstExport: sides.engine.nextExport,
    });
    await expectSearchable(engine, last);
    await engine.stop();
    return [noOpRatio(sides, 'logs'), cost(sides, 'log record')];
  },
};

interface LogsRequest {
  resourceLogs: { scopeLogs: { logRecords: { body: { stringValue: string } }[] }[] }[];
}

/** Throws where a word of the record that was acknowledged last is not found by the very next question. */
async function expectSearchable(engine: EngineChild, { lastExport }: SendReport): Promise<void> {
  const { resourceLogs } = logsRequestType.decode(lastExport) as unknown as LogsRequest;
  const body = resourceLogs[0]?.scopeLogs[0]?.logRecords.at(-1)?.body.stringValue ?? '';
  const word = /order (\w+)/.exec(body)?.[1] ?? '';
  const { items } = (await engine.ask(`/logs?query=${word}`)) as { items: { body: { stringValue: string } }[] };
  if (!items.some((item) => item.body.stringValue === body)) throw new Error(`'${word}', acknowledged a moment ago, is not found.`);
}
