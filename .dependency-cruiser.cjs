/**
 * The import arrows of the architecture, as data. "A may import B" is what is left when every other arrow is an error.
 * `rooms` lists, for each room, all that it may import besides itself, `proto/` and packages.
 */
const rooms = {
  '^src-main/base/': [],
  '^src-main/receive/': ['^src-main/base/'],
  '^src-main/decode/': ['^src-main/base/'],
  '^src-main/analysis/': ['^src-main/base/'],
  '^src-main/store/': ['^src-main/(base|decode)/'],
  '^src-main/sample/': ['^src-main/base/'],
  '^src-main/query/': ['^src-main/(base|store)/'],
  '^src-main/engine/': ['^src-main/(base|receive|decode|store|query|sample|open)/'],
  '^src-main/faults/': ['^src-main/(base|engine|receive|decode|store)/', '^src-main/headless[.]ts$'],
  '^src-main/serve/': ['^src-main/(base|engine)/'],
  '^src-main/open/': ['^src-main/(base|decode)/'],
  '^src-main/client/': ['^src-main/base/'],
  '^src-main/run/': ['^src-main/(base|client)/'],
  '^src-main/cli/': ['^src-main/(base|client|open|run|serve|store)/'],
  '^src-main/shell/': ['^src-main/(base|engine|open|serve)/', '^src-main/cli/serve-command[.]ts$'],
  '^src-main/(index|headless|sidelight|engine-thread)[.]ts$': ['^src-main/(base|engine|open|serve|shell|cli)/'],
  '^src-main/demo[.]ts$': ['^src-main/(base|sample)/'],
  '^src-renderer/base/': [],
  '^src-renderer/canvas/': ['^src-renderer/base/'],
  '^src-renderer/model/': ['^src-renderer/base/'],
  '^src-renderer/widgets/': ['^src-renderer/base/'],
  '^src-renderer/bridge/': ['^src-renderer/base/'],
  '^src-renderer/state/': ['^src-renderer/(base|bridge)/'],
  '^src-renderer/components/': ['^src-renderer/(base|model|canvas|widgets|bridge|state)/'],
  '^src-renderer/app/': ['^src-renderer/(base|model|canvas|widgets|bridge|state|components)/', '^src-renderer/features/[^/]+/index[.]ts$'],
  '^src-renderer/main[.]tsx$': ['^src-renderer/(app|bridge|widgets|base|state)/'],
};

/** A feature is private: others see its index.ts, and no feature sees another. */
const feature = {
  name: 'feature-is-private',
  comment: 'features → components, widgets, canvas, model, state, bridge, base; never another feature',
  severity: 'error',
  from: { path: '^src-renderer/features/([^/]+)/' },
  to: { path: '^src-', pathNot: ['^src-renderer/features/$1/', '^src-renderer/(base|model|canvas|widgets|bridge|state|components)/'] },
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `arrows-of ${room}`,
  severity: 'error',
  from: { path: room, pathNot: '[.]test[.]tsx?$' },
  to: { path: '^(src-main|src-renderer|e2e|build)/', pathNot: [room, ...allowed] },
}));

const only = (name, packages, allowedFrom) => ({
  name,
  severity: 'error',
  from: { pathNot: [...allowedFrom, '^e2e/', '^build/', '[.]test[.]tsx?$', '[.]config[.]ts$'] },
  to: { path: `^(node_modules/)?(${packages})(/|$)` },
});

module.exports = {
  forbidden: [
    ...roomRules,
    feature,
    {
      name: 'proto-is-the-floor',
      severity: 'error',
      from: { path: '^proto/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^proto/', 'node_modules/(zod|@orpc/contract)/'] },
    },
    { name: 'renderer-never-imports-main', severity: 'error', from: { path: '^src-renderer/' }, to: { path: '^src-main/' } },
    {
      name: 'pure-without-react',
      severity: 'error',
      from: { path: '^src-renderer/(model|canvas|base)/' },
      to: { path: 'node_modules/(react|react-dom)/' },
    },
    only('electron-only-in-the-shell', 'electron', ['^src-main/shell/', '^src-main/index[.]ts$']),
    only('sqlite-only-in-the-store', 'better-sqlite3', ['^src-main/store/']),
    only('grpc-only-in-tests', '@grpc/grpc-js', []),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '[.]config[.]ts$', '^build/', '/public/'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['[?]', '^virtual:'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(out|dist|node_modules/[.]cache)', '^e2e/interop/[^/]+/program/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css'],
    },
  },
};
