import { describe, expect, it } from 'vitest';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { SpanEvent } from '#proto/model/span';
import { conversationOf } from './conversation.ts';
import { jsonValue } from './json-text.ts';
import { modelCallOf } from './model-call.ts';

const texts = (values: Record<string, unknown>): KeyValue[] =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: { stringValue: typeof value === 'string' ? value : JSON.stringify(value) },
  }));

const event = (name: string, values: Record<string, unknown>): SpanEvent => ({
  timeUnixNano: '1',
  name,
  attributes: texts(values),
  droppedAttributesCount: 0,
});

const said = (role: string, text: string, finishReason = '') => ({ role, parts: [{ kind: 'text', text, name: '', id: '' }], finishReason });

const input = [
  { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
  { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'get_weather', arguments: { city: 'Paris' } }] },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'rainy, 57°F' }] },
];
const output = [
  {
    role: 'assistant',
    parts: [
      { type: 'reasoning', content: 'It rains.' },
      { type: 'text', content: 'Rainy.' },
    ],
    finish_reason: 'stop',
  },
];
const weather = [
  said('system', 'Be brief.'),
  said('user', 'Weather in Paris?'),
  { role: 'assistant', parts: [{ kind: 'toolCall', name: 'get_weather', text: '{"city":"Paris"}', id: 'c1' }], finishReason: '' },
  { role: 'tool', parts: [{ kind: 'toolResult', name: 'get_weather', text: 'rainy, 57°F', id: 'c1' }], finishReason: '' },
  {
    role: 'assistant',
    parts: [
      { kind: 'reasoning', text: 'It rains.', name: '', id: '' },
      { kind: 'text', text: 'Rainy.', name: '', id: '' },
    ],
    finishReason: 'stop',
  },
];
const current = {
  'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
  'gen_ai.input.messages': input,
  'gen_ai.output.messages': output,
};

describe('conversationOf', () => {
  it('reads the conventions of today, as JSON and as structure, on the span and on its event', () => {
    expect(conversationOf(texts(current), [])).toEqual({ messages: weather, keys: new Set(Object.keys(current)) });
    const structure = texts(current).map(({ key, value }) => ({
      key,
      value: jsonValue((value as { stringValue: string }).stringValue) as AnyValue,
    }));
    expect(conversationOf(structure, [])?.messages).toEqual(weather);
    expect(conversationOf([], [event('gen_ai.client.inference.operation.details', current)])?.messages).toEqual(weather);
  });

  it('reads the events of the conventions before', () => {
    const events = [
      event('gen_ai.system.message', { content: 'Be brief.' }),
      event('gen_ai.user.message', { 'gen_ai.event.content': { role: 'user', content: 'Weather in Paris?' } }),
      event('gen_ai.assistant.message', {
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }],
      }),
      event('gen_ai.tool.message', { id: 'c1', content: 'rainy, 57°F' }),
      event('gen_ai.choice', { message: { content: 'Rainy.' }, finish_reason: 'stop', index: '0' }),
      event('other', { content: 'not said' }),
    ];
    const messages = conversationOf([], events)?.messages;
    expect(messages?.slice(0, 3)).toEqual(weather.slice(0, 3));
    expect(messages?.slice(3)).toEqual([
      { role: 'tool', parts: [{ kind: 'toolResult', name: 'get_weather', text: 'rainy, 57°F', id: 'c1' }], finishReason: '' },
      said('assistant', 'Rainy.', 'stop'),
    ]);
    const older = [
      event('gen_ai.content.prompt', { 'gen_ai.prompt': [{ role: 'user', content: 'Hi' }] }),
      event('gen_ai.content.completion', { 'gen_ai.completion': 'Hello' }),
    ];
    expect(conversationOf([], older)?.messages).toEqual([said('user', 'Hi'), said('assistant', 'Hello')]);
  });

  it('reads the numbered attributes of OpenLLMetry and OpenInference', () => {
    const traceloop = texts({
      'gen_ai.prompt.10.content': 'last',
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be brief.',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Paris"}',
    });
    const found = conversationOf(traceloop, []);
    expect(found?.messages).toEqual([
      said('system', 'Be brief.'),
      said('user', 'last'),
      {
        role: 'assistant',
        parts: [{ kind: 'toolCall', name: 'get_weather', text: '{"city":"Paris"}', id: '' }],
        finishReason: 'tool_calls',
      },
    ]);
    expect(found?.keys).toEqual(new Set(traceloop.map(({ key }) => key)));
    const openInference = texts({
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.contents.0.message_content.type': 'text',
      'llm.input_messages.0.message.contents.0.message_content.text': 'Hi',
      'llm.output_messages.0.message.content': 'Hello',
      'input.value': 'the same again',
    });
    expect(conversationOf(openInference, [])?.messages).toEqual([said('user', 'Hi'), said('assistant', 'Hello')]);
  });

  it('reads what spans around a call take and give', () => {
    expect(conversationOf(texts({ 'traceloop.entity.input': 'question', 'traceloop.entity.output': 'answer' }), [])?.messages).toEqual([
      said('input', 'question'),
      said('output', 'answer'),
    ]);
  });

  it('is nothing for other spans', () => {
    expect(conversationOf(texts({ 'http.route': '/', 'input.value': 'x' }), [event('exception', { message: 'x' })])).toBeUndefined();
  });

  it('survives what is no conversation', () => {
    for (const odd of [
      '',
      'null',
      '[',
      '[]',
      '{}',
      '[[[]]]',
      '[null,1,{"role":7}]',
      '{"messages":7}',
      '['.repeat(5000),
      '{"__proto__":{"role":"x"}}',
    ])
      expect(() => conversationOf(texts({ 'gen_ai.input.messages': odd, 'gen_ai.output.messages': odd }), [])).not.toThrow();
    expect(
      conversationOf(texts({ 'gen_ai.input.messages': Array.from({ length: 5000 }, () => ({ role: 'user', content: 'x' })) }), [])
        ?.messages,
    ).toHaveLength(1000);
  });
});

describe('modelCallOf', () => {
  it('reads facts under the names of today and of yesterday, and prices under any', () => {
    const attributes = texts({
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.response.model': 'gpt-5-2026-01',
      'gen_ai.usage.prompt_tokens': '12',
      'gen_ai.usage.output_tokens': '34',
      'gen_ai.usage.cost': '0.002',
    });
    expect(modelCallOf(attributes)).toEqual({
      provider: 'openai',
      model: 'gpt-5',
      answeredBy: 'gpt-5-2026-01',
      inputTokens: '12',
      outputTokens: '34',
      costs: [{ key: 'gen_ai.usage.cost', value: { stringValue: '0.002' } }],
    });
  });

  it('is nothing for other spans', () => {
    expect(modelCallOf(texts({ 'http.route': '/', 'db.cost': '1' }))).toBeUndefined();
  });
});
