import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{proto,src-main,src-renderer,build,e2e}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Tests of the whole app start what is built, which takes a third of the time that the sources take.
    globalSetup: 'build/build-for-tests.ts',
    // Real sockets, workers and child processes: generous, so that a busy machine does not fail a test.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    retry: process.env['CI'] === undefined ? 0 : 1,
    // Tests wait for sockets and processes more than they compute: one core need not be left free.
    maxWorkers: '100%',
  },
});
