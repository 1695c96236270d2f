import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { findRootCause } from './root-cause.ts';
import { readTrace } from './trace.ts';

const causeOf = (drawing: string) => {
  const trace = readTrace(drawTrace(drawing));
  const cause = findRootCause(trace);
  const names = (spans: readonly number[]): string[] => spans.map((span) => trace.name.at(span));
  return (
    cause && {
      name: trace.name.at(cause.span),
      path: names(cause.path),
      handledBy: cause.handledBy === undefined ? undefined : names([cause.handledBy])[0],
    }
  );
};

describe('findRootCause', () => {
  it('finds none where nothing failed', () => expect(causeOf('api GET / 0-10')).toBeUndefined());

  it('goes down to the deepest failure', () => {
    expect(
      causeOf(`
api POST /train 0-100 error
  api start 5-90 error
    api connect 10-80 error: ConnectError: All connection attempts failed
  db SELECT 91-95`),
    ).toEqual({ name: 'connect', path: ['POST /train', 'start', 'connect'], handledBy: undefined });
  });

  it('looks through spans that recorded no failure', () => {
    expect(
      causeOf(`
api GET / 0-100 error
  api middleware 1-99
    db SELECT 10-90 error`)?.name,
    ).toBe('SELECT');
  });

  it('blames the last attempt of a retry', () => {
    expect(
      causeOf(`
api GET / 0-100 error
  api attempt-1 1-20 error
  api attempt-2 21-50 error
    net connect 22-49 error
  api attempt-0 2-10 error`)?.path,
    ).toEqual(['GET /', 'attempt-2', 'connect']);
  });

  it('does not blame what came after the exception', () => {
    expect(
      causeOf(`
api GET /boom 0-100 exception=50 error
  api GET /boom http send 51-52 error`)?.path,
    ).toEqual(['GET /boom']);
    expect(
      causeOf(`
api GET /dead 0-100 exception=50 error
  api GET 20-40 exception=39 error
  api GET /dead http send 51-52 error`)?.path,
    ).toEqual(['GET /dead', 'GET']);
  });

  it('says that a failure was dealt with', () => {
    expect(
      causeOf(`
api GET / 0-100
  api attempt-1 1-20 error
  api attempt-2 21-50`),
    ).toEqual({ name: 'attempt-1', path: ['attempt-1'], handledBy: 'GET /' });
  });

  it('prefers a root that failed over failures that others survived', () => {
    expect(
      causeOf(`
api GET / 0-300
  api attempt 1-250 error
worker job 5-90 error`)?.name,
    ).toBe('job');
  });

  it('takes a span whose parent has not arrived for a root', () => {
    expect(causeOf('api work 0-10 orphan error')?.handledBy).toBeUndefined();
  });

  it('is not confused by a span that ends before it starts', () => {
    expect(
      causeOf(`
api GET / 0-100 error
  api skewed 90-10 error
  api real 20-95 error`)?.name,
    ).toBe('real');
  });
});
