import type { Page } from '@playwright/test';
import { openWriter } from '#main/store/write/writer';
import { launchBrowserHost } from '../../e2e/hosts/browser.ts';
import { ensureBrowser } from '../ensure-browser.ts';
import type { Bench, Measurement } from './harness/bench.ts';
import { count, type Figure } from './harness/figure.ts';
import { median, quantile } from './harness/statistics.ts';
import { noLimit, traceAppend } from './harness/stores.ts';
import { findMs, firstPaintMs, frameMs } from './page/timeline-page.ts';
import { bigTraceExports, bigTraceId } from './workload/big-trace.ts';

/** Frames of zooming and of panning that are looked at. */
const frames = 240;

/** The timeline in a real browser: from a click in the list to its first frame, frames while it is zoomed and panned, and finding in it. */
export const timeline: Measurement = {
  name: 'timeline',
  async run(bench) {
    const { spansOfBigTrace, spansOfHugeTrace } = bench.sizes;
    return [
      ...(await measure(bench, spansOfBigTrace, { openMs: 400, frameMs: 8, findMs: 50 })),
      ...(await measure(bench, spansOfHugeTrace, { frameMs: 16 })),
    ];
  },
};

interface Targets {
  openMs?: number;
  frameMs: number;
  findMs?: number;
}

async function measure(bench: Bench, wanted: number, targets: Targets): Promise<Figure[]> {
  const directory = bench.directory();
  const spans = fill(directory, wanted);
  const host = await launchBrowserHost({ dataDirectory: directory, browser: await ensureBrowser() });
  try {
    const { page } = host;
    const opened: number[] = [];
    for (let round = 0; round < bench.sizes.rounds; round++) {
      await page.goto(host.address('/traces'));
      opened.push(await firstPaintMs(page, bigTraceId.toString('hex')));
    }
    const moved = await frameMs(page, frames);
    const found = await findTimes(page, bench.sizes.rounds);
    const of = `${count(spans)} spans`;
    return [
      figure(`timeline, ${of}, click to first frame`, median(opened), targets.openMs, `longest ${Math.max(...opened).toFixed(0)} ms`),
      figure(
        `timeline, ${of}, script and paint of a frame, p95`,
        quantile(moved, 0.95),
        targets.frameMs,
        `median ${median(moved).toFixed(1)}, longest ${Math.max(...moved).toFixed(1)} ms, ${count(moved.length)} frames of zoom and pan`,
      ),
      figure(
        `timeline, ${of}, find, from typing to the count`,
        median(found),
        targets.findMs,
        `longest ${Math.max(...found).toFixed(0)} ms`,
      ),
    ];
  } finally {
    await host.close();
    bench.remove(directory);
  }
}

function figure(what: string, measured: number, atMost: number | undefined, from: string): Figure {
  return { what, measured, unit: 'ms', from, ...(atMost === undefined ? {} : { target: { atMost } }) };
}

/** A store in which one trace is all that there is. */
function fill(directory: string, wanted: number): number {
  const { exports, spans } = bigTraceExports(wanted, 1);
  const writer = openWriter(directory, noLimit);
  const failed = exports.flatMap((payload, number) => writer.append([traceAppend(payload, number)])).find((error) => error !== undefined);
  if (failed !== undefined) throw failed;
  writer.close();
  return spans;
}

/** Different words, so that nothing is known from the time before. */
const words = ['shipments', 'reviews', 'service-3', 'orders', 'warehouse', 'payments', 'carts'];

async function findTimes(page: Page, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await findMs(page, words[round % words.length] ?? ''));
  return times;
}
