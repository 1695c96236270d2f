import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { findRootCause } from './root-cause.ts';
import { rootCauseSentence, causeText } from './root-cause-sentence.ts';
import { readTrace } from './trace.ts';

const sentenceOf = (drawing: string, said: string): string | undefined => {
  const trace = readTrace(drawTrace(drawing));
  const cause = findRootCause(trace);
  return cause && causeText(rootCauseSentence(trace, cause, said));
};

const failed = `
api GET / 0-100 error
  db SELECT 10-90 error`;

describe('rootCauseSentence', () => {
  it('says what failed and where', () => expect(sentenceOf(failed, 'ConnectError: refused')).toBe('ConnectError: refused — SELECT in db'));

  it('says who dealt with it', () => {
    expect(sentenceOf(failed.replace('0-100 error', '0-100'), 'timeout')).toBe('timeout — SELECT in db; handled by GET / in api');
  });

  it('says that nothing was said', () => expect(sentenceOf(failed, ' \n ')).toBe('Failed without a message — SELECT in db'));

  it('is one line of bounded length that hides nothing', () => {
    expect(sentenceOf(failed, 'a\r\n  b\u202e')).toBe('a b⟨RLO⟩ — SELECT in db');
    expect(sentenceOf(failed, 'x'.repeat(100_000))).toBe(`${'x'.repeat(400)}… — SELECT in db`);
  });
});
