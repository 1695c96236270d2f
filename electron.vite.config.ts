import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Entries of the main build. Each file that runs in a process or worker of its own is named here; they are opened with
 * `new URL('./name.js', import.meta.url)`, so chunks must stay in the same folder as the entries. What is in `dependencies` stays outside; all other packages are built in, because
 * finding and reading their hundreds of files was most of a start.
 */
const mainEntries = {
  index: 'src-main/index.ts',
  headless: 'src-main/headless.ts',
  sidelight: 'src-main/sidelight.ts',
  demo: 'src-main/demo.ts',
  'engine-thread': 'src-main/engine-thread.ts',
  'writer-worker': 'src-main/engine/writer-worker.ts',
  'reader-worker': 'src-main/engine/reader-worker.ts',
  'checkpoint-worker': 'src-main/engine/checkpoint-worker.ts',
  'import-worker': 'src-main/engine/import-worker.ts',
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node22',
      rolldownOptions: {
        input: mainEntries,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: 'src-main/shell/preload.ts' },
        // A sandboxed preload must be CommonJS; with "type": "module" only .cjs is.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    // electron-vite makes addresses of assets relative to the page; views are pages (`/traces/…`), so that would be a different place for each.
    plugins: [react(), { name: 'absolute-addresses', config: () => ({ base: '/' }) }],
    build: {
      outDir: 'out/renderer',
      target: 'chrome142',
      minify: true,
      // Read from this machine's disk, not over a network.
      chunkSizeWarningLimit: 2000,
      // Fonts stay files: the content security policy allows no data: URLs for them.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
});
