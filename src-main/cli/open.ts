import openExternally from 'open';
import { arrivalOf, mostCountedTraces, type Import } from '#proto/bridge/imports';
import { plural } from '#proto/text/count';
import { findOrStartInstance, type StartOptions } from '#main/client/start-instance';
import type { Instance } from '#main/client/instance';
import { fileTaker } from '#main/client/file-taker';
import { isLink, viewOfLink } from '#main/open/link';
import { handOver } from '#main/open/hand-over';
import type { OpenOptions } from './open-command.ts';
import { printError } from './print.ts';

/** Of more traces than this, the list is what to look at. */
const mostAddresses = 5;
const mostProblems = 10;

/** Opens files and links in the running instance. Resolves with the exit code: 0 all of it, 1 not all. */
export async function open({ targets, ...place }: OpenOptions, command: StartOptions['command']): Promise<number> {
  const wrong = targets.filter((target) => isLink(target) && viewOfLink(target) === undefined);
  for (const link of wrong) printError(`${link}: a link is sidelight://trace/TRACEID or sidelight://trace/TRACEID?span=SPANID.`);
  const sound = targets.filter((target) => !wrong.includes(target));
  if (sound.length === 0) return 1;
  const { instance, started } = await findOrStartInstance({ ...place, command });
  if (started) printError(`Sidelight was started and keeps running. To stop it: kill ${instance.pid}`);
  let allOpened = wrong.length === 0;
  for (const target of sound) {
    const view = viewOfLink(target);
    const opened = view === undefined ? await openFile(target, instance, started) : await showView(view, instance);
    allOpened &&= opened;
  }
  return allOpened ? 0 : 1;
}

async function showView(view: string, instance: Instance): Promise<boolean> {
  process.stdout.write(`${instance.viewUrl(view, false)}\n`);
  try {
    const browser = await openExternally(instance.viewUrl(view, true));
    browser.on('error', sayNoBrowser);
  } catch {
    sayNoBrowser();
  }
  return true;
}

function sayNoBrowser(): void {
  printError('No browser could be opened. Open the address above by hand.');
}

async function openFile(file: string, instance: Instance, started: boolean): Promise<boolean> {
  try {
    const taker = fileTaker(instance);
    const item = await handOver(file, taker);
    const withToken = started || process.stdout.isTTY;
    if (item.sameAs !== undefined) {
      const stored = await taker.get({ id: item.sameAs });
      process.stdout.write(`${file}: nothing new, this very file is stored already\n${addresses(stored, instance, withToken).join('')}`);
      return true;
    }
    const { problems, problemCount } = item.report;
    for (const { place, message } of problems.slice(0, mostProblems)) printError(`${file}: ${place} ${message}`);
    if (problemCount > mostProblems) printError(`${file}: and ${problemCount - mostProblems} more like these`);
    process.stdout.write(`${file}: ${summary(item)}\n${addresses(item, instance, withToken).join('')}`);
    return problemCount === 0;
  } catch (error) {
    printError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function summary({ report: { spans, traceCount, logs, metrics } }: Import): string {
  const parts = [
    ...(spans > 0
      ? [`${plural(spans, 'span')} of ${plural(traceCount, 'trace')}${traceCount === mostCountedTraces ? ' or more' : ''}`]
      : []),
    ...(logs > 0 ? [plural(logs, 'log record')] : []),
    ...(metrics > 0 ? [plural(metrics, 'metric')] : []),
  ];
  return parts.join(', ');
}

function addresses(item: Import, instance: Instance, withToken: boolean): string[] {
  const { report } = item;
  const isFew = report.traceCount <= mostAddresses;
  const views = isFew
    ? report.traceIds.map((traceId) => `/traces/${traceId}`)
    : [`/traces?${new URLSearchParams(arrivalOf(item)).toString()}`];
  const all = views.length === 0 && report.logs > 0 ? ['/logs'] : views;
  return all.map((view) => `  ${instance.viewUrl(view, withToken)}\n`);
}
