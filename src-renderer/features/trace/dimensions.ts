import { builtInDimensions, type BuiltInDimension } from '#proto/analysis/dimension';

/** What spans can be sorted into groups by; as text in an address `service`, `call`, `attribute:http.route`. */
export type DimensionId = BuiltInDimension | 'call' | 'called' | `attribute:${string}`;

const prefix = 'attribute:';
const names: Record<BuiltInDimension | 'call' | 'called', string> = {
  service: 'Service',
  operation: 'Operation',
  name: 'Name',
  kind: 'Kind',
  status: 'Status',
  call: 'Call',
  called: 'Called',
};

/** `undefined` for what is no dimension. */
export const readDimension = (text: string | undefined): DimensionId | undefined => {
  if (text === undefined) return undefined;
  if (text.startsWith(prefix)) return attributeDimension(text.slice(prefix.length));
  return isNamed(text) ? text : undefined;
};

export const attributeDimension = (key: string): DimensionId => `${prefix}${key}`;

/** The key of the attribute; `undefined` for other dimensions. */
export const attributeKeyOf = (id: DimensionId): string | undefined => (id.startsWith(prefix) ? id.slice(prefix.length) : undefined);

export const isBuiltIn = (id: DimensionId): id is BuiltInDimension => builtInDimensions.some((known) => known === id);

const isNamed = (text: string): text is keyof typeof names => Object.hasOwn(names, text);

export const dimensionName = (id: DimensionId): string => (isNamed(id) ? names[id] : (attributeKeyOf(id) ?? ''));

/** What a group without a value is called. */
export const labelText = (id: DimensionId, label: string | undefined): string => {
  if (label === undefined) return attributeKeyOf(id) === undefined ? 'none' : `no ${attributeKeyOf(id)}`;
  return label.trim() === '' ? (id === 'service' ? 'no service name' : 'empty') : label;
};
