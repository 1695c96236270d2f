import { useEffect, useState } from 'react';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import type { DatabaseQuery } from '#ui/model/database-query.ts';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import { CodeText } from './CodeText.tsx';
import styles from './SpanInspector.module.css';

/** What the span asked its database, in lines, with the values of its parameters where they were recorded. */
export const SpanQuery = ({ query }: { query: DatabaseQuery }) => {
  const formatted = useFormatted(query);
  const [view, setView] = useState<'formatted' | 'sent'>('formatted');
  const isChanged = formatted !== undefined && formatted !== query.text;
  return (
    <DetailSection id="span.query" title="Query">
      <CodeText
        label="Query"
        code={view === 'formatted' ? (formatted ?? query.text) : query.text}
        tools={
          isChanged ? (
            <SegmentedControl
              label="Show the query"
              segments={[
                { id: 'formatted', label: 'Formatted' },
                { id: 'sent', label: 'As sent' },
              ]}
              selected={view}
              onSelect={setView}
            />
          ) : undefined
        }
      />
      {query.parameters.length > 0 ? (
        <div className={styles['parameters']}>
          <h4 className={styles['note']}>Parameters</h4>
          <AttributeTable label="Query parameters" attributes={query.parameters} />
        </div>
      ) : undefined}
    </DetailSection>
  );
};

/** Undefined until the formatter is there, and where it does not understand the query. */
const useFormatted = ({ text, dialect }: DatabaseQuery): string | undefined => {
  const [formatted, setFormatted] = useState<{ text: string; formatted: string | undefined }>();
  useEffect(() => {
    let isCurrent = true;
    // Without it, which an update of the page may have taken away, the query is shown as it was sent.
    import('#ui/model/format-sql.ts').then(
      ({ formatSql }) => isCurrent && setFormatted({ text, formatted: formatSql(text, dialect) }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [text, dialect]);
  return formatted?.text === text ? formatted.formatted : undefined;
};
