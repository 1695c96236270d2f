import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

/** Looks like the button that a view is about, and is a link: to an address that another program opens. */
export const ButtonLink = ({ className, children, ...rest }: ComponentProps<'a'>) => (
  <a className={clsx(styles['button'], styles['primary'], className)} rel="noreferrer" {...rest}>
    {children}
  </a>
);
