import { Ellipsis, Minus, Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { KeyValue } from '#proto/model/any-value';
import { attributeSuccessor } from '#proto/model/attribute-successor';
import { attributeTerm } from '#proto/model/attribute-term';
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
  // Undefined where the value is too long for a query.
  const term = attributeTerm(key, '=', value);
  const searched = term === undefined ? undefined : subject;
  return (
    <div className={styles['actions']}>
      {hasButtons ? (
        <span className={styles['buttons']}>
          {searched === undefined ? undefined : <FilterButtons subject={searched} attribute={attribute} name={name} />}
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
            {searched === undefined ? undefined : <FilterItems subject={searched} attribute={attribute} />}
            <CopyItem label="Copy value" text={() => valueText(value)} />
            <CopyItem label="Copy key" text={() => key} />
            <CopyItem label="Copy key=value" text={() => term ?? `${key}=${valueText(value)}`} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
};

const filters = [
  { state: 'included', verb: 'Filter by', label: 'Filter by this value', Icon: Plus },
  { state: 'excluded', verb: 'Exclude', label: 'Exclude this value', Icon: Minus },
] as const;

const FilterButtons = ({ subject, attribute, name }: { subject: Subject; attribute: KeyValue; name: string }) =>
  filters.map(({ state, verb, label, Icon }) => (
    <AttributeFilterLink
      key={state}
      subject={subject}
      attribute={attribute}
      state={state}
      className={styles['button']}
      title={label}
      aria-label={`${verb} ${name}`}
      tabIndex={-1}
    >
      <Icon aria-hidden />
    </AttributeFilterLink>
  ));

const FilterItems = ({ subject, attribute }: { subject: Subject; attribute: KeyValue }) => (
  <>
    {filters.map(({ state, label }) => (
      <DropdownMenu.Item key={state} asChild className={styles['item']}>
        <AttributeFilterLink subject={subject} attribute={attribute} state={state}>
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
