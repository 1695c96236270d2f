import path from 'node:path';
import type { ReceiverUrls } from '#main/client/receiver-urls';

export interface EnvironmentOptions {
  /** The user's own environment. */
  env: NodeJS.ProcessEnv;
  receivers: ReceiverUrls;
  /** Asked for by name; goes before everything. */
  name: string | undefined;
  /** Where the program is started: its folder names a service that has no name. */
  folder: string;
  /** Told apart by this, unless the user has given one. */
  runId: string;
  /** Where what the program prints ends on a terminal, its colours: as `tty.WriteStream.getColorDepth` counts them. */
  colourDepth: number | undefined;
}

export interface ChildEnvironment {
  env: NodeJS.ProcessEnv;
  service: string;
  runId: string;
  /** What the program's resource has beside the name of the service: the user's own attributes and the run's id. */
  resourceAttributes: ReadonlyMap<string, string>;
}

/** Attribute by which the telemetry of one run is found. */
export const runIdKey = 'sidelight.run.id';

/** An SDK waits up to 5 s with spans and 1 s with logs, and a minute with metrics: too long for somebody who looks. */
const soonMs = '500';
const metricsMs = '5000';

/**
 * The environment of a program that is to send to us: OpenTelemetry's variables (specification, "Environment Variable Specification"), unless the user has set them. HTTP,
 * because every SDK has that exporter or says how to get it; one that only speaks gRPC can send to the same port.
 */
export function childEnvironment({ env, receivers, name, folder, runId, colourDepth }: EnvironmentOptions): ChildEnvironment {
  const own = readAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '');
  const service = name ?? (env['OTEL_SERVICE_NAME'] || own.get('service.name') || serviceOf(folder));
  const attributes = new Map([[runIdKey, runId], ...own]);
  attributes.delete('service.name');
  const speaksGrpc = env['OTEL_EXPORTER_OTLP_PROTOCOL'] === 'grpc';
  const defaults = {
    OTEL_EXPORTER_OTLP_ENDPOINT: speaksGrpc ? receivers.grpcUrl : receivers.httpUrl,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTLP_ENDPOINT: receivers.grpcUrl,
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_BSP_SCHEDULE_DELAY: soonMs,
    OTEL_BLRP_SCHEDULE_DELAY: soonMs,
    OTEL_METRIC_EXPORT_INTERVAL: metricsMs,
    // Its output goes through a pipe, on which Python would keep its lines until it has 8 KiB of them.
    PYTHONUNBUFFERED: '1',
    ...colours(env, colourDepth),
  };
  return {
    env: {
      ...env,
      ...unlessSet(defaults, env),
      OTEL_SERVICE_NAME: service,
      OTEL_RESOURCE_ATTRIBUTES: extendAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '', own, runId),
    },
    service,
    runId: attributes.get(runIdKey) ?? runId,
    resourceAttributes: attributes,
  };
}

/** An empty variable counts as one that is not set (specification, "Parsing empty value"). */
function unlessSet(defaults: NodeJS.ProcessEnv, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => (env[name] ?? '') === ''));
}

function serviceOf(folder: string): string {
  return path.basename(path.resolve(folder)) || 'app';
}

/** By the custom of Node's tools (`FORCE_COLOR` from 1 to 3), Python's and others (`CLICOLOR_FORCE`). A user who wants none has said so. */
function colours(env: NodeJS.ProcessEnv, depth: number | undefined): NodeJS.ProcessEnv {
  if (depth === undefined || depth <= 1 || env['NO_COLOR'] !== undefined) return {};
  const level = depth >= 24 ? '3' : depth >= 8 ? '2' : '1';
  return { FORCE_COLOR: level, CLICOLOR_FORCE: '1' };
}

/** `key=value,key=value`, percent-encoded (specification, "Specifying resource information via an environment variable"). */
function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const pair of text.split(',')) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() !== '' && value.length > 0) attributes.set(decoded(key.trim()), decoded(value.join('=').trim()));
  }
  return attributes;
}

/** The user's text stays as it is: only what is missing is put behind it. */
function extendAttributes(text: string, own: ReadonlyMap<string, string>, runId: string): string {
  if (own.has(runIdKey)) return text;
  return [text.replace(/[,\s]+$/, ''), `${runIdKey}=${runId}`].filter((part) => part !== '').join(',');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded, though the specification asks for it: as it stands.
    return text;
  }
}
