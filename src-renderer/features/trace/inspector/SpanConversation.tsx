import { clsx } from 'clsx';
import { Wrench } from 'lucide-react';
import { useState } from 'react';
import type { KeyValue } from '#proto/model/any-value';
import { formatCount } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import { LongText } from '#ui/components/LongText.tsx';
import { TextValue } from '#ui/components/TextValue.tsx';
import type { Conversation, Message } from '#ui/model/conversation.ts';
import type { MessagePart } from '#ui/model/message-parts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import styles from './SpanConversation.module.css';

const pageSize = 30;

interface SpanConversationProps {
  conversation: Conversation;
  attributes: readonly KeyValue[];
}

/** What was said to a model and what it answered, as one reads a conversation; or the attributes that it was read from. */
export const SpanConversation = ({ conversation: { messages, keys }, attributes }: SpanConversationProps) => {
  const [view, setView] = useState<'read' | 'sent'>('read');
  const [hidden, setHidden] = useState(Math.max(0, messages.length - pageSize));
  const sent = attributes.filter(({ key }) => keys.has(key));
  return (
    <DetailSection id="span.conversation" title="Conversation" count={messages.length}>
      {sent.length > 0 ? (
        <div className={styles['tools']}>
          <SegmentedControl
            label="Show the conversation"
            segments={[
              { id: 'read', label: 'Readable' },
              { id: 'sent', label: 'As sent' },
            ]}
            selected={view}
            onSelect={setView}
          />
        </div>
      ) : undefined}
      {view === 'sent' ? (
        <AttributeTable label="Conversation as sent" attributes={sent} subject="traces" />
      ) : (
        <>
          {hidden > 0 ? (
            <Button tone="quiet" onClick={() => setHidden(Math.max(0, hidden - pageSize))}>
              {`Show earlier, ${formatCount(hidden)} left`}
            </Button>
          ) : undefined}
          <ol className={styles['messages']} aria-label="Messages">
            {messages.slice(hidden).map((message, index) => (
              <MessageView key={hidden + index} message={message} />
            ))}
          </ol>
        </>
      )}
    </DetailSection>
  );
};

const MessageView = ({ message: { role, parts, finishReason } }: { message: Message }) => (
  <li className={clsx(styles['message'], role === 'assistant' && styles['assistant'])}>
    <p className={styles['role']}>
      {inertText(role.slice(0, 40))}
      {finishReason === '' || finishReason === 'stop' ? undefined : (
        <span className={styles['reason']}>{inertText(finishReason.slice(0, 60))}</span>
      )}
    </p>
    {parts.map((part, index) => (
      <PartView key={index} part={part} />
    ))}
    {parts.length === 0 ? <p className={styles['nothing']}>Nothing was recorded of it.</p> : undefined}
  </li>
);

const PartView = ({ part: { kind, text, name } }: { part: MessagePart }) => {
  if (kind === 'text') return text === '' ? undefined : <LongText text={text} maxChars={3000} maxLines={24} />;
  const label = labels[kind];
  return (
    <div className={clsx(styles['part'], kind === 'reasoning' && styles['reasoning'])}>
      <p className={styles['partName']}>
        {kind === 'toolCall' || kind === 'toolResult' ? <Wrench size={12} aria-hidden /> : undefined}
        {label}
        {name === '' ? undefined : (
          <code>
            <InertText text={name.slice(0, 120)} />
          </code>
        )}
      </p>
      {text === '' ? undefined : kind === 'reasoning' ? <LongText text={text} maxChars={1200} maxLines={10} /> : <TextValue text={text} />}
    </div>
  );
};

const labels: Record<Exclude<MessagePart['kind'], 'text'>, string> = {
  reasoning: 'Reasoning',
  toolCall: 'Calls',
  toolResult: 'Result',
  other: 'Part',
};
