import { inertText } from '#proto/text/inert-text';
import { serviceColour } from '#ui/model/service-colour.ts';
import styles from './ServiceBadge.module.css';

/** A service by its colour and its name; the colour is the same in every view. */
export const ServiceBadge = ({ name }: { name: string }) => (
  <span className={styles['service']} title={inertText(name)}>
    <span className={styles['dot']} style={{ background: serviceColour(name).fill }} aria-hidden />
    <span className={styles['name']}>{name.trim() === '' ? <em className={styles['unnamed']}>no service name</em> : inertText(name)}</span>
  </span>
);
