import { isDeepStrictEqual } from 'node:util';
import { displayValue } from '#proto/model/display-value';
import { decodeLogs } from '#main/decode/decode';
import { logMatches } from '#main/query/matches';
import { parseQuery } from '#main/query/parse-query';
import type { OpenQuestions } from '#main/query/questions';
import type { BuiltStore } from '../harness/stores.ts';
import { LogWorkload } from '../workload/log-workload.ts';
import { sourceOf } from './check-traces.ts';
import type { Question } from './trace-questions.ts';

/** Throws unless the first question of each kind finds exactly the newest records that looking at every one that was sent finds. */
export function checkLogsAgainstAll(questions: OpenQuestions, { exports }: BuiltStore, kinds: readonly Question[], limit: number): void {
  const workload = new LogWorkload();
  const wanted = kinds.map(({ kind, query }) => ({ kind, text: query(0), query: parseQuery(query(0), 'logs'), bodies: [] as string[] }));
  for (let number = 0; number < exports; number++) {
    for (const { resource, scope, items } of decodeLogs(workload.export(number), 'protobuf').groups) {
      const source = sourceOf(resource, scope);
      for (const log of items) {
        for (const { query, bodies } of wanted)
          if (logMatches(query, log, source)) bodies.push(log.body === undefined ? '' : displayValue(log.body));
      }
    }
  }
  for (const { kind, text, bodies } of wanted) {
    // The workload's records come in order of time, and each body is a different one.
    const expected = bodies.slice(-limit).toReversed();
    const found = questions
      .searchLogs({ query: text, limit, minSeverity: 0, order: 'newest' })
      .items.map(({ body }) => (body === undefined ? '' : displayValue(body)));
    if (!isDeepStrictEqual(found, expected))
      throw new Error(`${kind}: '${text}' finds ${found.length} records, and not those ${expected.length} that match.`);
  }
}
