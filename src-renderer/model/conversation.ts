import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { SpanEvent } from '#proto/model/span';
import { indexedMessages } from './indexed-messages.ts';
import { contentParts, entry, type MessagePart, partOf, structured, textAt, toolCalls } from './message-parts.ts';

export interface Message {
  /** `system`, `user`, `assistant`, `tool` or what else was sent. */
  role: string;
  parts: MessagePart[];
  /** Why the model stopped; empty where it is not said. */
  finishReason: string;
}

/** What was said to a model and what it answered, in order. */
export interface Conversation {
  messages: Message[];
  /** Attributes of the span that are shown by the messages. */
  keys: ReadonlySet<string>;
}

/** More of a conversation is not read. */
const maxMessages = 1000;

/** Attributes that hold messages as one value, JSON or structured, in the order in which they were said; and the role of a message that names none. */
const wholeKeys: readonly (readonly [key: string, role: string])[] = [
  ['gen_ai.system_instructions', 'system'],
  ['gen_ai.input.messages', 'user'],
  ['gen_ai.prompt', 'user'],
  ['ai.prompt.messages', 'user'],
  ['ai.prompt', 'user'],
  ['gen_ai.output.messages', 'assistant'],
  ['gen_ai.completion', 'assistant'],
  ['ai.response.text', 'assistant'],
  ['ai.response.toolCalls', 'assistant'],
];

/** Of spans around a call, by OpenLLMetry and OpenInference: read where there is nothing better. */
const enclosingKeys: typeof wholeKeys = [
  ['traceloop.entity.input', 'input'],
  ['traceloop.entity.output', 'output'],
  ['input.value', 'input'],
  ['output.value', 'output'],
];

/**
 * The conversation that a span records: in its attributes (`gen_ai.input.messages`; before 1.37 `gen_ai.prompt`; OpenLLMetry's and OpenInference's numbered ones; Vercel's `ai.`) or
 * its events (`gen_ai.user.message`, `gen_ai.choice`, `gen_ai.content.prompt` and those that carry the attributes). Undefined where it has none.
 */
export const conversationOf = (attributes: readonly KeyValue[], events: readonly SpanEvent[]): Conversation | undefined => {
  const keys = new Set<string>();
  const found = wholeMessages(attributes, wholeKeys, keys);
  const numbered = found.length > 0 ? [] : indexedMessages(attributes, keys).map((message) => messageOf(message, 'user'));
  const own = [...found, ...numbered];
  const messages = own.length > 0 ? own : events.flatMap(eventMessages);
  const shown = messages.length > 0 ? messages : isModelSpan(attributes) ? wholeMessages(attributes, enclosingKeys, keys) : [];
  return shown.length === 0 ? undefined : { messages: withNamedResults(shown.slice(0, maxMessages)), keys };
};

/** A result mostly names its call alone, and that one names the tool. */
const withNamedResults = (messages: readonly Message[]): Message[] => {
  const calls = messages.flatMap(({ parts }) => parts).filter(({ kind, id }) => kind === 'toolCall' && id !== '');
  const names = new Map(calls.map(({ id, name }) => [id, name]));
  const named = (part: MessagePart): MessagePart =>
    part.kind === 'toolResult' && part.name === '' ? { ...part, name: names.get(part.id) ?? '' } : part;
  return messages.map((message) => ({ ...message, parts: message.parts.map(named) }));
};

const isModelSpan = (attributes: readonly KeyValue[]): boolean =>
  attributes.some(({ key }) => /^(?:traceloop|openinference|llm)\./.test(key));

const wholeMessages = (attributes: readonly KeyValue[], known: typeof wholeKeys, keys: Set<string>): Message[] =>
  known.flatMap(([key, role]) => {
    const value = attributes.findLast((attribute) => attribute.key === key)?.value;
    if (value === undefined || Object.keys(value).length === 0) return [];
    keys.add(key);
    return messagesOf(value, role);
  });

/** `gen_ai.ROLE.message` and `gen_ai.choice` carry one message each, in their attributes or in one that holds all of it. */
const eventMessages = ({ name, attributes }: SpanEvent): Message[] => {
  const role = name === 'gen_ai.choice' ? 'assistant' : /^gen_ai\.(\w{1,40})\.message$/.exec(name)?.[1];
  if (role === undefined) return wholeMessages(attributes, wholeKeys, new Set());
  const body = attributes.find(({ key }) => key === 'gen_ai.event.content' || key === 'message')?.value;
  const message = body === undefined ? undefined : structured(body);
  return [messageOf(message === undefined ? { kvlistValue: { values: [...attributes] } } : withEntries(message, attributes), role)];
};

/** What an event says beside its message, such as why the model stopped. */
const withEntries = (message: AnyValue, attributes: readonly KeyValue[]): AnyValue =>
  'kvlistValue' in message
    ? { kvlistValue: { values: [...message.kvlistValue.values, ...attributes.filter(({ key }) => key === 'finish_reason')] } }
    : message;

/** One message, a list of them, or an object around them. Parts without a message around them (`gen_ai.system_instructions`) are one. */
const messagesOf = (sent: AnyValue, role: string): Message[] => {
  const value = structured(sent);
  if ('kvlistValue' in value) {
    const inside = entry(value, 'messages') ?? entry(value, 'inputs');
    if (inside !== undefined && 'arrayValue' in inside) {
      const system = entry(value, 'system');
      return [...(system === undefined ? [] : messagesOf(system, 'system')), ...messagesOf(inside, role)];
    }
    return [messageOf(value, role)];
  }
  if (!('arrayValue' in value)) return [messageOf(value, role)];
  const items = value.arrayValue.values.slice(0, maxMessages);
  const isMessages = items.some((item) => ['role', 'parts', 'content', 'message'].some((name) => entry(item, name) !== undefined));
  const isParts =
    !items.some((item) => entry(item, 'role') !== undefined || entry(item, 'parts') !== undefined) &&
    items.some((item) => entry(item, 'type') !== undefined);
  return isMessages && !isParts
    ? items.map((item) => messageOf(item, role))
    : [messageOf({ kvlistValue: { values: [{ key: 'parts', value }] } }, role)];
};

const messageOf = (value: AnyValue, fallbackRole: string): Message => {
  const inner = entry(value, 'message');
  if (inner !== undefined && 'kvlistValue' in inner && entry(value, 'content') === undefined) return messageOf(inner, fallbackRole);
  const role = textAt(value, 'role') || fallbackRole;
  const known = 'kvlistValue' in value && ['parts', 'content', 'tool_calls', 'toolCalls'].some((name) => entry(value, name) !== undefined);
  const parts = known
    ? [...contentParts(entry(value, 'parts'), role, value), ...contentParts(entry(value, 'content'), role, value), ...toolCalls(value)]
    : [partOf(value)];
  return { role, parts, finishReason: textAt(value, 'finish_reason') };
};
