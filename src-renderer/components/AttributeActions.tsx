import { Ellipsis, Minus, Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { KeyValue } from '#proto/model/any-value';
import { attributeSuccessor } from '#proto/model/attribute-successor';
import { anyValueTerm, attributeTerm } from '#proto/model/attribute-term';
import type { Subject } from '#proto/model/query-fields';
import { inertText } from '#proto/text/inert-text';
import { valueText } from '#ui/model/any-value-text.ts';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './AttributeActions.module.css';
import { AttributeFilterLink } from './AttributeFilterLink.tsx';

interface AttributeActionsProps {
  attribute: KeyValue;
  /** What can be searched by the attribute; undefined where nothing can, as by a link's. */
  subject: Subject | undefined;
  /** Whether the buttons stand beside the menu: they are for a pointer, and there are many rows. */
  hasButtons: boolean;
}

/** What can be done with an attribute: a menu, and under the pointer a button for each of what is done most. The menu alone is a stop of the Tab key. */
export const AttributeActions = ({ attribute, subject, hasButtons }: AttributeActionsProps) => {
  const { key, value } = attribute;
  const name = inertText(key.slice(0, 80));
  const successor = attributeSuccessor(key);
  const terms = subject === undefined ? undefined : termsOf(attribute, subject);
  return (
    <div className={styles['actions']}>
      {hasButtons ? (
        <span className={styles['buttons']}>
          {subject === undefined || terms === undefined ? undefined : (
            <>
              <AttributeFilterLink
                subject={subject}
                term={terms.only}
                className={styles['button']}
                title="Filter by this value"
                tabIndex={-1}
              >
                <Plus aria-label={`Filter by ${name}`} />
              </AttributeFilterLink>
              <AttributeFilterLink
                subject={subject}
                term={terms.without}
                className={styles['button']}
                title="Exclude this value"
                tabIndex={-1}
              >
                <Minus aria-label={`Exclude ${name}`} />
              </AttributeFilterLink>
            </>
          )}
          <CopyButton text={() => valueText(value)} label={`Copy ${name}`} className={styles['button']} tabIndex={-1} />
        </span>
      ) : undefined}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={styles['button']} aria-label={`Actions for ${name}`}>
          <Ellipsis aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={2} collisionPadding={8}>
            {successor === undefined ? undefined : (
              <DropdownMenu.Label className={styles['label']}>Now called {successor}</DropdownMenu.Label>
            )}
            {subject === undefined || terms === undefined ? undefined : <FilterItems subject={subject} terms={terms} />}
            <CopyItem label="Copy value" text={() => valueText(value)} />
            <CopyItem label="Copy key" text={() => key} />
            <CopyItem label="Copy key=value" text={() => terms?.only ?? `${key}=${valueText(value)}`} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
};

const FilterItems = ({ subject, terms }: { subject: Subject; terms: AttributeTerms }) => (
  <>
    {(
      [
        ['Filter by this value', terms.only],
        ['Exclude this value', terms.without],
        ['Filter by any value', terms.any],
      ] as const
    ).map(([label, term]) => (
      <DropdownMenu.Item key={label} asChild className={styles['item']}>
        <AttributeFilterLink subject={subject} term={term}>
          {label}
        </AttributeFilterLink>
      </DropdownMenu.Item>
    ))}
    <DropdownMenu.Separator className={styles['separator']} />
  </>
);

const CopyItem = ({ label, text }: { label: string; text: () => string }) => (
  // Where the browser does not allow copying, the button beside the menu says so.
  <DropdownMenu.Item className={styles['item']} onSelect={() => void navigator.clipboard.writeText(text()).catch(() => undefined)}>
    {label}
  </DropdownMenu.Item>
);

interface AttributeTerms {
  only: string;
  without: string;
  any: string;
}

/**
 * `!=` asks for traces with another value: those without the attribute, of which every trace has some spans, are not meant. Of logs, those without it are meant as well. Undefined
 * where the value is too long for a query.
 */
const termsOf = ({ key, value }: KeyValue, subject: Subject): AttributeTerms | undefined => {
  const only = attributeTerm(key, '=', value);
  const other = attributeTerm(key, '!=', value);
  const any = anyValueTerm(key);
  if (only === undefined || other === undefined || any === undefined) return undefined;
  return { only, without: subject === 'logs' ? `NOT ${only}` : other, any };
};
