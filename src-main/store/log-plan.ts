import type { QueryTerm } from '#proto/model/query';
import type { LogQuery } from './interface.ts';
import { attributeTest, type AttributeTest } from './matching.ts';
import { attributeExpression, phraseExpression } from './search-text.ts';
import type { SourceRecords } from './source-records.ts';
import { toSigned } from './unsigned.ts';

/** A condition of SQL, with what is bound to it. */
export interface Condition {
  sql: string;
  values: unknown[];
}

/** What the text index has to say yes to, unless the record's source does. */
export interface TextCondition {
  /** FTS5 expression. */
  expression: string;
  sources: ReadonlySet<number>;
}

/** What a record has to hold, unless its source does. */
export interface AttributeCondition {
  test: AttributeTest;
  sources: ReadonlySet<number>;
}

/** A log query as what it asks of columns, of the text index and of the record itself. A record has to meet all of it. */
export interface LogPlan {
  columns: Condition[];
  texts: TextCondition[];
  attributes: AttributeCondition[];
}

export function planLogs({ query, traceId, spanId, minSeverity, order, after }: LogQuery, sources: SourceRecords): LogPlan {
  const plan: LogPlan = { columns: [], texts: [], attributes: [] };
  if (traceId !== undefined) plan.columns.push({ sql: 'trace_id = ?', values: [traceId] });
  if (spanId !== undefined) plan.columns.push({ sql: 'span_id = ?', values: [spanId] });
  if (minSeverity > 0) plan.columns.push({ sql: 'severity >= ?', values: [minSeverity] });
  if (after !== undefined) {
    plan.columns.push({
      sql: `(time_ns, id) ${order === 'newest' ? '<' : '>'} (?, ?)`,
      values: [toSigned(after.effectiveTimeNs), after.id],
    });
  }
  for (const term of query) addTerm(plan, term, sources);
  return plan;
}

function addTerm(plan: LogPlan, term: QueryTerm, sources: SourceRecords): void {
  switch (term.kind) {
    case 'text':
      plan.texts.push({ expression: phraseExpression(term), sources: new Set() });
      return;
    case 'service':
      plan.columns.push({ sql: 'source IN (SELECT value FROM json_each(?))', values: [JSON.stringify(sources.ofService(term.name))] });
      return;
    case 'attribute': {
      const test = attributeTest(term.key, term.value);
      const having = new Set(sources.withAttribute(term.key, term.value));
      plan.texts.push({ expression: attributeExpression(test.names, term.value), sources: having });
      plan.attributes.push({ test, sources: having });
      return;
    }
    case 'status':
      throw new Error('Log records have no status.');
  }
}
