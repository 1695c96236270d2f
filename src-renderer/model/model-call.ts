import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { attributeNames } from '#proto/model/semantic-conventions';

/** Facts of a call to a generative model, as they were sent; those that were not are absent. */
export interface ModelCall {
  operation?: string;
  provider?: string;
  model?: string;
  /** Where it is another one than the one that was asked for. */
  answeredBy?: string;
  inputTokens?: string;
  outputTokens?: string;
  totalTokens?: string;
  cachedTokens?: string;
  reasoningTokens?: string;
  finishReasons?: string;
  /** Prices of any library: no convention names them yet. */
  costs: KeyValue[];
}

/** By fact, the newest name first: OpenTelemetry, OpenLLMetry, OpenInference, Vercel. */
const names: Record<Exclude<keyof ModelCall, 'costs'>, readonly string[]> = {
  operation: ['gen_ai.operation.name', 'llm.request.type', 'traceloop.span.kind', 'openinference.span.kind', 'ai.operationId'],
  provider: ['gen_ai.provider.name', 'llm.provider', 'llm.system', 'llm.vendor', 'ai.model.provider'],
  model: ['gen_ai.request.model', 'llm.request.model', 'llm.model_name', 'ai.model.id'],
  answeredBy: ['gen_ai.response.model', 'llm.response.model', 'ai.response.model'],
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'llm.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.promptTokens',
    'ai.usage.inputTokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'llm.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.completionTokens',
    'ai.usage.outputTokens',
  ],
  totalTokens: ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total', 'ai.usage.totalTokens'],
  cachedTokens: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.cachedInputTokens',
  ],
  reasoningTokens: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.reasoningTokens',
  ],
  finishReasons: ['gen_ai.response.finish_reasons', 'ai.response.finishReason'],
};

const costKey = /^(?:gen_ai|llm|ai|traceloop)\..*(?:^|[._])costs?(?:$|[._])/;
const maxCosts = 10;

/** Undefined for a span that is no such call. */
export const modelCallOf = (attributes: readonly KeyValue[]): ModelCall | undefined => {
  const call: ModelCall = { costs: attributes.filter(({ key }) => costKey.test(key)).slice(0, maxCosts) };
  for (const fact of Object.keys(names) as (keyof typeof names)[]) {
    const text = names[fact]
      .flatMap(attributeNames)
      .map((key) => textOf(attributes, key))
      .find((found) => found !== '');
    if (text !== undefined) call[fact] = text;
  }
  if (call.answeredBy === call.model) delete call.answeredBy;
  const isCall =
    call.model !== undefined || call.answeredBy !== undefined || call.inputTokens !== undefined || call.totalTokens !== undefined;
  return isCall || attributes.some(({ key }) => key.startsWith('gen_ai.')) ? call : undefined;
};

const textOf = (attributes: readonly KeyValue[], key: string): string => {
  const value = attributes.findLast((attribute) => attribute.key === key)?.value;
  if (value === undefined) return '';
  return 'arrayValue' in value ? value.arrayValue.values.slice(0, 10).map(displayValue).join(', ') : displayValue(value);
};
