import type { ServerHttp2Stream } from 'node:http2';
import type { Reservation } from './byte-budget.ts';
import { compressionOf } from './decompressors.ts';
import { MessageFraming } from './grpc-message.ts';
import { PayloadCollector } from './payload-collector.ts';
import { readPayload, type PayloadResult } from './read-payload.ts';

export type CallResult = PayloadResult | { kind: 'not-one-message' };

/** Where a message's bytes go. */
interface Sink {
  /** What is wrong, as soon as that is known. */
  write(bytes: Buffer): CallResult | undefined;
  end(): CallResult | Promise<CallResult>;
  breakOff(): void;
}

const brokeOff: CallResult = { kind: 'corrupt', message: 'the message broke off' };

/** The one message of a call, decompressed where it says that it is compressed. Whatever is left of one that was not read to its end is still to come from `stream`. */
export function readCall(stream: ServerHttp2Stream, encoding: string, limit: number, reservation: Reservation): Promise<CallResult> {
  const { promise, resolve } = Promise.withResolvers<CallResult>();
  const framing = new MessageFraming();
  let sink: Sink | undefined;
  const finish = (result: CallResult): void => {
    stream.off('data', take).off('end', end).off('close', breakOff);
    resolve(result);
  };
  const take = (chunk: Buffer): void => {
    const bytes = framing.take(chunk);
    if (bytes === undefined) return finish({ kind: 'not-one-message' });
    if (!framing.hasHead) return;
    if (framing.length > limit) return finish({ kind: 'too-large' });
    sink ??= framing.isCompressed
      ? decompressing(stream, encoding, limit, reservation, finish)
      : collecting(new PayloadCollector(limit, reservation, framing.length));
    const refusal = sink.write(bytes);
    if (refusal !== undefined) finish(refusal);
  };
  const end = (): void => {
    if (framing.isEmpty) return finish({ kind: 'not-one-message' });
    if (sink === undefined || !framing.isComplete) return breakOff();
    void Promise.resolve(sink.end()).then(finish);
  };
  const breakOff = (): void => {
    sink?.breakOff();
    finish(brokeOff);
  };
  stream.on('data', take).once('end', end).once('close', breakOff);
  return promise;
}

function collecting(collector: PayloadCollector): Sink {
  return {
    write(bytes) {
      const refusal = collector.add(bytes);
      return refusal === undefined ? undefined : { kind: refusal };
    },
    end: () => ({ kind: 'payload', payload: collector.payload() }),
    breakOff: () => undefined,
  };
}

/** `finish` is called where the message turns out to be bad or too large before its end. */
function decompressing(
  stream: ServerHttp2Stream,
  encoding: string,
  limit: number,
  reservation: Reservation,
  finish: (result: CallResult) => void,
): Sink {
  const compression = compressionOf(encoding);
  if (compression === undefined)
    return refused({ kind: 'corrupt', message: 'the message is compressed, and grpc-encoding does not say how' });
  if (!reservation.take(compression.bytes)) return refused({ kind: 'over-budget' });
  const decompressor = compression.create();
  const result = readPayload(decompressor, limit, reservation).finally(() => reservation.give(compression.bytes));
  void result.then((known) => (known.kind === 'payload' ? undefined : finish(known)));
  decompressor.on('drain', () => stream.resume());
  return {
    write(bytes) {
      if (!decompressor.write(bytes)) stream.pause();
      return undefined;
    },
    end() {
      decompressor.end();
      return result;
    },
    breakOff: () => void decompressor.destroy(),
  };
}

function refused(result: CallResult): Sink {
  return { write: () => result, end: () => result, breakOff: () => undefined };
}
