import { describe, expect, it } from 'vitest';
import { severityLabel, severityMark, severityRange, severityShortName, severityTone } from './severity.ts';

describe('severity', () => {
  it('names every number of the standard', () => {
    const names = Array.from({ length: 24 }, (_, index) => severityShortName(index + 1));
    expect(names.slice(0, 5)).toEqual(['TRACE', 'TRACE2', 'TRACE3', 'TRACE4', 'DEBUG']);
    expect(names.slice(16)).toEqual(['ERROR', 'ERROR2', 'ERROR3', 'ERROR4', 'FATAL', 'FATAL2', 'FATAL3', 'FATAL4']);
  });

  it.each([
    [9, 'Information', 'INFO (Information)'],
    [9, '', 'INFO'],
    [9, 'INFO', 'INFO'],
    [9, 'info', 'INFO'],
    [10, 'INFO', 'INFO2 (INFO)'],
    [0, 'notice', 'notice'],
    [0, '', 'No severity'],
    [25, 'beyond', 'beyond'],
    [-1, '', 'No severity'],
  ])('writes %i "%s" as %s', (number, text, label) => {
    expect(severityLabel(number, text)).toBe(label);
  });

  it('sorts numbers into ranges, and leaves out what the standard does not know', () => {
    expect([0, 1, 8, 12, 13, 20, 21, 24, 25].map(severityRange)).toEqual([
      undefined,
      'TRACE',
      'DEBUG',
      'INFO',
      'WARN',
      'ERROR',
      'FATAL',
      'FATAL',
      undefined,
    ]);
  });

  it('falls back to the sender’s word in a narrow column', () => {
    expect(severityMark(14, 'WARNING')).toBe('WARN');
    expect(severityMark(0, 'notice')).toBe('notice');
    expect(severityMark(0, '')).toBe('');
  });

  it('keeps red for errors and amber for warnings', () => {
    expect([0, 1, 5, 9, 12, 13, 16, 17, 24].map(severityTone)).toEqual([
      'plain',
      'quiet',
      'quiet',
      'plain',
      'plain',
      'look',
      'look',
      'error',
      'error',
    ]);
  });
});
