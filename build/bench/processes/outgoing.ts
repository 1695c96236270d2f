import { LogWorkload, recordsPerExport } from '../workload/log-workload.ts';
import { fullExports, smallExports } from '../workload/span-shape.ts';
import { SpanWorkload } from '../workload/span-workload.ts';
import type { Signal } from './export-service.ts';

interface Workload {
  export(number: number): Buffer<ArrayBuffer>;
  renew(bytes: Buffer, made: number, number: number): void;
}

/** How many exports of each service are made beforehand. */
const roundsMade = 8;

/**
 * Exports that are ready to be sent. Making one takes longer than sending one, so a few hundred are made once and get the ids and times of a new export each time that they are
 * sent; their attributes repeat. One that is under way is not touched.
 */
export class Outgoing {
  static readonly #known = new Map<string, Outgoing>();
  readonly recordsPerExport: number;
  readonly #workload: Workload;
  readonly #services: number;
  /** By service: what is not under way. */
  readonly #idle: Buffer[][];
  readonly #numbers = new Map<Buffer, number>();

  private constructor(workload: Workload, services: number, records: number) {
    this.#workload = workload;
    this.#services = services;
    this.recordsPerExport = records;
    this.#idle = Array.from({ length: services }, () => []);
    for (let number = 0; number < services * roundsMade; number++) this.#idle[number % services]?.push(this.#make(number));
  }

  static of(signal: Signal, shape: 'full' | 'small'): Outgoing {
    const name = `${signal} ${shape}`;
    const known = this.#known.get(name) ?? this.#create(signal, shape === 'full' ? fullExports : smallExports);
    this.#known.set(name, known);
    return known;
  }

  static #create(signal: Signal, shape: typeof fullExports): Outgoing {
    if (signal === 'logs') return new Outgoing(new LogWorkload(), 10, recordsPerExport);
    return new Outgoing(new SpanWorkload(shape), shape.services, shape.spansPerExport);
  }

  /** The `number`-th export. */
  take(number: number): Buffer {
    const bytes = this.#idle[number % this.#services]?.shift() ?? this.#make(number);
    this.#workload.renew(bytes, this.#numbers.get(bytes) ?? number, number);
    return bytes;
  }

  /** Its answer has come. */
  giveBack(bytes: Buffer): void {
    const number = this.#numbers.get(bytes) ?? 0;
    this.#idle[number % this.#services]?.push(bytes);
  }

  #make(number: number): Buffer {
    const bytes = this.#workload.export(number);
    this.#numbers.set(bytes, number);
    return bytes;
  }
}
