import {
  bigquery,
  clickhouse,
  db2,
  type DialectOptions,
  duckdb,
  formatDialect,
  hive,
  mariadb,
  mysql,
  plsql,
  postgresql,
  redshift,
  singlestoredb,
  snowflake,
  spark,
  sql,
  sqlite,
  transactsql,
  trino,
} from 'sql-formatter';
import type { SqlDialect } from './database-query.ts';

const dialects: Record<SqlDialect, DialectOptions> = {
  bigquery,
  clickhouse,
  db2,
  duckdb,
  hive,
  mariadb,
  mysql,
  plsql,
  postgresql,
  redshift,
  singlestoredb,
  snowflake,
  spark,
  sql,
  sqlite,
  transactsql,
  trino,
};

/** Longer queries would keep the window waiting, and are not read anyway. */
const maxLength = 20_000;

/** Placeholders of drivers, which pass for values in any language: `?`, `$1`, `:name`, `@name`, `%s`, `%(name)s`. */
const paramTypes = {
  positional: true,
  numbered: ['$', ':'],
  named: [':', '@'],
  custom: [{ regex: String.raw`%\(\w{1,100}\)s` }, { regex: '%s' }],
} satisfies {
  positional: boolean;
  numbered: ('$' | ':')[];
  named: (':' | '@')[];
  custom: { regex: string }[];
};

/** A query in lines, its words as they were sent. Undefined where it is not understood, or too long. Its module is large: import it when there is something to format. */
export const formatSql = (text: string, dialect: SqlDialect): string | undefined => {
  if (text.length > maxLength) return undefined;
  for (const options of [{ paramTypes }, {}]) {
    try {
      return formatDialect(text, { dialect: dialects[dialect], ...options });
    } catch {
      // The placeholders may mean something else in this language.
    }
  }
  return undefined;
};
