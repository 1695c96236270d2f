import { describe, expect, it } from 'vitest';
import { localTimeOf, timeOfField } from './local-time.ts';

describe('a time in a field', () => {
  it('is kept to the nanosecond while nobody changes it', () => {
    const time = '1795388266015123456';
    expect(localTimeOf(time)).toMatch(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(timeOfField(localTimeOf(time), time)).toBe(time);
  });

  it('is whole seconds where it was written', () => {
    const written = localTimeOf('1795388266000000000');
    expect(timeOfField(written, undefined)).toBe('1795388266000000000');
    expect(timeOfField(written, '5')).toBe('1795388266000000000');
  });

  it.each(['', 'yesterday', '1812-01-01T00:00:00'])('is none in "%s"', (written) =>
    expect(timeOfField(written, undefined)).toBeUndefined(),
  );

  it('is empty beyond what a calendar has', () => {
    expect(localTimeOf(undefined)).toBe('');
    expect(localTimeOf('18446744073709551615')).not.toContain('NaN');
  });
});
