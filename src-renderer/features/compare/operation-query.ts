import { serviceTerm, valueText } from '#ui/model/query-text.ts';

/** Finds the traces with a span of this service and name. */
export const operationQuery = (service: string, name: string): string => `${serviceTerm(service)} name:${valueText(name)}`;
