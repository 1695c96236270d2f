import type { ReactNode } from 'react';
import { displayValue } from '#proto/model/display-value';
import { formatCount } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import { Fact, FactList } from '#ui/components/FactList.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import type { ModelCall } from '#ui/model/model-call.ts';
import styles from './SpanInspector.module.css';

const maxLength = 200;

/** Which model was asked, and what it took: tokens and, where the library says it, money. */
export const ModelFacts = ({ call }: { call: ModelCall }) => {
  const { operation, provider, model, answeredBy, finishReasons, costs } = call;
  return (
    <DetailSection id="span.model" title="Model call">
      <FactList>
        {model === undefined && answeredBy === undefined ? undefined : (
          <Fact
            name="Model"
            note={model === undefined || answeredBy === undefined ? undefined : `Answered by ${inertText(answeredBy.slice(0, maxLength))}`}
          >
            <Text text={model ?? answeredBy ?? ''} />
          </Fact>
        )}
        {provider === undefined ? undefined : (
          <Fact name="Provider">
            <Text text={provider} />
          </Fact>
        )}
        {operation === undefined ? undefined : (
          <Fact name="Operation">
            <Text text={operation} />
          </Fact>
        )}
        <Tokens call={call} />
        {costs.map(({ key, value }, index) => (
          <Fact key={index} name="Cost">
            <Text text={displayValue(value)} />
            <span className={styles['share']}>
              <InertText text={key.slice(0, maxLength)} />
            </span>
          </Fact>
        ))}
        {finishReasons === undefined ? undefined : (
          <Fact name="Finished">
            <Text text={finishReasons} />
          </Fact>
        )}
      </FactList>
    </DetailSection>
  );
};

const Text = ({ text }: { text: string }) => <InertText text={text.slice(0, maxLength)} />;

const Tokens = ({ call: { inputTokens, outputTokens, totalTokens, cachedTokens, reasoningTokens } }: { call: ModelCall }): ReactNode => {
  const isWhole = inputTokens !== undefined && outputTokens !== undefined;
  const shown = [part(inputTokens, 'in'), part(outputTokens, 'out'), isWhole ? '' : part(totalTokens, 'in all')].filter(Boolean);
  const details = [part(cachedTokens, 'read from a cache'), part(reasoningTokens, 'spent on reasoning')].filter(Boolean);
  if (shown.length === 0) return undefined;
  return (
    <Fact name="Tokens" note={details.length === 0 ? undefined : details.join(', ')}>
      {shown.join(' · ')}
    </Fact>
  );
};

const isCount = (text: string): boolean => /^\d{1,12}$/.test(text);

const part = (count: string | undefined, what: string): string =>
  count === undefined ? '' : `${isCount(count) ? formatCount(Number(count)) : inertText(count.slice(0, 40))} ${what}`;
