import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTargets } from './open-target.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';

describe('what the arguments of a start ask to open', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sidelight-targets-'));
    mkdirSync(path.join(folder, 'folder.otlp'));
    for (const name of ['a.otlp', 'b.JSONL', 'c.txt', '-d.otlp']) writeFileSync(path.join(folder, name), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is links and files, in order', () => {
    expect(openTargets(['a.otlp', `sidelight://trace/${trace}`, path.join(folder, 'b.JSONL')], folder)).toEqual([
      { kind: 'file', file: path.join(folder, 'a.otlp') },
      { kind: 'view', view: `/traces/${trace}` },
      { kind: 'file', file: path.join(folder, 'b.JSONL') },
    ]);
  });

  it.each([
    '--data-dir=/etc',
    'https://example.com/x.json',
    'sidelight://trace/../../x.otlp',
    'c.txt',
    'none.otlp',
    'folder.otlp',
    '-d.otlp',
    '//server/share/a.otlp',
    String.raw`\\server\share\a.otlp`,
    'a.otlp\0',
    '',
  ])('is not %j', (argument) => expect(openTargets([argument], folder)).toEqual([]));

  it('has a bound', () => {
    expect(
      openTargets(
        Array.from({ length: 1000 }, () => 'a.otlp'),
        folder,
      ),
    ).toHaveLength(16);
  });
});
