import { describe, expect, it } from 'vitest';
import type { EngineStatus } from '#proto/bridge/shapes';
import { recipes, type Target, targets } from './all.ts';
import { type Place, placeOf, type Step } from './recipe.ts';

const place: Place = {
  grpcUrl: 'http://localhost:14317',
  httpUrl: 'http://localhost:14318',
  service: 'shop/api',
  beyondLoopback: undefined,
};
const listeningBeyond: Place = { ...place, beyondLoopback: { addresses: ['172.17.0.1', '192.168.49.1'], token: 'a-token' } };

const textOf = (step: Step): string => ('code' in step ? step.code : step.variables.map(([name, value]) => `${name}=${value}`).join('\n'));
const linesOf = (target: Target, filledIn: Place): string => recipes[target].steps(filledIn).map(textOf).join('\n');

describe.each(targets)('the recipe for %s', (target) => {
  it('names the port that is really in use and no usual one in its place', () => {
    const text = linesOf(target, place);
    expect(text).toMatch(/\b1431[78]\b/);
    expect(text).not.toMatch(/localhost:431[78]/);
  });
  it('has steps with titles of their own and lines to paste', () => {
    const steps = recipes[target].steps(place);
    expect(new Set(steps.map(({ title }) => title)).size).toBe(steps.length);
    expect(steps.map(textOf)).not.toContain('');
  });
  it('shows the token only to containers, and only where Sidelight listens for them', () => {
    expect(linesOf(target, place)).not.toContain('Bearer');
    expect(linesOf(target, listeningBeyond).includes('Bearer%20a-token')).toBe(target === 'compose');
  });
});

// The Collector sends what services gave it, under their names.
it.each(targets.filter((target) => target !== 'collector'))('the recipe for %s names the service', (target) =>
  expect(linesOf(target, place)).toContain('shop/api'),
);

describe('variables', () => {
  const variablesOf = (target: Target): Record<string, string> =>
    Object.fromEntries(recipes[target].steps(place).flatMap((step) => ('variables' in step ? step.variables : [])));

  it('fit the protocol that the SDK speaks without further packages', () => {
    expect(variablesOf('python')).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: place.grpcUrl, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(variablesOf('java')).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: place.httpUrl,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    });
  });
});

describe('compose on Linux', () => {
  it('reaches the first address that is listened on, or has the network of the machine', () => {
    const text = linesOf('compose', listeningBeyond);
    expect(text).toContain('"host.docker.internal:172.17.0.1"');
    expect(text).toContain('"http://localhost:14318"');
    expect(text).toContain('  shop-api:');
  });
  it('says how to listen there while nothing does', () => expect(linesOf('compose', place)).toContain('--listen-address 172.17.0.1'));
});

describe('placeOf', () => {
  const receiver = (protocol: 'grpc' | 'http', state: 'listening' | 'port-taken') => ({
    protocol,
    state,
    port: 1,
    url: `http://localhost:${protocol}`,
    message: '',
  });
  const statusWith = (...receivers: EngineStatus['receivers']) => ({ receivers }) as EngineStatus;

  it('turns to the other receiver where one is off, because each takes every protocol', () => {
    const { grpcUrl, httpUrl } = placeOf(statusWith(receiver('grpc', 'port-taken'), receiver('http', 'listening')), 'x') ?? {};
    expect([grpcUrl, httpUrl]).toEqual(['http://localhost:http', 'http://localhost:http']);
  });
  it('has no place while none listens', () => {
    expect(placeOf(statusWith(receiver('grpc', 'port-taken')), 'x')).toBeUndefined();
  });
});
