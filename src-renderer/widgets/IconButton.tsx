import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

/** A square button that shows only an icon (its child). `label` is its name for a screen reader and its tooltip; `shortcut` is shown beside it. */
export const IconButton = ({
  label,
  shortcut,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label'> & { label: string; shortcut?: string }) => (
  <Tooltip label={label} {...(shortcut === undefined ? {} : { shortcut })}>
    <button type="button" aria-label={label} className={clsx(styles['iconButton'], className)} {...rest} />
  </Tooltip>
);
