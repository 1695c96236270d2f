import type { Comparison } from './query.ts';

/** What a query is asked of: the spans of traces, or log records. */
export type Subject = 'traces' | 'logs';

/**
 * The names that a query knows by itself, beside words and attributes. Parser, documentation and the query bar's suggestions take them from here. An attribute of the same
 * name is asked for with its key in quotes.
 */
export interface QueryField {
  name: 'service' | 'name' | 'status' | 'kind' | 'duration' | 'severity' | 'body';
  subjects: readonly Subject[];
  /** A colon is another way to write `=`. */
  comparisons: readonly Comparison[];
  /** Whether it is a text: stars stand for anything in it, and `~` and `!~` ask for a regular expression. */
  isText: boolean;
  /** All the words that it takes, where they are few; numbers and free text come on top. */
  values: readonly string[];
  /** A term of it. */
  example: string;
  description: string;
}

const equality = ['=', '!='] as const;
const order = ['=', '!=', '>', '>=', '<', '<='] as const;

export const queryFields: readonly QueryField[] = [
  {
    name: 'service',
    subjects: ['traces', 'logs'],
    comparisons: equality,
    isText: true,
    values: [],
    example: 'service:api',
    description: 'the service that sent it, by its exact name, or with * for anything',
  },
  {
    name: 'name',
    subjects: ['traces'],
    comparisons: equality,
    isText: true,
    values: [],
    example: 'name:"GET /cart"',
    description: 'the name of the span, exactly, or with * for anything',
  },
  {
    name: 'status',
    subjects: ['traces'],
    comparisons: equality,
    isText: false,
    values: ['error', 'ok', 'unset'],
    example: 'status:error',
    description: 'the status of the span',
  },
  {
    name: 'kind',
    subjects: ['traces'],
    comparisons: equality,
    isText: false,
    values: ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'],
    example: 'kind:server',
    description: 'the kind of the span',
  },
  {
    name: 'duration',
    subjects: ['traces'],
    comparisons: order,
    isText: false,
    values: [],
    example: 'duration>200ms',
    description: 'how long the span took',
  },
  {
    name: 'severity',
    subjects: ['logs'],
    comparisons: order,
    isText: false,
    values: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    example: 'severity>=warn',
    description: 'how severe the log record is',
  },
  {
    name: 'body',
    subjects: ['logs'],
    comparisons: equality,
    isText: true,
    values: [],
    example: 'body:*timeout*',
    description: 'the whole text of the log record, with * for anything',
  },
];
