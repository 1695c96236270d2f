import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import styles from './FileDrop.module.css';
import { useOpenFiles } from './use-open-files.ts';

/** Takes files that are dropped anywhere on the window, and says so while they hover over it. */
export const FileDrop = () => {
  const openFiles = useOpenFiles();
  const [isOver, setOver] = useState(false);
  useShortcuts([{ keys: 'Mod+o', label: 'Open files', group: 'Everywhere', run: () => openFiles() }]);
  useEffect(() => {
    // Of a drag over the page, and over each of its elements, only the last "leave" leaves the window.
    let depth = 0;
    const settle = (next: number): void => {
      depth = next;
      setOver(next > 0);
    };
    const onEnter = (event: DragEvent): void => {
      if (hasFiles(event)) settle(depth + 1);
    };
    const onLeave = (event: DragEvent): void => {
      if (hasFiles(event)) settle(Math.max(0, depth - 1));
    };
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Else the browser leaves for the file.
      event.preventDefault();
      settle(0);
      openFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop };
    for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) window.removeEventListener(type, listener as EventListener);
    };
  });
  if (!isOver) return undefined;
  return (
    <div className={styles['overlay']} role="status">
      <p className={styles['hint']}>
        <FileInput size={18} aria-hidden />
        Drop to open
      </p>
      <p className={styles['formats']}>OTLP (JSON, JSON Lines, protobuf), Jaeger JSON, Zipkin JSON</p>
    </div>
  );
};

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
