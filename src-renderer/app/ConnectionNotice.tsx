import { useConnection } from '#ui/bridge/index.ts';
import styles from './Notices.module.css';

/** Why nothing moves, when the engine is away. What is on screen stays readable. */
export const ConnectionNotice = () => {
  const connection = useConnection();
  if (connection === 'connected' || connection === 'connecting') return undefined;
  return (
    <div className={styles['notice']} data-severity="warning" role="status">
      <p className={styles['message']}>
        {connection === 'unauthorised'
          ? 'Sidelight was started anew and does not know this page. Open the address that it printed when it started.'
          : 'Sidelight does not answer: it may have been closed. What you see was right before that. This page reconnects by itself.'}
      </p>
    </div>
  );
};
