import { Pin } from 'lucide-react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { usePinTrace } from '#ui/bridge/index.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './TraceHeader.module.css';

/** Keeps a trace when older ones are dropped to make room. */
export const PinTrace = ({ trace: { traceId, pinned } }: { trace: TraceSummary }) => {
  const pin = usePinTrace(traceId);
  const toggle = (): void => pin.mutate(!pinned);
  useShortcuts([{ keys: 'p', label: 'Pin the trace, or let it go', group: 'Trace', run: toggle }]);
  return (
    <>
      {pin.isError ? (
        <span className={styles['problem']} role="alert" title={pin.error.message}>
          {pin.variables ? 'could not be pinned' : 'is still pinned'}
        </span>
      ) : undefined}
      <Tooltip
        label={pinned ? 'Kept when older traces are dropped. Click to let it go' : 'Keep when older traces are dropped'}
        shortcut="p"
      >
        <Button tone="quiet" className={styles['pin']} aria-label="Pin trace" aria-pressed={pinned} onClick={toggle}>
          <Pin aria-hidden />
          Pin
        </Button>
      </Tooltip>
    </>
  );
};
