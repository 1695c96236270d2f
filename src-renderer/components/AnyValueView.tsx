import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { formatBytes, formatCount, plural } from '#proto/text/count';
import { byteLength, bytesToHex, valueText, valueType } from '#ui/model/any-value-text.ts';
import { inertText } from '#proto/text/inert-text';
import styles from './AnyValueView.module.css';
import { InertText } from './InertText.tsx';
import { LongText } from './LongText.tsx';

/** Bytes, array items and map entries that are shown before somebody asks for more. */
const maxShownBytes = 64;
const pageSize = 100;
/** Longer strings in a tree stand without quotes, and are cut. */
const maxQuoted = 300;
/** A closed array or map shows this much of itself. */
const previewLength = 80;
/** Arrays and maps of this size or less are open from the start. */
const maxOpen = 12;

/**
 * A value of any type as it was sent. Strings are plain; what is not a string says its type; arrays and maps unfold. Nothing in it is a link, whatever it
 * looks like.
 */
export const AnyValueView = ({ value }: { value: AnyValue }) => {
  const type = valueType(value);
  if (type === 'array' || type === 'map') return <Tree value={value} isRoot />;
  if (type === 'string') return <StringView text={valueText(value)} />;
  if (type === 'empty') return <Scalar value={value} />;
  return (
    <span className={styles['typed']}>
      <Scalar value={value} />
      <span className={styles['type']}>
        {type === 'bytes' && 'bytesValue' in value ? `bytes, ${formatBytes(byteLength(value.bytesValue))}` : type}
      </span>
    </span>
  );
};

const StringView = ({ text }: { text: string }) =>
  text === '' ? <span className={styles['absent']}>empty string</span> : <LongText text={text} maxChars={500} maxLines={8} mono />;

/** What is not nested; strings are in quotes, because in a tree nothing else tells `"1"` and `1` apart. */
const Scalar = ({ value }: { value: AnyValue }) => {
  if ('stringValue' in value) return <Quoted text={value.stringValue} />;
  if ('bytesValue' in value) {
    return <code className={styles['bytes']}>{value.bytesValue === '' ? '(none)' : hexPreview(value.bytesValue)}</code>;
  }
  if (Object.keys(value).length === 0) return <span className={styles['absent']}>empty</span>;
  return <code className={styles['literal']}>{valueText(value)}</code>;
};

const Quoted = ({ text }: { text: string }) =>
  text.length > maxQuoted || text.includes('\n') ? (
    <LongText text={text} maxChars={maxQuoted} maxLines={4} mono />
  ) : (
    <code className={styles['quoted']}>
      "<InertText text={text} />"
    </code>
  );

const hexPreview = (base64: string): string => `${bytesToHex(base64, maxShownBytes)}${byteLength(base64) > maxShownBytes ? ' …' : ''}`;

/** The entries of an array have no keys. */
const entriesOf = (value: AnyValue): readonly (KeyValue | { key?: never; value: AnyValue })[] => {
  if ('kvlistValue' in value) return value.kvlistValue.values;
  return 'arrayValue' in value ? value.arrayValue.values.map((item) => ({ value: item })) : [];
};

const Tree = ({ value, isRoot = false }: { value: AnyValue; isRoot?: boolean }) => {
  const entries = entriesOf(value);
  const [isOpen, setOpen] = useState(isRoot && entries.length <= maxOpen);
  const [shown, setShown] = useState(pageSize);
  const isArray = 'arrayValue' in value;
  if (entries.length === 0) return <code className={styles['absent']}>{isArray ? '[ ] empty' : '{ } empty'}</code>;
  return (
    <div className={styles['tree']}>
      <button type="button" className={styles['toggle']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight className={styles['chevron']} size={12} aria-hidden />
        <span className={styles['type']}>{plural(entries.length, isArray ? 'item' : 'entry', isArray ? 'items' : 'entries')}</span>
        {isOpen ? undefined : <code className={styles['preview']}>{inertText(valueText(value, previewLength))}</code>}
      </button>
      {isOpen ? (
        <ul className={styles['entries']}>
          {entries.slice(0, shown).map((entry, index) => (
            <li key={index} className={styles['entry']}>
              <span className={clsx(styles['key'], entry.key === undefined && styles['index'])}>
                {entry.key === undefined ? index : <InertText text={entry.key} />}
              </span>
              {isNested(entry.value) ? <Tree value={entry.value} /> : <Scalar value={entry.value} />}
            </li>
          ))}
          {entries.length > shown ? (
            <li>
              <button type="button" className={styles['more']} onClick={() => setShown(shown + pageSize)}>
                {`Show more, ${formatCount(entries.length - shown)} left`}
              </button>
            </li>
          ) : undefined}
        </ul>
      ) : undefined}
    </div>
  );
};

const isNested = (value: AnyValue): boolean => 'arrayValue' in value || 'kvlistValue' in value;
