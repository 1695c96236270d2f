import { SpanKind } from '../model/span.ts';
import type { Trace } from './trace.ts';

/** One way to sort the spans of a trace into groups: a number a span, in tree order, and what the numbers stand for. */
export interface Dimension {
  /** Distinct, in order of first appearance; `undefined` stands for spans that carry no value. */
  readonly labels: readonly (string | undefined)[];
  readonly codes: Uint32Array;
}

/** What every trace can be sorted by, without asking the engine for anything. */
export const builtInDimensions = ['service', 'operation', 'name', 'kind', 'status'] as const;
export type BuiltInDimension = (typeof builtInDimensions)[number];

export const dimensionOf = (size: number, labelOf: (span: number) => string | undefined): Dimension => {
  const labels: (string | undefined)[] = [];
  const known = new Map<string | undefined, number>();
  const codes = new Uint32Array(size);
  for (let span = 0; span < size; span++) {
    const label = labelOf(span);
    let code = known.get(label);
    if (code === undefined) {
      code = labels.push(label) - 1;
      known.set(label, code);
    }
    codes[span] = code;
  }
  return { labels, codes };
};

export const builtInDimension = (trace: Trace, id: BuiltInDimension): Dimension => dimensionOf(trace.tree.size, labelsOf(trace, id));

const labelsOf = (trace: Trace, id: BuiltInDimension): ((span: number) => string) => {
  switch (id) {
    case 'service':
      return (span) => trace.service.at(span);
    case 'operation':
      return (span) => operationOf(trace, span);
    case 'name':
      return (span) => trace.name.at(span);
    case 'kind':
      return (span) => kindName(trace.kind[span] ?? 0);
    case 'status':
      return (span) => (trace.isError[span] === 1 ? 'error' : 'no error');
  }
};

/** A name means little without the service that gave it. */
export const operationOf = ({ service, name }: Pick<Trace, 'service' | 'name'>, span: number): string =>
  `${service.at(span)}: ${name.at(span)}`;

const kindNames = new Map<number, string>(Object.entries(SpanKind).map(([name, kind]) => [kind, name]));

/** As the query language writes it; numbers that the standard does not know yet as they are. */
export const kindName = (kind: number): string => kindNames.get(kind) ?? String(kind);
