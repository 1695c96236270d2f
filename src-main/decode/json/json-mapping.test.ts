import { describe, expect, it } from 'vitest';
import { BadPayloadError, decodeLogs, decodeTraces } from '../decode.ts';
import { toJson } from '../fixtures/encode.ts';
import { bareLog, bareSpan, fullTraces, logsRequest, spanId, traceId, traceRequest } from '../fixtures/requests.ts';

const ids = { traceId, spanId };

const decodeText = (text: string) => decodeTraces(Buffer.from(text), 'json');
const decodeSpan = (span: object) => decodeTraces(toJson(traceRequest({ ...ids, ...span })), 'json');

/** A request whose one span has these fields besides its ids, as text, so that numbers stay as they are written. */
const decodeFields = (fields: string) =>
  decodeText(`{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceId}","spanId":"${spanId}",${fields}}]}]}]}`);

const spanOf = (decoded: ReturnType<typeof decodeTraces>) => decoded.groups[0]?.items[0];

describe('J1: ids', () => {
  it.each([traceId.toUpperCase(), traceId, `${traceId.slice(0, 16).toUpperCase()}${traceId.slice(16)}`])(
    'are hex in any case: %s',
    (anyCase) => {
      const links = [{ traceId: anyCase, spanId: spanId.toUpperCase() }];
      const span = spanOf(decodeSpan({ traceId: anyCase, spanId: spanId.toUpperCase(), parentSpanId: 'EEE19B7EC3C1B173', links }));
      expect(span).toMatchObject({ traceId, spanId, parentSpanId: 'eee19b7ec3c1b173', links: [{ traceId, spanId }] });
    },
  );

  it.each([
    ['traceId', 'QpC1h3qZMN55u0KDZTmOzA==', 'trace_id is base64, but OTLP/JSON writes ids as hex'],
    ['spanId', '7uGbfsPBsXQ=', 'span_id is base64, but OTLP/JSON writes ids as hex'],
    ['traceId', 'zz8efff798038103d269b633813fc60c', 'trace_id must be 32 hex digits'],
    ['spanId', 'eee19b7ec3c1b17', 'span_id must be 16 hex digits'],
    ['traceId', 'a'.repeat(100_000), 'trace_id must be 32 hex digits'],
  ])('that are not hex are named: %s %.30s', (key, id, reason) => {
    const decoded = decodeSpan({ [key]: id, name: 'x' });
    expect(decoded).toEqual({ groups: [], rejected: 1, warnings: [`1 span rejected: ${reason} (first: "x")`] });
  });

  it('in base64 leave a log record without them', () => {
    const decoded = decodeLogs(toJson(logsRequest({ traceId: 'QpC1h3qZMN55u0KDZTmOzA==', spanId: '7uGbfsPBsXQ=' })), 'json');
    expect(decoded.groups[0]?.items).toEqual([bareLog]);
    expect(decoded.warnings).toHaveLength(2);
  });
});

describe('J2: enums', () => {
  it('are numbers, which survive when nobody knows them', () => {
    expect(spanOf(decodeSpan({ kind: 2, status: { code: -1 } }))).toMatchObject({ kind: 2, status: { code: -1 } });
    expect(spanOf(decodeSpan({ kind: '3', status: { code: 2147483647 } }))).toMatchObject({ kind: 3, status: { code: 2147483647 } });
  });

  it('are understood by name, with a warning', () => {
    const decoded = decodeSpan({ kind: 'SPAN_KIND_CONSUMER', status: { code: 'STATUS_CODE_ERROR' } });
    expect(spanOf(decoded)).toMatchObject({ kind: 5, status: { code: 2 } });
    expect(decoded.warnings).toEqual([
      '1 enum written as a name in kind: OTLP/JSON wants the number',
      '1 enum written as a name in code: OTLP/JSON wants the number',
    ]);
    const logs = decodeLogs(
      toJson(logsRequest({ severityNumber: 'SEVERITY_NUMBER_TRACE' }, { severityNumber: 'SEVERITY_NUMBER_FATAL4' })),
      'json',
    );
    expect(logs.groups[0]?.items.map((record) => record.severityNumber)).toEqual([1, 24]);
  });

  it('with a name that nobody knows count as 0, with a warning', () => {
    const decoded = decodeSpan({ kind: 'toString' });
    expect(spanOf(decoded)?.kind).toBe(0);
    expect(decoded.warnings).toEqual(['1 enum written as a name in kind: it is unknown and counts as 0']);
  });

  it.each([1.5, 2147483648, true, {}])('that are no 32-bit number reject the span: %j', (kind) => {
    expect(decodeSpan({ kind })).toMatchObject({ groups: [], rejected: 1, warnings: [expect.stringContaining('kind ')] });
  });
});

