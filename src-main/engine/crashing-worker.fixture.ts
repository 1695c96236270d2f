import { Moved, runWorker } from './worker-protocol.ts';

/** A worker that does as it is told, also when it is told to die or to be busy for ever. */
export type CrashingMethods = {
  echo: (text: string) => string;
  refuse: (position: number) => never;
  hang: (forever: undefined) => Promise<never>;
  spin: (forever: undefined) => never;
  crash: (code: number) => never;
  column: (length: number) => Moved<Float64Array>;
};

runWorker(() => ({
  methods: {
    echo: (text) => text,
    refuse: (position) => {
      throw Object.assign(new RangeError('no'), { position });
    },
    hang: () => new Promise<never>(() => undefined),
    spin: () => {
      for (;;);
    },
    crash: (code) => process.exit(code),
    column: (length) => {
      const column = new Float64Array(length).fill(1);
      return new Moved(column, [column.buffer]);
    },
  } satisfies CrashingMethods,
  close: () => undefined,
}));
