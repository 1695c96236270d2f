import type { Page } from '@playwright/test';
import type { StandInControl } from './stand-in-control.ts';

/** Where the app runs in a spec: a browser tab on headless, the built desktop bundle on the stand-in for Electron, or on Electron itself. */
export type HostName = 'browser' | 'stand-in' | 'electron';

/** A running Sidelight with its page, on free ports and a data directory of its own. */
export interface Host {
  readonly name: HostName;
  readonly page: Page;
  /** OTLP/gRPC, `http://localhost:PORT`. */
  readonly grpcUrl: string;
  /** OTLP/HTTP. */
  readonly httpUrl: string;
  /** Needs `Authorization: Bearer TOKEN`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly dataDirectory: string;
  /** Address of a view for `page.goto`; `path` begins with a slash and may have a query. */
  address(path: string): string;
  /** What no page shows: menu, tray, dialogs. On the stand-in only. */
  readonly shell?: StandInControl;
  /** What the app has written to stderr so far, cut to its last part. */
  stderr(): string;
  isRunning(): boolean;
  /** Ends it as a power cut would. The data directory stays. */
  kill(): Promise<void>;
  /** Ends it as a person would; rejects unless it ends with exit code 0. */
  close(): Promise<void>;
}

export interface LaunchHostOptions {
  dataDirectory: string;
  /** The Chromium to use. */
  browser: string;
}

export type LaunchHost = (options: LaunchHostOptions) => Promise<Host>;

/** Arguments of the app, the same on every host. */
export function appArguments({ dataDirectory }: LaunchHostOptions): string[] {
  return ['--json', '--data-dir', dataDirectory, '--grpc-port', '0', '--http-port', '0', '--ui-port', '0'];
}
