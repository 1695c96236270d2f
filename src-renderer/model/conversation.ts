import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { SpanEvent } from '#proto/model/span';
import { valueText } from './any-value-text.ts';
import { jsonValue } from './json-text.ts';
import { indexedMessages } from './indexed-messages.ts';

/** A part of a message. `text` is what was said, the arguments of a call or what it came to, as JSON where they are structured. */
export interface MessagePart {
  kind: 'text' | 'reasoning' | 'toolCall' | 'toolResult' | 'other';
  text: string;
  /** Of a tool, or of a kind of part that nobody knows here; empty where it is not said. */
  name: string;
}

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
/** Whole conversations are sent as one text. */
const maxJsonLength = 4_000_000;

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
  return shown.length === 0 ? undefined : { messages: shown.slice(0, maxMessages), keys };
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

/** A text, a part, or a list of parts. What a tool answers is a result whatever it looks like. */
const contentParts = (content: AnyValue | undefined, role: string, message: AnyValue): MessagePart[] => {
  if (content === undefined || Object.keys(content).length === 0) return [];
  const value = structured(content);
  const isList = 'arrayValue' in value;
  const parts = isList ? value.arrayValue.values.slice(0, maxMessages).map(partOf) : [partOf(isTextual(content) ? content : value)];
  if (role !== 'tool') return parts;
  const name = textAt(message, 'name') || textAt(message, 'tool_call_id');
  return parts.map((part) => (part.kind === 'text' ? { kind: 'toolResult', text: part.text, name } : part));
};

const isTextual = (value: AnyValue): boolean => 'stringValue' in value;

const toolCalls = (message: AnyValue): MessagePart[] => {
  const calls = entry(message, 'tool_calls') ?? entry(message, 'toolCalls');
  const value = calls === undefined ? undefined : structured(calls);
  return value !== undefined && 'arrayValue' in value ? value.arrayValue.values.slice(0, maxMessages).map(toolCall) : [];
};

const toolCall = (value: AnyValue): MessagePart => {
  const call = entry(value, 'function') ?? entry(value, 'tool_call') ?? value;
  const inner = entry(call, 'function') ?? call;
  return {
    kind: 'toolCall',
    name: textAt(inner, 'name') || textAt(inner, 'toolName'),
    text: textOf(entry(inner, 'arguments') ?? entry(inner, 'input') ?? entry(inner, 'args')),
  };
};

const partOf = (value: AnyValue): MessagePart => {
  if (!('kvlistValue' in value)) return { kind: 'text', text: textOf(value), name: '' };
  const type = textAt(value, 'type').replaceAll('-', '_');
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { kind: 'text', text: textOf(entry(value, 'content') ?? entry(value, 'text')), name: '' };
    case 'reasoning':
    case 'thinking':
      return { kind: 'reasoning', text: textOf(entry(value, 'content') ?? entry(value, 'thinking') ?? entry(value, 'text')), name: '' };
    case 'tool_call':
    case 'tool_use':
    case 'function':
      return toolCall(value);
    case 'tool_call_response':
    case 'tool_result':
      return {
        kind: 'toolResult',
        name: textAt(value, 'name') || textAt(value, 'toolName') || textAt(value, 'id'),
        text: textOf(['response', 'result', 'output', 'content'].map((name) => entry(value, name)).find((found) => found !== undefined)),
      };
    default:
      return { kind: 'other', text: textOf(value), name: type };
  }
};

/** A text that is the JSON of something as what it is. */
const structured = (value: AnyValue): AnyValue => ('stringValue' in value ? (jsonValue(value.stringValue, maxJsonLength) ?? value) : value);

const entry = (value: AnyValue, name: string): AnyValue | undefined =>
  'kvlistValue' in value ? value.kvlistValue.values.findLast(({ key }) => key === name)?.value : undefined;

const textAt = (value: AnyValue, name: string): string => textOf(entry(value, name));

const textOf = (value: AnyValue | undefined): string => (value === undefined || Object.keys(value).length === 0 ? '' : valueText(value));
