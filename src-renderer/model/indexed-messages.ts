import type { AnyValue, KeyValue } from '#proto/model/any-value';

/** Messages whose fields are attributes of their own, numbered: OpenLLMetry's, before and after it took names from the conventions, and OpenInference's. */
const patterns: readonly { pattern: RegExp; role: string }[] = [
  { pattern: /^(?:gen_ai\.prompt|llm\.prompts)\.(\d{1,4})\.(.+)$/, role: 'user' },
  { pattern: /^llm\.input_messages\.(\d{1,4})\.message\.(.+)$/, role: 'user' },
  { pattern: /^(?:gen_ai\.completion|llm\.completions)\.(\d{1,4})\.(.+)$/, role: 'assistant' },
  { pattern: /^llm\.output_messages\.(\d{1,4})\.message\.(.+)$/, role: 'assistant' },
];

/** `tool_calls.0.name`, `tool_calls.0.tool_call.function.arguments`, `contents.0.message_content.text` */
const listField = /^(tool_calls|contents)\.(\d{1,4})\.(?:tool_call\.function\.|function\.|message_content\.)?(\w+)$/;

/** The messages as objects, what was asked first. Keys that were read are added to `keys`. */
export const indexedMessages = (attributes: readonly KeyValue[], keys: Set<string>): AnyValue[] =>
  patterns.flatMap(({ pattern, role }) => {
    const byIndex = new Map<number, KeyValue[]>();
    for (const { key, value } of attributes) {
      const match = pattern.exec(key);
      if (match === null) continue;
      keys.add(key);
      const index = Number(match[1]);
      const fields = byIndex.get(index) ?? [{ key: 'role', value: { stringValue: role } }];
      fields.push({ key: match[2] ?? '', value });
      byIndex.set(index, fields);
    }
    return [...byIndex].toSorted(([a], [b]) => a - b).map(([, fields]) => withLists(fields));
  });

const withLists = (fields: readonly KeyValue[]): AnyValue => {
  const lists = new Map<string, Map<number, KeyValue[]>>();
  const plain: KeyValue[] = [];
  for (const { key, value } of fields) {
    const match = listField.exec(key);
    if (match === null) {
      plain.push({ key, value });
      continue;
    }
    const [, list = '', index = '0', name = ''] = match;
    const items = lists.get(list) ?? new Map<number, KeyValue[]>();
    lists.set(list, items.set(Number(index), [...(items.get(Number(index)) ?? []), { key: name, value }]));
  }
  const made = Array.from(lists, ([list, items]) => ({ key: list === 'contents' ? 'parts' : list, value: listOf(items) }));
  return { kvlistValue: { values: [...plain, ...made] } };
};

const listOf = (items: ReadonlyMap<number, KeyValue[]>): AnyValue => ({
  arrayValue: { values: [...items].toSorted(([a], [b]) => a - b).map(([, values]) => ({ kvlistValue: { values } })) },
});
