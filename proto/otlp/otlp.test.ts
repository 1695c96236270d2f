import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';

function load(...files: string[]): protobuf.Namespace {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) =>
    target.startsWith('google/protobuf/') ? target : fileURLToPath(new URL(target, import.meta.url));
  return root.loadSync(files).resolveAll();
}

describe('the .proto files', () => {
  it.each(['trace', 'logs', 'metrics'])('define the %s service under the name that clients call', (signal) => {
    const root = load(`opentelemetry/proto/collector/${signal}/v1/${signal}_service.proto`);
    const name = `${signal.slice(0, 1).toUpperCase()}${signal.slice(1)}Service`;
    const service = root.lookupService(`opentelemetry.proto.collector.${signal}.v1.${name}`);
    expect(Object.keys(service.methods)).toEqual(['Export']);
    expect(service.methods['Export']?.resolvedRequestType?.fields).toHaveProperty(`resource${signal === 'trace' ? 'Spans' : name.replace('Service', '')}.id`, 1);
  });

  it('define the error body of OTLP/HTTP', () => {
    const status = load('google/rpc/status.proto').lookupType('google.rpc.Status');
    const bytes = status.encode({ code: 3, message: 'bad data' }).finish();
    expect(Buffer.from(bytes).toString('hex')).toBe('080312086261642064617461');
  });
});
