import { Clock, Route, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#ui/widgets/Button.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import type { Scene } from './scene.ts';
import type { TimelineActions } from './use-timeline-actions.ts';
import styles from './TimelineBar.module.css';

interface TimelineBarProps {
  scene: Scene;
  /** The box to find something with. */
  children: ReactNode;
  actions: TimelineActions;
}

/** Over the timeline: finding, and what is drawn beyond the spans as they were sent. */
export const TimelineBar = ({ scene, children, actions }: TimelineBarProps) => (
  <div className={styles['bar']} role="toolbar" aria-label="What the timeline shows">
    {children}
    <span className={styles['gap']} />
    {scene.runs.first.length > 0 ? (
      <Switch
        label="Fold similar"
        hint="One row for five or more spans in a row that look the same"
        keys="x"
        isOn={scene.foldsRuns}
        icon={<Rows3 aria-hidden />}
        onClick={actions.foldRuns}
      />
    ) : undefined}
    <Switch
      label="Critical path"
      hint="What the end of the trace waited for"
      keys="c"
      isOn={scene.critical !== undefined}
      icon={<Route aria-hidden />}
      onClick={actions.showCritical}
    />
    {scene.isAdjusted || scene.skew.services.length > 0 ? (
      <Switch
        label="Adjust clocks"
        hint="Move spans of services whose clocks seem to differ"
        keys="k"
        isOn={scene.isAdjusted}
        icon={<Clock aria-hidden />}
        onClick={actions.adjustClocks}
      />
    ) : undefined}
  </div>
);

interface SwitchProps {
  label: string;
  hint: string;
  keys: string;
  isOn: boolean;
  icon: ReactNode;
  onClick: () => void;
}

const Switch = ({ label, hint, keys, isOn, icon, onClick }: SwitchProps) => (
  <Tooltip label={hint} shortcut={keys}>
    <Button tone="quiet" aria-pressed={isOn} aria-label={label} onClick={onClick}>
      {icon}
      <span className={styles['word']}>{label}</span>
    </Button>
  </Tooltip>
);
