import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { StoreUnavailableError } from '../interface.ts';
import { attribute, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '../records.fixture.ts';
import { openCheckpointer } from './checkpointer.ts';
import { checkStore } from './check.ts';
import { openWriter } from './writer.ts';

function open() {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const checkpointer = openCheckpointer(directory);
  onTestFinished(() => {
    checkpointer.close();
    writer.close();
  });
  const append = (from: number) =>
    writer.append([
      spansFrom(
        'a',
        ...Array.from({ length: 200 }, (_, n) => spanOf({ traceId: traceIdOf(from + n), attributes: [attribute('n', 'x'.repeat(500))] })),
      ),
    ]);
  const logBytes = () => statSync(join(directory, 'sidelight.db-wal')).size;
  return { directory, writer, checkpointer, append, logBytes };
}

it('lets the log begin anew, so that it does not grow', () => {
  const { directory, checkpointer, append, logBytes } = open();
  append(1);
  expect(checkpointer.run()).toBe(0);
  const once = logBytes();
  for (let from = 201; from < 10_000; from += 200) {
    append(from);
    expect(checkpointer.run()).toBe(0);
  }
  expect(logBytes()).toBeLessThan(20 * once);
  expect(checkStore(directory)).toEqual([]);
});

it('says what is left while somebody reads, and carries it over afterwards', () => {
  const { directory, checkpointer, append } = open();
  append(1);
  const reader = new Database(join(directory, 'sidelight.db'), { readonly: true });
  onTestFinished(() => void reader.close());
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM chunk').get();
  append(201);
  expect(checkpointer.run()).toBeGreaterThan(0);
  reader.exec('COMMIT');
  expect(checkpointer.run()).toBe(0);
});

it('does not keep a commit from its work', () => {
  const { directory, checkpointer, append } = open();
  const committing = new Database(join(directory, 'sidelight.db'));
  onTestFinished(() => void committing.close());
  append(1);
  committing.exec('BEGIN IMMEDIATE');
  expect(checkpointer.run()).toBe(0);
  committing.exec('ROLLBACK');
});

it('has a store to work on', () => {
  expect(() => openCheckpointer(temporaryDirectory())).toThrow(StoreUnavailableError);
});
