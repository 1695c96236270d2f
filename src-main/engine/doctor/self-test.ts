import { randomBytes } from 'node:crypto';
import type { SelfTestReport } from '#proto/bridge/doctor';
import type { ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';
import { exportOverGrpc } from './export-over-grpc.ts';
import { exportOverHttp } from './export-over-http.ts';
import { createSelfTestSpan } from './self-test-span.ts';

type Step = SelfTestReport['steps'][number];

export interface SelfTestOptions {
  receivers: readonly ReceiverStatus[];
  /** Whether the span is in the store. */
  isStored: (traceId: string, spanId: string) => Promise<boolean>;
}

const timeoutMs = 5000;
const senders = { http: exportOverHttp, grpc: exportOverGrpc } as const;
const names = { http: 'HTTP', grpc: 'gRPC' } as const;

/**
 * Sends a span to each receiver over real sockets, as a service on this machine would, and looks for it in the store. Never rejects: what fails is a step, and the steps
 * after it that depend on it are left out.
 */
export async function runSelfTest({ receivers, isStored }: SelfTestOptions): Promise<SelfTestReport> {
  const traceId = randomBytes(16).toString('hex');
  const steps: Step[] = [];
  let arrived = false;
  for (const receiver of receivers) {
    const name = names[receiver.protocol];
    if (receiver.state !== 'listening') {
      steps.push({ name: `Listen for ${name}`, ok: false, message: receiver.message });
      continue;
    }
    steps.push({ name: `Listen for ${name}`, ok: true, message: `Listening at ${receiver.url}.` });
    const span = createSelfTestSpan(`self-test over ${name}`, traceId, Date.now());
    const sent = await send(receiver.protocol, receiver.url, span.payload);
    steps.push(sent);
    if (!sent.ok) continue;
    const stored = await look(name, () => isStored(span.traceId, span.spanId));
    steps.push(stored);
    arrived ||= stored.ok;
  }
  return { steps, ...(arrived ? { traceId } : {}) };
}

async function send(protocol: ReceiverProtocol, url: string, payload: Uint8Array<ArrayBuffer>): Promise<Step> {
  const name = `Send a span over ${names[protocol]}`;
  const startedMs = performance.now();
  try {
    await senders[protocol](url, payload, AbortSignal.timeout(timeoutMs));
    return { name, ok: true, message: `Accepted and stored after ${Math.max(1, Math.round(performance.now() - startedMs))} ms.` };
  } catch (error) {
    return { name, ok: false, message: `It did not get through: ${reasonOf(error)}` };
  }
}

async function look(name: string, isStored: () => Promise<boolean>): Promise<Step> {
  const step = `Find the ${name} span again`;
  try {
    if (await isStored()) return { name: step, ok: true, message: 'It is there, and can be searched for.' };
    return {
      name: step,
      ok: false,
      message: 'It was accepted, but the store does not have it. The notices say whether the store is in trouble.',
    };
  } catch (error) {
    return { name: step, ok: false, message: `The store could not be asked: ${reasonOf(error)}` };
  }
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