describe('J3: unknown fields', () => {
  it('are ignored at every level', () => {
    const addTo = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(addTo);
      if (typeof value !== 'object' || value === null) return value;
      return {
        ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, addTo(inner)])),
        futureField: { a: [1, { b: null }] },
      };
    };
    expect(decodeText(JSON.stringify(addTo(fullTraces)))).toStrictEqual(decodeTraces(toJson(fullTraces), 'json'));
  });
});

describe('J4: keys', () => {
  it('in snake_case are ignored, with a warning', () => {
    const decoded = decodeSpan({ dropped_attributes_count: 3, attributes: [{ key: 'snake_case', value: { string_value: 'x' } }] });
    expect(spanOf(decoded)).toMatchObject({ droppedAttributesCount: 0, attributes: [{ key: 'snake_case', value: {} }] });
    expect(decoded.rejected).toBe(0);
    expect(decoded.warnings).toEqual(['2 fields ignored: OTLP/JSON names are lowerCamelCase (first: dropped_attributes_count)']);
  });

  it('of a whole body in snake_case are an empty request, with a warning', () => {
    const decoded = decodeText(`{"resource_spans":[{"scope_spans":[]}]}`);
    expect(decoded).toEqual({
      groups: [],
      rejected: 0,
      warnings: ['1 field ignored: OTLP/JSON names are lowerCamelCase (first: resource_spans)'],
    });
  });
});

