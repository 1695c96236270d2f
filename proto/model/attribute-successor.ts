import { attributeRenames } from './attribute-renames.ts';

const newNames: ReadonlySet<string> = new Set(attributeRenames.flatMap(([newest]) => newest ?? []));

const successors = new Map<string, string>();
for (const [newest, ...older] of attributeRenames)
  for (const name of older) if (newest !== undefined && !newNames.has(name) && !successors.has(name)) successors.set(name, newest);

/** What the semantic conventions call this attribute now; undefined where that is its name, or nobody knows it. */
export function attributeSuccessor(key: string): string | undefined {
  return successors.get(key);
}
