import { describe, expect, it } from 'vitest';
import type { LogRecord } from '#proto/model/log';
import { encodeLogs } from '#main/decode/walk/encode';
import { walkLogs } from '#main/decode/walk/walk-logs';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { ChunkContent } from '../chunk-content.ts';
import { attribute, logOf, plainScope, resourceOf, seededRandom, traceIdOf } from '../../records.fixture.ts';
import { sentLog, someLog } from './brute-force.fixture.ts';
import { clueOfId, cluesOf } from './clues.ts';
import { narrow } from './narrow.ts';

const resource = resourceOf('api');

function contentOf(records: LogRecord[]): ChunkContent<WalkedLogs> {
  return new ChunkContent(encodeLogs([{ resource, scope: plainScope, items: records }]), walkLogs);
}

const allRows = ({ frame }: ChunkContent<WalkedLogs>): number[] => Array.from({ length: frame.count }, (_, row) => row);

function rowsWith(content: ChunkContent<WalkedLogs>, text: string, prefix = false): number[] {
  return narrow(content, allRows(content), cluesOf({ kind: 'text', text, prefix }));
}

describe('narrow', () => {
  it('keeps every record that shows a word, however its value was sent', () => {
    const random = seededRandom(8);
    const records = Array.from(
      { length: 200 },
      () => JSON.parse(JSON.stringify(someLog(random)).replaceAll('ünïcödé', 'unicode')) as LogRecord,
    );
    const content = contentOf(records);
    const words = records.map((record) => sentLog(1, 1n, record, resource, plainScope).fields.flat());
    for (const word of new Set(words.flat())) {
      const showing = words.flatMap((shown, row) => (shown.includes(word) ? [row] : []));
      expect(rowsWith(content, word)).toEqual(expect.arrayContaining(showing));
      expect(rowsWith(content, word.slice(0, -1), true)).toEqual(expect.arrayContaining(showing));
    }
  });

  it('takes out records that neither hold nor show the word', () => {
    const numbered = (intValue: string): LogRecord => logOf({ attributes: [attribute('n', { intValue })] });
    const plain = Array.from({ length: 20 }, () => numbered('7'));
    const records = [
      logOf({ body: { stringValue: 'order 7975' } }),
      numbered('79751'),
      numbered('-7975'),
      logOf({ body: { intValue: '7975' } }),
      ...plain,
    ];
    const content = contentOf(records);
    expect(rowsWith(content, '7975')).toEqual([0, 1, 2, 3]);
    expect(rowsWith(content, 'ORDER')).toEqual([0, 3]);
    expect(rowsWith(content, '07975')).toEqual([3]);
  });

  it('finds the ids of a trace in fields and in attributes', () => {
    const traceId = traceIdOf(0xabcdef);
    const plain = Array.from({ length: 20 }, () => logOf({ traceId: traceIdOf(7) }));
    const content = contentOf([...plain, logOf({ traceId }), logOf({ attributes: [attribute('trace_id', traceId.toUpperCase())] })]);
    expect(narrow(content, allRows(content), [clueOfId(Buffer.from(traceId, 'hex'))])).toEqual([20, 21]);
  });
});
