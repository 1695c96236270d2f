import { queryFields, type QueryField } from '#proto/model/query-fields';

const fieldsByName = new Map<string, QueryField>(queryFields.map((field) => [field.name, field]));

/** Upper or lower case. */
export const fieldNamed = (name: string): QueryField | undefined => fieldsByName.get(name.toLowerCase());

/** Whether this is a field that can be greater or less than something. */
export const isOrdered = (name: string): boolean => fieldNamed(name)?.comparisons.includes('>') === true;

/** Whether this is a field that is a text, which patterns can be asked of. */
export const isText = (name: string): boolean => fieldNamed(name)?.isText === true;
