import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { ComparePage, CompareSearch, GroupsPage, GroupsSearch } from '#ui/features/compare/index.ts';
import { DoctorPage } from '#ui/features/doctor/index.ts';
import { FilesPage } from '#ui/features/files/index.ts';
import { LogsPage, LogsSearch } from '#ui/features/logs/index.ts';
import { FirstStart, SetupPage, SetupSearch } from '#ui/features/setup/index.ts';
import { TracePage, TraceSearch } from '#ui/features/trace/index.ts';
import { TracesPage, TracesSearch } from '#ui/features/traces/index.ts';
import { Layout } from './Layout.tsx';
import { NotFound } from './NotFound.tsx';
import { RouteError } from './RouteError.tsx';
import { parseSearch, stringifySearch } from './search-params.ts';

/** What loaders need of the engine; `App` gives it. */
interface RouteContext {
  readAhead: (traceId: string) => void;
}

const root = createRootRouteWithContext<RouteContext>()({ component: Layout, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => redirect({ to: '/traces', replace: true, throw: true }),
});

const traces = createRoute({
  getParentRoute: () => root,
  path: '/traces',
  validateSearch: TracesSearch,
  component: () => <TracesPage firstStart={<FirstStart />} />,
});

const trace = createRoute({
  getParentRoute: () => root,
  path: '/traces/$traceId',
  validateSearch: TraceSearch,
  // Begins to read; nobody waits for it. Another span or tab of the same trace is no reason to read it again.
  loader: ({ context, params }) => context.readAhead(params.traceId.toLowerCase()),
  staleTime: Number.POSITIVE_INFINITY,
  preloadStaleTime: 0,
  component: TracePage,
});

const logs = createRoute({ getParentRoute: () => root, path: '/logs', validateSearch: LogsSearch, component: LogsPage });

const compare = createRoute({ getParentRoute: () => root, path: '/compare', validateSearch: CompareSearch, component: ComparePage });

const compareGroups = createRoute({
  getParentRoute: () => root,
  path: '/compare/groups',
  validateSearch: GroupsSearch,
  component: GroupsPage,
});

const files = createRoute({ getParentRoute: () => root, path: '/files', component: FilesPage });

const doctor = createRoute({ getParentRoute: () => root, path: '/doctor', component: DoctorPage });

const setup = createRoute({ getParentRoute: () => root, path: '/setup', validateSearch: SetupSearch, component: SetupPage });

/** Every view has an address, and every address that is shared leads back to the same view. */
export const router = createRouter({
  routeTree: root.addChildren([home, traces, trace, compare, compareGroups, logs, files, doctor, setup]),
  context: { readAhead: () => undefined },
  defaultErrorComponent: RouteError,
  parseSearch,
  stringifySearch,
  // Views restore their own lists, which are virtual.
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
