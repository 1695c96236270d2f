import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import styles from './Tooltip.module.css';

/** Once around the app: after the first tooltip, its neighbours open without delay. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={450} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
);

interface TooltipProps {
  label: ReactNode;
  /** A key in the notation of `state/shortcuts.ts`, e.g. `g t`. */
  shortcut?: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref and can be focused or pointed at. */
  children: ReactElement;
}

/** A hint on hover and focus. Never the only place for something that a person needs: it can't be reached by touch. */
export const Tooltip = ({ label, shortcut, side = 'bottom', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className={styles['tooltip']} side={side} sideOffset={6} collisionPadding={8}>
        {label}
        {shortcut === undefined ? undefined : <Kbd keys={shortcut} />}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
