import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { Outgoing } from './outgoing.ts';
import { asIs, exportPaths, unlimited } from './export-service.ts';
import type { SendOrder, SendReport } from './sender-protocol.ts';

/** Sends exports as SDKs do, over grpc-js, one order at a time. What it sends is made beforehand, as far as it can be. */

process.on('message', (order: SendOrder) => {
  void run(order).then((report) => process.send?.(report));
});
process.once('disconnect', () => process.exit());

const retryMs = 50;

async function run(order: SendOrder): Promise<SendReport> {
  const { grpcUrl, signal, connections, shape } = order;
  const outgoing = Outgoing.of(signal, shape);
  // Channels with equal arguments share a connection unless each is told to have its own.
  const options = { ...unlimited, 'grpc.use_local_subchannel_pool': 1 };
  const clients = Array.from({ length: connections }, () => new Client(new URL(grpcUrl).host, credentials.createInsecure(), options));
  const acknowledgementMs: number[] = [];
  let next = order.firstExport;
  let refused = 0;
  let lastExport: Uint8Array = new Uint8Array();
  const sendNext = async (client: Client): Promise<void> => {
    const payload = outgoing.take(next++);
    const started = performance.now();
    await send(client, exportPaths[signal], payload, () => refused++);
    acknowledgementMs.push(performance.now() - started);
    lastExport = payload;
    outgoing.giveBack(payload);
  };
  await Promise.all(clients.map((client) => connected(client)));
  const started = performance.now();
  await (order.exportsPerSecond === undefined
    ? saturate(clients, order.seconds, sendNext)
    : pace(clients, order, order.exportsPerSecond, sendNext));
  const seconds = (performance.now() - started) / 1000;
  const exports = next - order.firstExport;
  const records = exports * outgoing.recordsPerExport;
  const sent = Uint8Array.from(lastExport);
  for (const client of clients) client.close();
  const times = { acknowledgementMs: Float64Array.from(acknowledgementMs), refused };
  return { exports, records, seconds, recordsPerSecond: records / seconds, ...times, nextExport: next, lastExport: sent };
}

async function saturate(clients: readonly Client[], seconds: number, sendNext: (client: Client) => Promise<void>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) await sendNext(client);
    }),
  );
}

/** By the clock, whatever the answers do: a receiver that is slow has to catch up with what was due meanwhile. */
async function pace(
  clients: readonly Client[],
  { seconds }: SendOrder,
  exportsPerSecond: number,
  sendNext: (client: Client) => Promise<void>,
): Promise<void> {
  const started = performance.now();
  const answers: Promise<void>[] = [];
  const due = Math.floor(seconds * exportsPerSecond);
  while (answers.length < due) {
    const until = Math.min(due, Math.floor(((performance.now() - started) / 1000) * exportsPerSecond) + 1);
    for (let number = answers.length; number < until; number++) {
      const client = clients[number % clients.length];
      if (client !== undefined) answers.push(sendNext(client));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
}

function connected(client: Client): Promise<void> {
  return new Promise((resolve, reject) =>
    client.waitForReady(Date.now() + 10_000, (error) => (error === undefined ? resolve() : reject(error))),
  );
}

/** As SDKs do: what the receiver has no room for now is sent again. */
async function send(client: Client, path: string, payload: Buffer, onRefused: () => void): Promise<void> {
  while (!(await sendOnce(client, path, payload))) {
    onRefused();
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** False where the receiver has no room. */
function sendOnce(client: Client, path: string, payload: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(path, asIs, asIs, payload, (error: ServiceError | null) => {
      if (error === null) resolve(true);
      else if (error.code === status.UNAVAILABLE) resolve(false);
      else reject(error);
    }),
  );
}
