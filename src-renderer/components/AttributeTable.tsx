import { clsx } from 'clsx';
import { Fragment, useState } from 'react';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { attributeSuccessor } from '#proto/model/attribute-successor';
import type { Subject } from '#proto/model/query-fields';
import { formatCount, plural } from '#proto/text/count';
import { filterAttributes, groupAttributes } from '#ui/model/attribute-groups.ts';
import { codePlace, type CodePlace } from '#ui/model/code-place.ts';
import { AnyValueView } from './AnyValueView.tsx';
import { AttributeActions } from './AttributeActions.tsx';
import styles from './AttributeTable.module.css';
import { InertText } from './InertText.tsx';
import { SourceLink } from './SourceLink.tsx';
import { TextValue } from './TextValue.tsx';

/** From this many on, the table has a box to search them. */
const minSearchable = 16;
/** More than this is not put on the screen at once; the search box narrows it. */
const maxRows = 500;

/** Longer text does not fit beside its key. */
const maxBeside = 90;
const maxKeyLength = 500;

interface AttributeTableProps {
  /** Names the table for a screen reader: "Resource attributes". */
  label: string;
  attributes: readonly KeyValue[];
  /** `dropped_attributes_count`: how many the sender left out. */
  droppedCount?: number;
  /** What can be searched by these attributes; nothing, where the query language does not look at them. */
  subject?: Subject | undefined;
}

/** Attributes as they were sent: sorted, parted by namespace where there are many, with every duplicate and every type visible. */
export const AttributeTable = ({ label, attributes, droppedCount = 0, subject }: AttributeTableProps) => {
  const [search, setSearch] = useState('');
  const found = filterAttributes(attributes, search);
  const groups = groupAttributes(found.slice(0, maxRows));
  const place = codePlace(attributes);
  return (
    <div className={styles['attributes']}>
      {attributes.length >= minSearchable ? (
        <input
          className={styles['search']}
          type="text"
          role="searchbox"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder={`Search ${formatCount(attributes.length)} attributes`}
          spellCheck={false}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || search === '') return;
            event.stopPropagation();
            setSearch('');
          }}
        />
      ) : undefined}
      {attributes.length === 0 ? <p className={styles['note']}>No attributes</p> : undefined}
      {attributes.length > 0 && found.length === 0 ? <p className={styles['note']}>No attribute matches</p> : undefined}
      {found.length > 0 ? (
        <table className={styles['table']} aria-label={label}>
          {groups.map((group) => (
            <tbody key={group.namespace} className={styles['group']}>
              {group.attributes.map((attribute, index) => (
                <AttributeRow key={index} attribute={attribute} subject={subject} place={place} />
              ))}
            </tbody>
          ))}
        </table>
      ) : undefined}
      {found.length > maxRows ? (
        <p className={styles['note']}>{`${formatCount(found.length - maxRows)} more; search to narrow them down`}</p>
      ) : undefined}
      {droppedCount > 0 ? (
        <p className={clsx(styles['note'], styles['dropped'])}>{`${plural(droppedCount, 'attribute')} dropped by the sender`}</p>
      ) : undefined}
    </div>
  );
};

interface AttributeRowProps {
  attribute: KeyValue;
  subject: Subject | undefined;
  /** Where the code is that all attributes together speak of. */
  place: CodePlace | undefined;
}

const AttributeRow = ({ attribute, subject, place }: AttributeRowProps) => {
  const [isPointedAt, setPointedAt] = useState(false);
  const { key, value } = attribute;
  const successor = attributeSuccessor(key);
  return (
    <tr className={styles['row']} data-wide={isWide(value) || undefined} onPointerEnter={() => setPointedAt(true)}>
      <th scope="row" className={styles['key']}>
        {key === '' ? <em className={styles['note']}>empty key</em> : <KeyText text={key} />}
        {successor === undefined ? undefined : (
          <abbr className={styles['old']} title={`The semantic conventions call it ${successor} now. A search for either name finds both.`}>
            old
          </abbr>
        )}
      </th>
      <td className={styles['value']}>
        {place?.key === key ? (
          <SourceLink file={place.file} line={place.line} column={place.column}>
            <AnyValueView value={value} />
          </SourceLink>
        ) : 'stringValue' in value && value.stringValue !== '' ? (
          <TextValue text={value.stringValue} />
        ) : (
          <AnyValueView value={value} />
        )}
      </td>
      <td className={styles['actions']}>
        <AttributeActions attribute={attribute} subject={subject} hasButtons={isPointedAt} />
      </td>
    </tr>
  );
};

/** Text of several lines, and what unfolds, stands below its key, where there is room for it. */
const isWide = (value: AnyValue): boolean => {
  if ('stringValue' in value) return value.stringValue.length > maxBeside || /\n|^\s*[[{]/.test(value.stringValue);
  if ('kvlistValue' in value) return value.kvlistValue.values.length > 0;
  return 'arrayValue' in value && value.arrayValue.values.length > 0;
};

/** A key may break behind its dots rather than within a word. */
const KeyText = ({ text }: { text: string }) =>
  text
    .slice(0, maxKeyLength)
    .split(/(?<=[._/])/)
    .map((piece, index) => (
      <Fragment key={index}>
        <InertText text={piece} />
        <wbr />
      </Fragment>
    ));
