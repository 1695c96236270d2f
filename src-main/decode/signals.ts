import type { Resource, Scope } from '#proto/model/resource';
import type { LogRecord } from '#proto/model/log';
import type { Span } from '#proto/model/span';
import type { Issues } from './issues.ts';
import { admitLog, admitSpan } from './record-rules.ts';

/** What the envelopes of both encodings need to know of the records inside. */
export interface RecordKind<Item> {
  /** What a person calls one of them. */
  noun: string;
  /** Names of the three lists from the request down to the records, in OTLP/JSON. */
  jsonLists: { resources: string; scopes: string; items: string };
  /** Applies OTLP's rules to a record that could be read; false where it can never be stored. */
  admit: (item: Item, issues: Issues) => boolean;
}

export const spans: RecordKind<Span> = {
  noun: 'span',
  jsonLists: { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' },
  admit: admitSpan,
};

export const logRecords: RecordKind<LogRecord> = {
  noun: 'log record',
  jsonLists: { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' },
  admit: admitLog,
};

export const emptyResource = (): Resource => ({ attributes: [], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' });

export const emptyScope = (): Scope => ({ name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' });
