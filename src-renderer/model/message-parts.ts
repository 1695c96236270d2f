import type { AnyValue } from '#proto/model/any-value';
import { valueText } from './any-value-text.ts';
import { jsonValue } from './json-text.ts';

/** Parts of one message that are read. */
const maxParts = 1000;
/** Whole conversations are sent as one text. */
const maxJsonLength = 4_000_000;

/** A part of a message. `text` is what was said, the arguments of a call or what it came to, as JSON where they are structured. */
export interface MessagePart {
  kind: 'text' | 'reasoning' | 'toolCall' | 'toolResult' | 'other';
  text: string;
  /** Of a tool, or of a kind of part that nobody knows here; empty where it is not said. */
  name: string;
  /** By which a result names its call; empty where it does not. */
  id: string;
}

/** A text, a part, or a list of parts. What a tool answers is a result whatever it looks like. */
export const contentParts = (content: AnyValue | undefined, role: string, message: AnyValue): MessagePart[] => {
  if (content === undefined || Object.keys(content).length === 0) return [];
  const value = structured(content);
  const isList = 'arrayValue' in value;
  const parts = isList ? value.arrayValue.values.slice(0, maxParts).map(partOf) : [partOf(isTextual(content) ? content : value)];
  if (role !== 'tool') return parts;
  const [name, id] = [textAt(message, 'name'), textAt(message, 'tool_call_id') || textAt(message, 'id')];
  return parts.map((part) => (part.kind === 'text' ? { kind: 'toolResult', text: part.text, name, id } : part));
};

const isTextual = (value: AnyValue): boolean => 'stringValue' in value;

export const toolCalls = (message: AnyValue): MessagePart[] => {
  const calls = entry(message, 'tool_calls') ?? entry(message, 'toolCalls');
  const value = calls === undefined ? undefined : structured(calls);
  return value !== undefined && 'arrayValue' in value ? value.arrayValue.values.slice(0, maxParts).map(toolCall) : [];
};

const toolCall = (value: AnyValue): MessagePart => {
  const call = entry(value, 'function') ?? entry(value, 'tool_call') ?? value;
  const inner = entry(call, 'function') ?? call;
  return {
    kind: 'toolCall',
    name: textAt(inner, 'name') || textAt(inner, 'toolName'),
    text: textOf(entry(inner, 'arguments') ?? entry(inner, 'input') ?? entry(inner, 'args')),
    id: callId(value) || callId(call),
  };
};

const callId = (value: AnyValue): string =>
  textAt(value, 'id') || textAt(value, 'tool_call_id') || textAt(value, 'toolCallId') || textAt(value, 'tool_use_id');

export const partOf = (value: AnyValue): MessagePart => {
  if (!('kvlistValue' in value)) return { kind: 'text', text: textOf(value), name: '', id: '' };
  const type = textAt(value, 'type').replaceAll('-', '_');
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return { kind: 'text', text: textOf(entry(value, 'content') ?? entry(value, 'text')), name: '', id: '' };
    case 'reasoning':
    case 'thinking':
      return {
        kind: 'reasoning',
        text: textOf(entry(value, 'content') ?? entry(value, 'thinking') ?? entry(value, 'text')),
        name: '',
        id: '',
      };
    case 'tool_call':
    case 'tool_use':
    case 'function':
      return toolCall(value);
    case 'tool_call_response':
    case 'tool_result':
      return {
        kind: 'toolResult',
        name: textAt(value, 'name') || textAt(value, 'toolName'),
        id: callId(value),
        text: textOf(['response', 'result', 'output', 'content'].map((name) => entry(value, name)).find((found) => found !== undefined)),
      };
    default:
      return { kind: 'other', text: textOf(value), name: type, id: '' };
  }
};

/** A text that is the JSON of something as what it is. */
export const structured = (value: AnyValue): AnyValue =>
  'stringValue' in value ? (jsonValue(value.stringValue, maxJsonLength) ?? value) : value;

export const entry = (value: AnyValue, name: string): AnyValue | undefined =>
  'kvlistValue' in value ? value.kvlistValue.values.findLast(({ key }) => key === name)?.value : undefined;

export const textAt = (value: AnyValue, name: string): string => textOf(entry(value, name));

const textOf = (value: AnyValue | undefined): string => (value === undefined || Object.keys(value).length === 0 ? '' : valueText(value));
