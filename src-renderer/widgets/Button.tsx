import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

/** `primary` is the one action that a view is about; `quiet` has no frame until it is pointed at. */
export type ButtonTone = 'primary' | 'plain' | 'quiet';

/** A button of 24 px, the height that fits a 28 px row; icons are its children, 14 px. Never submits a form unless asked to. */
export const Button = ({ tone = 'plain', className, ...rest }: ComponentProps<'button'> & { tone?: ButtonTone }) => (
  <button type="button" className={clsx(styles['button'], styles[tone], className)} {...rest} />
);