describe('J5 and J8: 64-bit integers', () => {
  it.each([
    ['"1544712660300000001"', '1544712660300000001'],
    ['1544712660300000001', '1544712660300000001'],
    ['18446744073709551615', '18446744073709551615'],
    ['"18446744073709551615"', '18446744073709551615'],
    ['9007199254740993', '9007199254740993'],
    ['0', '0'],
    ['-0', '0'],
    ['"007"', '7'],
    ['1e18', '1000000000000000000'],
    ['null', '0'],
  ])('are exact as strings and as numbers: %s', (written, expected) => {
    expect(spanOf(decodeFields(`"startTimeUnixNano":${written}`))?.startTimeUnixNano).toBe(expected);
  });

  it.each(['-1', '"-1"', '18446744073709551616', '"18446744073709551616"', '1e300'])('out of range reject the span: %s', (written) => {
    expect(decodeFields(`"startTimeUnixNano":${written}`)).toMatchObject({
      groups: [],
      rejected: 1,
      warnings: ['1 span rejected: startTimeUnixNano is out of range (first: resourceSpans[0].scopeSpans[0].spans[0])'],
    });
  });

  it.each(['1.5', '"1.5"', '""', '"x"', '" 1"', '"0x10"', 'true', '[]', `"${'1'.repeat(100)}"`])(
    'that are none reject the span: %s',
    (written) => {
      expect(decodeFields(`"endTimeUnixNano":${written}`)).toMatchObject({
        rejected: 1,
        warnings: [expect.stringContaining('endTimeUnixNano must be an integer')],
      });
    },
  );

  it.each([
    ['42', '42'],
    ['"42"', '42'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['9223372036854775807', '9223372036854775807'],
    ['"9223372036854775807"', '9223372036854775807'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
  ])('are exact in values: %s', (written, expected) => {
    const decoded = decodeFields(`"attributes":[{"key":"k","value":{"intValue":${written}}}]`);
    expect(spanOf(decoded)?.attributes).toEqual([{ key: 'k', value: { intValue: expected } }]);
  });

  it('leave digits alone that only look like a long integer', () => {
    const long = '1544712660300000001';
    const text = `"a\\"${long}" , "attributes":[{"key":"${long}","value":{"doubleValue":0.${long}}},{"key":"e","value":{"doubleValue":${long}}}]`;
    const span = spanOf(decodeFields(`"startTimeUnixNano":${long},"name":${text}`));
    expect(span).toMatchObject({ name: `a"${long}`, startTimeUnixNano: long });
    expect(span?.attributes).toEqual([
      { key: long, value: { doubleValue: Number(`0.${long}`) } },
      { key: 'e', value: { doubleValue: Number(long) } },
    ]);
  });

  it('of a million digits are refused quickly', () => {
    expect(decodeFields(`"startTimeUnixNano":${'1'.repeat(1_000_000)}`)).toMatchObject({ rejected: 1 });
  });
});

describe('uint32 fields', () => {
  it.each([[4294967295], ['4294967295']])('are numbers or strings: %j', (written) => {
    expect(spanOf(decodeSpan({ flags: written, droppedLinksCount: written }))).toMatchObject({
      flags: 4294967295,
      droppedLinksCount: 4294967295,
    });
  });

  it.each([-1, 4294967296, 0.5, 'many', false])('that are none reject the span: %j', (written) => {
    expect(decodeSpan({ flags: written })).toMatchObject({ groups: [], rejected: 1, warnings: [expect.stringContaining('flags ')] });
  });
});

/** The value, or why there is none. */
function valueOf(written: string) {
  const decoded = decodeFields(`"attributes":[{"key":"k","value":${written}}]`);
  return spanOf(decoded)?.attributes[0]?.value ?? decoded.warnings;
}

describe('J6: values', () => {
  it.each([
    ['{"doubleValue":"NaN"}', { doubleValue: 'NaN' }],
    ['{"doubleValue":"Infinity"}', { doubleValue: 'Infinity' }],
    ['{"doubleValue":"-Infinity"}', { doubleValue: '-Infinity' }],
    ['{"doubleValue":"1.5"}', { doubleValue: 1.5 }],
    ['{"doubleValue":"-0"}', { doubleValue: '-0' }],
    ['{"doubleValue":-0.0}', { doubleValue: '-0' }],
    ['{"doubleValue":7}', { doubleValue: 7 }],
    ['{"doubleValue":1e400}', { doubleValue: 'Infinity' }],
    ['{"bytesValue":"AP8="}', { bytesValue: 'AP8=' }],
    ['{"bytesValue":"AP8"}', { bytesValue: 'AP8=' }],
    ['{"bytesValue":"-_8="}', { bytesValue: '+/8=' }],
    ['{"stringValue":null}', {}],
    ['null', {}],
    ['{"futureValue":1}', {}],
    ['{"stringValue":"a","boolValue":true}', { boolValue: true }],
    ['{"arrayValue":{}}', { arrayValue: { values: [] } }],
    ['{"arrayValue":{"values":[null,{"intValue":1}]}}', { arrayValue: { values: [{}, { intValue: '1' }] } }],
    ['{"kvlistValue":{"values":[{"key":"a"}]}}', { kvlistValue: { values: [{ key: 'a', value: {} }] } }],
  ])('are read from %s', (written, expected) => {
    expect(valueOf(written)).toEqual(expected);
  });

  it.each([
    ['{"doubleValue":""}', 'doubleValue must be a number'],
    ['{"doubleValue":"one"}', 'doubleValue must be a number'],
    ['{"doubleValue":true}', 'doubleValue must be a number'],
    ['{"boolValue":"true"}', 'boolValue must be true or false'],
    ['{"stringValue":1}', 'stringValue must be a string'],
    ['{"stringValue":15447126603000000010}', 'stringValue must be a string'],
    ['{"intValue":1.5}', 'intValue must be an integer'],
    ['{"bytesValue":"a b!"}', 'bytesValue must be base64'],
    ['{"bytesValue":"abcde"}', 'bytesValue must be base64'],
    ['{"bytesValue":[1]}', 'bytesValue must be a string'],
    ['{"arrayValue":[]}', 'arrayValue must be an object'],
    ['{"arrayValue":{"values":{}}}', 'values must be an array'],
    ['"text"', 'a value must be an object'],
  ])('of a wrong type reject the span: %s', (written, reason) => {
    expect(valueOf(written)).toEqual([`1 span rejected: ${reason} (first: resourceSpans[0].scopeSpans[0].spans[0])`]);
  });

  it('of half a surrogate pair become U+FFFD, as they do in protobuf', () => {
    const decoded = decodeFields(String.raw`"name":"a\ud800b","attributes":[{"key":"\udc00","value":{"stringValue":"\ud83c\udf0d"}}]`);
    expect(spanOf(decoded)).toMatchObject({ name: 'a\uFFFDb', attributes: [{ key: '\uFFFD', value: { stringValue: '🌍' } }] });
    expect(decoded.warnings).toEqual(['2 strings with invalid UTF-8, repaired with U+FFFD']);
  });

  it('in a body that is not UTF-8 are repaired', () => {
    const body = Buffer.from(JSON.stringify(traceRequest({ ...ids, name: 'a?b' })));
    body[body.indexOf('?')] = 0xff;
    const decoded = decodeTraces(body, 'json');
    expect(spanOf(decoded)?.name).toBe('a\uFFFDb');
    expect(decoded.warnings).toEqual(['1 string with invalid UTF-8, repaired with U+FFFD']);
  });
});

describe('J7: syntax', () => {
  it('lets the last of duplicate keys count', () => {
    expect(spanOf(decodeFields(`"name":"a","name":"b"`))?.name).toBe('b');
  });

  it('gives __proto__ and constructor no power', () => {
    const proto = '"__proto__":{"polluted":true,"name":"p"},"constructor":{"prototype":{"polluted":true}}';
    for (const long of ['', '"longInteger":1544712660300000001,']) {
      const decoded = decodeText(
        `{${proto},${long}"resourceSpans":[{${proto},"scopeSpans":[{"spans":[{${proto},"traceId":"${traceId}","spanId":"${spanId}"}]}]}]}`,
      );
      expect(spanOf(decoded)).toStrictEqual(bareSpan);
      expect(decoded.warnings).toEqual([]);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('accepts a byte order mark', () => {
    expect(spanOf(decodeText(`\uFEFF${JSON.stringify(traceRequest(ids))}`))).toEqual(bareSpan);
  });

  it.each(['', ' \n', '\uFEFF', '{}', '{"resourceSpans":null}'])('takes %j for the empty request (R2, R3)', (body) => {
    expect(decodeText(body)).toEqual({ groups: [], rejected: 0, warnings: [] });
  });

  it.each([
    ['a trailing comma', '{"resourceSpans":[],}'],
    ['single quotes', "{'resourceSpans':[]}"],
    ['half a body', '{"resourceSpans":[{"scopeSpans"'],
    ['half a string', '{"resourceSpans'],
    ['half an escape', '{"resourceSpans\\'],
    ['closed brackets only', ']]]}'],
    ['text', 'hello'],
    ['protobuf', '\n\u0004\u0012\u0002\u0012\u0000'],
    ['JSON Lines', '{}\n{}'],
  ])('refuses %s', (_case, body) => {
    expect(() => decodeText(body)).toThrow(BadPayloadError);
    expect(() => decodeText(body)).toThrow(/^Not JSON/);
  });

  it.each(['1234', '"text"', 'null', 'true', '[]', '[{"resourceSpans":[]}]'])('refuses what is not an object: %s (R9)', (body) => {
    expect(() => decodeText(body)).toThrow(new BadPayloadError('Not OTLP: the JSON is not an object.'));
  });

  it.each([
    ['{"resourceSpans":{}}', 'in the request, resourceSpans must be an array'],
    ['{"resourceSpans":[1]}', 'in resourceSpans[0], it must be an object'],
    ['{"resourceSpans":[{},{"resource":[]}]}', 'in resourceSpans[1], resource must be an object'],
    ['{"resourceSpans":[{"schemaUrl":1}]}', 'in resourceSpans[0], schemaUrl must be a string'],
    ['{"resourceSpans":[{"scopeSpans":7}]}', 'in resourceSpans[0], scopeSpans must be an array'],
    ['{"resourceSpans":[{"scopeSpans":[{"spans":{}}]}]}', 'in resourceSpans[0].scopeSpans[0], spans must be an array'],
    ['{"resourceSpans":[{"scopeSpans":[{"scope":"x"}]}]}', 'in resourceSpans[0].scopeSpans[0], scope must be an object'],
  ])('refuses an envelope of the wrong type: %s (R9)', (body, where) => {
    expect(() => decodeText(body)).toThrow(new BadPayloadError(`Not OTLP: ${where}.`));
  });
});
