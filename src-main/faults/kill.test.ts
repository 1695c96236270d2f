import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { randomNumbers } from '#main/decode/fixtures/damage';
import { checkStore } from '#main/store/write/check';
import { type Entry, type Export, Ledger, nextExport, notStoredOnce, sendExport } from './ledger.fixture.ts';
import { Served, temporaryFolder } from './served.fixture.ts';
import { attribute } from './telemetry.fixture.ts';

/** Section 3A, "kill -9": whatever the process was doing when it died, a client that keeps a ledger finds in the next one all that it was told is stored. Fifty rounds in all. */

const rounds = 25;
/** A second a round, and many more where the machine has other things to do. */
const tookTooLongMs = 600_000;

const undo: (() => void)[] = [];
afterAll(() => undo.toReversed().forEach((step) => step()));

/** Sends one export after the other. One that got no answer is sent again to the process that comes next, as an exporter would. */
class Client {
  readonly #exports: Iterator<Export, never>;
  readonly #ledger: Ledger;
  #next: Export;

  constructor(source: Iterator<Export, never>, ledger: Ledger) {
    this.#exports = source;
    this.#ledger = ledger;
    this.#next = source.next().value;
  }

  async sendUntilItDies(served: Served): Promise<void> {
    for (;;) {
      const status = await sendExport(served.httpPort, this.#next, this.#ledger).catch((error: unknown) => {
        if (/ECONN|EPIPE|hang up|aborted/.test(String(error))) return undefined;
        throw error;
      });
      if (status === undefined) return;
      if (status !== 200) throw new Error(`An export is answered with ${status}.`);
      this.#next = this.#exports.next().value;
    }
  }
}

/** Starts, lets clients send, kills; every fifth time while it is still starting, and so recovering from the time before. */
async function killAgainAndAgain(directory: string, maxStoredBytes: number, clients: readonly Client[], seed: number): Promise<void> {
  const random = randomNumbers(seed);
  for (let round = 0; round < rounds; round += 1) {
    const served = new Served(directory, { maxStoredBytes });
    undo.push(() => void served.kill());
    const ready = served.ready();
    if (round % 5 === 4) {
      ready.catch(() => undefined);
      await setTimeout(200 + random(500));
      await served.kill();
    } else {
      await ready;
      const sending = clients.map((client) => client.sendUntilItDies(served));
      await setTimeout(50 + random(450));
      await served.kill();
      await Promise.all(sending);
    }
  }
}

function* exports(spansOf: (number: number) => number, fieldsOf: () => object): Generator<Export, never> {
  for (let number = 0; ; number += 1) yield nextExport(number, spansOf(number), fieldsOf());
}

async function afterAllKills(
  directory: string,
  maxStoredBytes: number,
  ledger: Ledger,
): Promise<{ entries: Entry[]; wrong: (Entry & { there: number })[] }> {
  const served = await new Served(directory, { maxStoredBytes }).ready();
  undo.push(() => void served.kill());
  expect((await served.status()).notices).toEqual([]);
  const entries = ledger.entries();
  const wrong = await notStoredOnce(served, entries);
  expect(await served.stop()).toBe(0);
  expect(checkStore(directory)).toEqual([]);
  return { entries, wrong };
}

function newLedger(): { directory: string; ledger: Ledger } {
  const { folder, remove } = temporaryFolder();
  const ledger = new Ledger(folder);
  undo.push(remove, () => ledger.close());
  return { directory: `${folder}/data`, ledger };
}

describe.concurrent('kill -9 at random', () => {
  it(
    'loses nothing that was acknowledged and stores nothing twice, while chunks are filled and sealed and the log is carried over',
    async () => {
      const { directory, ledger } = newLedger();
      const maxStoredBytes = 2e9;
      // Most are small and are coalesced; 300 spans fill a chunk of their own.
      const random = randomNumbers(3);
      const client = () =>
        new Client(
          exports(
            () => (random(3) === 0 ? 300 : 1 + random(8)),
            () => ({}),
          ),
          ledger,
        );
      await killAgainAndAgain(directory, maxStoredBytes, [client(), client(), client()], 1);
      const { entries, wrong } = await afterAllKills(directory, maxStoredBytes, ledger);
      expect(entries.length).toBeGreaterThan(rounds);
      expect(wrong).toEqual([]);
    },
    tookTooLongMs,
  );

  it(
    'loses only the oldest, whole, while retention is at work',
    async () => {
      const { directory, ledger } = newLedger();
      const maxStoredBytes = 3e6;
      const noise = () => ({ attributes: [attribute('noise', randomBytes(60_000).toString('base64'))] });
      await killAgainAndAgain(
        directory,
        maxStoredBytes,
        [
          new Client(
            exports(() => 3, noise),
            ledger,
          ),
        ],
        2,
      );
      const { entries, wrong } = await afterAllKills(directory, maxStoredBytes, ledger);
      for (const kind of ['trace', 'log'] as const) {
        const all = entries.filter((entry) => entry.kind === kind).map(({ id }) => id);
        const dropped = wrong.filter((entry) => entry.kind === kind);
        expect(dropped.map(({ there }) => there)).toEqual(dropped.map(() => 0));
        expect(dropped.map(({ id }) => id)).toEqual(all.slice(0, dropped.length));
      }
      expect(wrong.length).toBeGreaterThan(0);
      expect(wrong.length).toBeLessThan(entries.length);
    },
    tookTooLongMs,
  );
});
