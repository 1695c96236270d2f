import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { findAttribute } from '#proto/model/semantic-conventions';

/** Languages that the formatter knows. */
export type SqlDialect =
  | 'bigquery'
  | 'clickhouse'
  | 'db2'
  | 'duckdb'
  | 'hive'
  | 'mariadb'
  | 'mysql'
  | 'plsql'
  | 'postgresql'
  | 'redshift'
  | 'singlestoredb'
  | 'snowflake'
  | 'spark'
  | 'sql'
  | 'sqlite'
  | 'transactsql'
  | 'trino';

/** The query that a span sent to a database that speaks SQL. */
export interface DatabaseQuery {
  text: string;
  dialect: SqlDialect;
  /** `db.query.parameter.NAME`, under their names. */
  parameters: KeyValue[];
}

/** Values of `db.system.name` and of `db.system` (semantic conventions, "Database"). */
const dialects = new Map<string, SqlDialect>([
  ['postgresql', 'postgresql'],
  ['cockroachdb', 'postgresql'],
  ['edb', 'postgresql'],
  ['greenplum', 'postgresql'],
  ['mysql', 'mysql'],
  ['mariadb', 'mariadb'],
  ['sqlite', 'sqlite'],
  ['mssql', 'transactsql'],
  ['microsoft.sql_server', 'transactsql'],
  ['oracle', 'plsql'],
  ['oracle.db', 'plsql'],
  ['db2', 'db2'],
  ['ibm.db2', 'db2'],
  ['clickhouse', 'clickhouse'],
  ['redshift', 'redshift'],
  ['aws.redshift', 'redshift'],
  ['gcp.bigquery', 'bigquery'],
  ['snowflake', 'snowflake'],
  ['duckdb', 'duckdb'],
  ['hive', 'hive'],
  ['spark', 'spark'],
  ['trino', 'trino'],
  ['presto', 'trino'],
  ['memsql', 'singlestoredb'],
  ['singlestore', 'singlestoredb'],
  ['other_sql', 'sql'],
  ['h2', 'sql'],
  ['h2database', 'sql'],
  ['hsqldb', 'sql'],
  ['derby', 'sql'],
  ['firebird', 'sql'],
  ['firebirdsql', 'sql'],
]);

const looksLikeSql = /^\s*(?:select|insert|update|delete|merge|with|create|alter|drop|truncate|explain|begin|commit|rollback|call|exec)\b/i;
const parameterPrefix = /^db\.query\.parameter\./;

/** Undefined where there is no query, or its database speaks another language. */
export const databaseQuery = (attributes: readonly KeyValue[]): DatabaseQuery | undefined => {
  const value = findAttribute(attributes, 'db.query.text');
  const text = value === undefined ? '' : displayValue(value);
  if (text.trim() === '') return undefined;
  const system = findAttribute(attributes, 'db.system.name');
  const known = system === undefined ? undefined : dialects.get(displayValue(system).toLowerCase());
  // A database that is not in the list is asked in SQL or it is not: the text says it.
  if (known === undefined && !looksLikeSql.test(text.slice(0, 200))) return undefined;
  const parameters = attributes
    .filter(({ key }) => parameterPrefix.test(key))
    .map((parameter) => ({ key: parameter.key.replace(parameterPrefix, ''), value: parameter.value }));
  return { text, dialect: known ?? 'sql', parameters };
};
