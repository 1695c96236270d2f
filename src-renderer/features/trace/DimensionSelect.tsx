import { inertText } from '#proto/text/inert-text';
import { Select } from '#ui/widgets/Select.tsx';
import { attributeDimension, attributeKeyOf, type DimensionId, dimensionName, readDimension } from './dimensions.ts';

interface DimensionSelectProps {
  label: string;
  /** Undefined: nothing, which can be chosen where `nothing` names it. */
  selected: DimensionId | undefined;
  nothing?: string;
  /** Other than attributes. */
  named: readonly DimensionId[];
  keys: readonly string[];
  onSelect: (id: DimensionId | undefined) => void;
}

/** What spans are to be sorted into groups by: something that every span has, or one of the attributes of this trace. */
export const DimensionSelect = ({ label, selected, nothing, named, keys, onSelect }: DimensionSelectProps) => {
  const chosenKey = selected === undefined ? undefined : attributeKeyOf(selected);
  // While the keys are being asked for, the one in the address is known all the same.
  const shown = chosenKey === undefined || keys.includes(chosenKey) ? keys : [chosenKey, ...keys];
  return (
    <Select label={label} value={selected ?? ''} onChange={(value) => onSelect(readDimension(value))}>
      {nothing === undefined ? undefined : <option value="">{nothing}</option>}
      {named.map((id) => (
        <option key={id} value={id}>
          {dimensionName(id)}
        </option>
      ))}
      {shown.length === 0 ? undefined : (
        <optgroup label="Attribute">
          {shown.map((key) => (
            <option key={key} value={attributeDimension(key)}>
              {inertText(key).slice(0, 120) || 'empty key'}
            </option>
          ))}
        </optgroup>
      )}
    </Select>
  );
};
