import { useState } from 'react';
import { shortcutRegistry } from '#ui/state/shortcuts.ts';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import styles from './ShortcutHelp.module.css';

/** All keys that work in this view, from the registry itself. */
export const ShortcutHelp = ({ onClose }: { onClose: () => void }) => {
  // Those of the view, which registered first, come after those that work everywhere.
  const [groups] = useState(() => [...Map.groupBy(shortcutRegistry.listed(), ({ group }) => group)].toReversed());
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose} className={styles['sheet']}>
      <h2 className={styles['title']}>Keyboard shortcuts</h2>
      <div className={styles['groups']}>
        {groups.map(([group, shortcuts]) => (
          <section key={group} aria-label={group}>
            <h3 className={styles['group']}>{group}</h3>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys} className={styles['shortcut']}>
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
};
