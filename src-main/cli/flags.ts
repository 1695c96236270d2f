import { homedir } from 'node:os';
import path from 'node:path';
import { defaultDataDirectory } from '#main/base/data-directory';

/** OTLP's own ports (OTLP specification, "OTLP/gRPC" and "OTLP/HTTP" default port). */
export const otlpGrpcPort = 4317;
export const otlpHttpPort = 4318;

/** Arguments that cannot be read, in one sentence. */
export interface ArgumentError {
  kind: 'error';
  message: string;
}

/** Reads arguments with what throws on wrong ones, as `parseArgs` does. */
export function readArguments<Command>(read: () => Command): Command | ArgumentError {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // What parseArgs says after its first sentence is about positional arguments that begin with a dash, which nothing here takes.
    return { kind: 'error', message: error.message.split('. To specify', 1).join('') };
  }
}

/** Undefined: where the platform keeps such things. */
export function toDataDirectory(folder: string | undefined): string {
  return path.resolve(folder ?? defaultDataDirectory({ platform: process.platform, env: process.env, home: homedir() }));
}

export function toPort(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new RangeError(`${name} takes a port from 0 to 65535, not '${text}'.`);
  return Number(text);
}
