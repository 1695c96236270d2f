import { attributeNames } from '#proto/model/semantic-conventions';
import { displayValue } from '#proto/model/display-value';
import type { KeyValue } from '#proto/model/any-value';
import { readKeyValue, readText } from '#main/decode/walk/records';
import type { Walked, WalkedSource, WalkedSpans } from '#main/decode/walk/walked';
import { KeyValueView } from '../../index/key-value.ts';

/** Texts by the number of records that have them. */
export type TextCounts = Map<string, number>;

/** Longer texts are nothing to choose from a list, and neither are those of several lines. */
const longestText = 200;

const isChoice = (text: string): boolean => text !== '' && text.length <= longestText && !/\p{Cc}/u.test(text);

/** The keys of all attributes of a chunk's records. */
export function countKeys(walked: Walked): TextCounts {
  return countRecords(walked, {
    ofRow: (row) => readKeyValue(walked, row).key,
    ofSource: (source) => attributesOf(source).map(({ key }) => key),
  });
}

/** The values of an attribute, under each name that it has had. */
export function countValues(walked: Walked, key: string): TextCounts {
  const names = attributeNames(key);
  const mayBeNamed = rowsNamed(walked, names);
  return countRecords(walked, {
    ofRow: (row) => {
      if (!mayBeNamed(row)) return '';
      const attribute = readKeyValue(walked, row);
      return names.includes(attribute.key) ? displayValue(attribute.value) : '';
    },
    ofSource: (source) =>
      attributesOf(source)
        .filter((attribute) => names.includes(attribute.key))
        .map(({ value }) => displayValue(value)),
  });
}

export function countNames(walked: WalkedSpans): TextCounts {
  const counts = new Uint32Array(walked.texts.count);
  for (let span = 0; span < walked.count; span += 1) {
    const row = walked.name[span] as number;
    counts[row] = (counts[row] as number) + 1;
  }
  const texts: TextCounts = new Map();
  for (const [row, count] of counts.entries()) {
    const name = count === 0 ? '' : readText(walked, row);
    if (isChoice(name)) texts.set(name, count);
  }
  return texts;
}

const attributesOf = ({ resource, scope }: WalkedSource): KeyValue[] => [...resource.attributes, ...scope.attributes];

/** Whether an attribute may have one of these keys. Most have not, and are not read for that. */
function rowsNamed({ bytes, attributes }: Walked, names: readonly string[]): (row: number) => boolean {
  const wanted = names.map((name) => Buffer.from(name));
  const view = new KeyValueView(bytes);
  return (row) => {
    if (!view.read(attributes.start[row] as number, attributes.end[row] as number)) return true;
    const length = view.keyEnd - view.keyStart;
    return wanted.some((name) => name.length === length && name.compare(bytes, view.keyStart, view.keyEnd) === 0);
  };
}

/** What is counted: the text of a distinct attribute, empty for none, and those of a source, which all of its records have. */
interface Counted {
  ofRow: (row: number) => string;
  ofSource: (source: WalkedSource) => readonly string[];
}

/** Each record counts once for each text, however often it has it. */
function countRecords(walked: Walked, { ofRow, ofSource }: Counted): TextCounts {
  const { count, attributes, attributeFrom, attributeRows } = walked;
  const tallies = new Tallies();
  const rows = Array.from({ length: attributes.count }, (_, row) => tallies.of(ofRow(row)));
  const sources = walked.sources.map((source) => ofSource(source).map((text) => tallies.of(text)));
  for (let record = 0; record < count; record += 1) {
    for (const tally of sources[walked.source[record] as number] ?? []) add(tally, record);
    const end = attributeFrom[record + 1] as number;
    for (let at = attributeFrom[record] as number; at < end; at += 1) add(rows[attributeRows[at] as number], record);
  }
  return tallies.counts();
}

interface Tally {
  count: number;
  lastRecord: number;
}

function add(tally: Tally | undefined, record: number): void {
  if (tally === undefined || tally.lastRecord === record) return;
  tally.lastRecord = record;
  tally.count += 1;
}

class Tallies {
  readonly #byText = new Map<string, Tally>();

  /** `undefined` of what is no choice. */
  of(text: string): Tally | undefined {
    let tally = this.#byText.get(text);
    if (tally === undefined && isChoice(text)) {
      tally = { count: 0, lastRecord: -1 };
      this.#byText.set(text, tally);
    }
    return tally;
  }

  counts(): TextCounts {
    return new Map([...this.#byText].map(([text, { count }]) => [text, count]));
  }
}
