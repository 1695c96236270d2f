import { ChevronDown, Clock, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Button } from '#ui/widgets/Button.tsx';
import { type ArrivalChoice, choiceName, isAllTime, spanNames, spans } from './arrival-choice.ts';
import { ExactRangeDialog } from './ExactRangeDialog.tsx';
import styles from './RangeMenu.module.css';

interface RangeMenuProps {
  choice: ArrivalChoice;
  onChoose: (choice: ArrivalChoice) => void;
}

/** Which traces by the time of their arrival. What a span was recorded at does not matter: data from years ago that arrived now is among the last 5 minutes'. */
export const RangeMenu = ({ choice, onChoose }: RangeMenuProps) => {
  const [isExact, setIsExact] = useState(false);
  const isAll = isAllTime(choice);
  return (
    <span className={styles['range']}>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button className={styles['trigger']} aria-label={`Arrived: ${choiceName(choice)}`} data-on={!isAll || undefined}>
            <Clock aria-hidden />
            <span className={styles['name']}>{choiceName(choice)}</span>
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={4} collisionPadding={8}>
            <DropdownMenu.Label className={styles['note']}>Traces that arrived</DropdownMenu.Label>
            {spans.map((span) => (
              <DropdownMenu.CheckboxItem
                key={span}
                className={styles['item']}
                checked={choice.since === span}
                onCheckedChange={() => onChoose({ since: span })}
              >
                {spanNames[span]}
              </DropdownMenu.CheckboxItem>
            ))}
            <DropdownMenu.CheckboxItem className={styles['item']} checked={isAll} onCheckedChange={() => onChoose({})}>
              All time
            </DropdownMenu.CheckboxItem>
            <DropdownMenu.Separator className={styles['separator']} />
            <DropdownMenu.Item className={styles['item']} onSelect={() => setIsExact(true)}>
              Exact range…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isAll ? undefined : (
        <button type="button" className={styles['clear']} aria-label="All time" title="All time" onClick={() => onChoose({})}>
          <X size={13} aria-hidden />
        </button>
      )}
      {isExact ? <ExactRangeDialog choice={choice} onChoose={onChoose} onClose={() => setIsExact(false)} /> : undefined}
    </span>
  );
};
