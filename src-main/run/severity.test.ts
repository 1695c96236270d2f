import { describe, expect, it } from 'vitest';
import { severityOfLevel, severityOfLine } from './severity.ts';

describe('the severity that a line of text says it has', () => {
  it.each([
    ['ERROR something broke', 17, 'ERROR'],
    ['INFO:     127.0.0.1:50000 - "GET / HTTP/1.1" 200 OK', 9, 'INFO'],
    ['WARNING:root:careful', 13, 'WARNING'],
    ['2026-11-22 10:00:00,123 - shop - ERROR - failed', 17, 'ERROR'],
    ['2026-11-22T10:00:00Z [DEBUG] shop: cache', 5, 'DEBUG'],
    ['[2026-11-22 10:00:00] [CRITICAL] worker died', 21, 'CRITICAL'],
    ['10:00:00.123 | FATAL | no way', 21, 'FATAL'],
    ['npm ERR! missing script: start', 17, 'ERR'],
    ['[warn] deprecated', 13, 'warn'],
    ['error: could not compile', 17, 'error'],
    ['ts=1 level=warn msg="slow"', 13, 'warn'],
    ['time="…" level=panic msg=x', 21, 'panic'],
  ])('%s', (line, number, text) => expect(severityOfLine(line)).toEqual({ number, text }));

  it.each([
    'GET /ERROR 200',
    'set the level to whatever DEBUG or INFO means to you',
    'an error occurred',
    'Information for everyone: error handling',
    'INFORMATIONAL',
    'MYERROR: x',
    '    at Object.<anonymous> (error.js:1:1)',
    'trace',
    '',
  ])('nothing: %s', (line) => expect(severityOfLine(line)).toBeUndefined());
});

describe("pino's levels", () => {
  it.each([
    [10, 1],
    [20, 5],
    [30, 9],
    [35, 9],
    [40, 13],
    [50, 17],
    [60, 21],
  ])('%i', (level, number) => expect(severityOfLevel(level)?.number).toBe(number));
  it.each([0, -10, 70, Number.NaN, 1e9])('%d is none', (level) => expect(severityOfLevel(level)).toBeUndefined());
});
