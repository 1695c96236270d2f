import openExternally from 'open';
import { findOrStartInstance, type StartOptions } from '#main/client/start-instance';
import type { Instance } from '#main/client/instance';
import { receiverUrls } from '#main/client/receiver-urls';
import { isLink, viewOfLink } from '#main/open/link';
import { sendFile, type SentFile } from '#main/open/send-file';
import type { OpenOptions } from './open-command.ts';
import { printError } from './print.ts';

/** Of more traces than this, the list is what to look at. */
const mostAddresses = 5;

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
    const { httpUrl } = await receiverUrls(instance);
    const sent = await sendFile(file, httpUrl);
    for (const { place, message } of sent.problems) printError(`${file}: ${place} ${message}`);
    if (sent.problemCount > sent.problems.length) printError(`${file}: and ${sent.problemCount - sent.problems.length} more like these`);
    process.stdout.write(`${file}: ${counts(sent)}\n${addresses(sent, instance, started || process.stdout.isTTY).join('')}`);
    return sent.problemCount === 0;
  } catch (error) {
    printError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function counts({ records: { traces, logs, metrics }, traceIds, isMoreTraces }: SentFile): string {
  const parts = [
    ...(traces > 0 ? [`${counted(traces, 'span')} of ${counted(traceIds.length, 'trace')}${isMoreTraces ? ' or more' : ''}`] : []),
    ...(logs > 0 ? [counted(logs, 'log record')] : []),
    ...(metrics > 0 ? [counted(metrics, 'metric')] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function addresses({ records, traceIds }: SentFile, instance: Instance, withToken: boolean): string[] {
  const views = traceIds.length > mostAddresses ? ['/traces'] : traceIds.map((traceId) => `/traces/${traceId}`);
  const all = views.length === 0 && records.logs > 0 ? ['/logs'] : views;
  return all.map((view) => `  ${instance.viewUrl(view, withToken)}\n`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
