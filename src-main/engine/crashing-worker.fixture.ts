import { runWorker } from './worker-protocol.ts';

/** A worker that does as it is told, also when it is told to die. */
export type CrashingMethods = {
  echo: (text: string) => string;
  refuse: (position: number) => never;
  hang: (forever: undefined) => Promise<never>;
  crash: (code: number) => never;
};

runWorker(() => ({
  methods: {
    echo: (text) => text,
    refuse: (position) => {
      throw Object.assign(new RangeError('no'), { position });
    },
    hang: () => new Promise<never>(() => undefined),
    crash: (code) => process.exit(code),
  } satisfies CrashingMethods,
  close: () => undefined,
}));
