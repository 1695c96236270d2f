import { QueryError } from '#proto/bridge/query-error';

/** What a selector asks about. The scope of an attribute narrows nothing: its key is looked for wherever attributes are. */
export type SelectorField = { kind: 'service' | 'name' | 'status' | 'kind' | 'duration' } | { kind: 'attribute'; key: string };

const intrinsics = new Map<string, SelectorField>([
  ['name', { kind: 'name' }],
  ['status', { kind: 'status' }],
  ['kind', { kind: 'kind' }],
  ['duration', { kind: 'duration' }],
  ['span:name', { kind: 'name' }],
  ['span:status', { kind: 'status' }],
  ['span:kind', { kind: 'kind' }],
  ['span:duration', { kind: 'duration' }],
]);

/** What TraceQL knows and a query here does not, and what to write instead. */
const unsupported: readonly [pattern: RegExp, sentence: string][] = [
  [/^(?:statusMessage|span:statusMessage)$/u, 'Status messages are found by their words, as in "card declined".'],
  [
    /^(?:traceDuration|rootName|rootServiceName|trace:.*)$/u,
    'One span has to meet a query by itself, which knows nothing of its trace as a whole.',
  ],
  [
    /^(?:parent|span:parent|parent\..*|childCount|span:childCount|nestedSet\w+|span:parentID)$/u,
    'One span has to meet a query by itself, which knows nothing of the spans around it.',
  ],
  [/^event:.*$/u, 'Names of events are found by their words, as in "exception thrown".'],
  [/^(?:link:.*|link\..*)$/u, 'Links are not searched.'],
  [/^(?:span:id|instrumentation:.*)$/u, 'It is not searched.'],
];

const scoped = /^(?:span|resource|event|instrumentation)?\.(?=.)/u;

/** Throws `QueryError` for what cannot be asked. */
export function selectorField(path: string, start: number): SelectorField {
  const intrinsic = intrinsics.get(path);
  if (intrinsic !== undefined) return intrinsic;
  const [, sentence] = unsupported.find(([pattern]) => pattern.test(path)) ?? [];
  if (sentence !== undefined) throw new QueryError(`${path} of TraceQL is not supported. ${sentence}`, start);
  const [scope] = scoped.exec(path) ?? [];
  if (scope === undefined)
    throw new QueryError(
      `A selector of TraceQL has no ${path}. Attributes have a scope or a dot in front: span.${path} or .${path}.`,
      start,
    );
  const key = path.slice(scope.length).replaceAll(/"((?:[^"\\]|\\[^])*)"/gu, (_, inside: string) => inside.replaceAll(/\\(["\\])/gu, '$1'));
  return key === 'service.name' && scope !== 'span.' ? { kind: 'service' } : { kind: 'attribute', key };
}
