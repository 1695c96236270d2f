import { useState } from 'react';
import type { CurlCommand } from '#proto/analysis/curl-command';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import { CodeText } from './CodeText.tsx';
import styles from './SpanInspector.module.css';

/** The span's HTTP request as a command that makes it again. What looks like a secret is shown, and copied, only after a click. */
export const SpanRequest = ({ request: { command, masked, lacksBody } }: { request: CurlCommand }) => {
  const [isUnmasked, setUnmasked] = useState(false);
  return (
    <DetailSection id="span.request" title="Request as curl" closedAtFirst>
      <CodeText
        label="Curl command"
        code={isUnmasked ? command : masked}
        tools={
          command === masked ? undefined : (
            <Button tone="quiet" aria-pressed={isUnmasked} onClick={() => setUnmasked(!isUnmasked)}>
              With secrets
            </Button>
          )
        }
      />
      {lacksBody ? <p className={styles['note']}>Spans do not record bodies: add one with --data.</p> : undefined}
    </DetailSection>
  );
};
