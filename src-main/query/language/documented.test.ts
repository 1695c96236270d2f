import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { queryFields, type Subject } from '#proto/model/query-fields';
import { parseQuery } from '../parse-query.ts';

/** The language as `docs/query-language.md` and the list of fields tell of it is the one that is read. */

const page = readFileSync('docs/query-language.md', 'utf8');
const rows = [...page.matchAll(/^\| `(.+?)` \| (.+) \| (traces|logs|traces, logs) \|$/gmu)].map(
  ([, term = '', finds = '', subjects = '']) => ({
    term,
    finds,
    subjects: subjects.split(', ') as Subject[],
  }),
);
const examples = (/^```\n(.*?)^```$/msu.exec(page)?.[1] ?? '').trim().split('\n');

describe('The description of the query language', () => {
  it('has examples', () => {
    expect(rows.length).toBeGreaterThan(10);
    expect(examples.length).toBeGreaterThan(4);
  });

  it.each(rows)('lists $term where it is understood', ({ term, subjects }) => {
    for (const subject of ['traces', 'logs'] as const) {
      if (subjects.includes(subject)) expect(parseQuery(term, subject)).not.toHaveProperty('of');
      else expect(() => parseQuery(term, subject)).toThrow(/it is for/u);
    }
  });

  it.each(examples)('shows %s', (query) => expect(() => parseQuery(query, 'traces')).not.toThrow());

  it.each(queryFields)('lists $name with its words', ({ example, subjects, values }) => {
    const row = rows.find(({ term }) => term === example);
    expect(row?.subjects).toEqual(subjects);
    for (const value of values) expect(page).toContain(`\`${value}\``);
  });
});

describe('queryFields', () => {
  it.each(queryFields)(
    'gives examples, words and comparisons of $name that are understood',
    ({ name, example, subjects, values, comparisons }) => {
      for (const subject of subjects) {
        expect(() => parseQuery(example, subject)).not.toThrow();
        for (const value of values) expect(() => parseQuery(`${name}:${value}`, subject)).not.toThrow();
        const value = example.replace(/^\w+\W=?/u, '');
        for (const comparison of comparisons) expect(() => parseQuery(`${name}${comparison}${value}`, subject)).not.toThrow();
      }
    },
  );
});
