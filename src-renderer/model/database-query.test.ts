import { describe, expect, it } from 'vitest';
import type { KeyValue } from '#proto/model/any-value';
import { databaseQuery } from './database-query.ts';
import { formatSql } from './format-sql.ts';

const texts = (values: Record<string, string>): KeyValue[] =>
  Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));

describe('databaseQuery', () => {
  it('reads the names of today and of yesterday', () => {
    expect(databaseQuery(texts({ 'db.system': 'mssql', 'db.statement': 'SELECT 1' }))).toEqual({
      text: 'SELECT 1',
      dialect: 'transactsql',
      parameters: [],
    });
    expect(databaseQuery(texts({ 'db.system.name': 'postgresql', 'db.query.text': 'SELECT $1', 'db.query.parameter.0': 'x' }))).toEqual({
      text: 'SELECT $1',
      dialect: 'postgresql',
      parameters: [{ key: '0', value: { stringValue: 'x' } }],
    });
  });

  it('takes for SQL what looks like it where nobody says what it is', () => {
    expect(databaseQuery(texts({ 'db.query.text': '  with a as (select 1) select * from a' }))?.dialect).toBe('sql');
    expect(databaseQuery(texts({ 'db.system': 'redis', 'db.statement': 'GET session:1' }))).toBeUndefined();
    expect(databaseQuery(texts({ 'db.system': 'mongodb', 'db.statement': '{"find":"carts"}' }))).toBeUndefined();
    expect(databaseQuery(texts({ 'db.system': 'postgresql' }))).toBeUndefined();
  });
});

describe('formatSql', () => {
  it('breaks a query into lines, in the language of its database', () => {
    expect(formatSql("select a,\"b\" from t where x=$1 and y = 'it''s'", 'postgresql')).toBe(
      `select\n  a,\n  "b"\nfrom\n  t\nwhere\n  x = $1\n  and y = 'it''s'`,
    );
    expect(formatSql('SELECT `a` FROM t LIMIT ?', 'mysql')).toContain('`a`');
    expect(formatSql('SELECT [a] FROM t WHERE b = @p1', 'transactsql')).toContain('[a]');
    expect(formatSql('SELECT * FROM t WHERE id IN (%s, %(name)s, :x, ?)', 'sql')).toContain('%(name)s');
  });

  it('leaves alone what it does not understand or what is too long', () => {
    expect(formatSql("SELECT 'never closed", 'postgresql')).toBeUndefined();
    expect(formatSql(`SELECT ${'(('.repeat(10_000)}`, 'sql')).toBeUndefined();
    expect(formatSql('SELECT 1,'.repeat(100_000), 'sql')).toBeUndefined();
  });
});
