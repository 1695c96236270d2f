import type { Span } from '#proto/model/span';
import { valueText } from './any-value-text.ts';
import { exceptionOf } from './exception.ts';

/** Read in this order; the older names are of semantic conventions before 1.24. */
const responseCodes = ['http.response.status_code', 'http.status_code'] as const;

/**
 * What a failed span says of its failure, in a line: its status message, else the exception that it recorded last, else the response it got, else the kind
 * of error. Empty where it says nothing.
 */
export const failureText = ({ status, events, attributes }: Pick<Span, 'status' | 'events' | 'attributes'>): string => {
  if (status.message !== '') return status.message;
  const exception =
    events.map((event) => exceptionOf(event.attributes)).findLast((found) => found !== undefined) ?? exceptionOf(attributes);
  if (exception !== undefined) return [exception.type, exception.message].filter(Boolean).join(': ');
  const attribute = (key: string): string | undefined => {
    const found = attributes.findLast((candidate) => candidate.key === key);
    return found === undefined ? undefined : valueText(found.value, 200);
  };
  const code = responseCodes.map(attribute).find(Boolean);
  if (code !== undefined) return `HTTP ${code}`;
  return attribute('error.type') ?? '';
};
