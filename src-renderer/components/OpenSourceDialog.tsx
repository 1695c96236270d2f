import { useState } from 'react';
import { editorAddress, editors, isEditorId, type EditorId } from '#proto/model/editors';
import type { SourcePlace } from '#proto/model/source-place';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import { shellOpener } from '#ui/bridge/index.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { ButtonLink } from '#ui/widgets/ButtonLink.tsx';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import { Select } from '#ui/widgets/Select.tsx';
import styles from './OpenSourceDialog.module.css';

const preference = 'editor';

const rememberedEditor = (): EditorId => {
  const remembered = readPreference(preference);
  return isEditorId(remembered) ? remembered : 'vscode';
};

/** Asks before another program is started on a file that telemetry names: which file, exactly, and which program. */
export const OpenSourceDialog = ({ place, onClose }: { place: SourcePlace; onClose: () => void }) => {
  const [editor, setEditor] = useState(rememberedEditor);
  const choose = (id: string): void => {
    if (!isEditorId(id)) return;
    setEditor(id);
    writePreference(preference, id);
  };
  const { file, line, column } = place;
  return (
    <Dialog label="Open a source file" onClose={onClose}>
      <div className={styles['content']}>
        <h2 className={styles['title']}>Open this file?</h2>
        <div className={styles['file']}>
          <code className={styles['path']}>{file}</code>
          <CopyButton text={file} label="Copy path" />
        </div>
        {line === undefined ? undefined : (
          <p className={styles['place']}>{`Line ${line}${column === undefined ? '' : `, column ${column}`}`}</p>
        )}
        <p className={styles['note']}>
          The path is the one that was sent. Where it is of a container or another machine, your editor will not find it.
        </p>
        <div className={styles['actions']}>
          <div className={styles['editor']}>
            <Select label="Editor" value={editor} onChange={choose}>
              {editors.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
          <Button onClick={onClose}>Cancel</Button>
          <Confirm editor={editor} place={place} onClose={onClose} />
        </div>
      </div>
    </Dialog>
  );
};

/** In a browser tab it is a link, so that the browser, which asks once more, sees a person's click. */
const Confirm = ({ editor, place, onClose }: { editor: EditorId; place: SourcePlace; onClose: () => void }) => {
  const open = shellOpener();
  const label = `Open in ${editors.find(({ id }) => id === editor)?.name ?? editor}`;
  if (open === undefined) {
    return (
      <ButtonLink href={editorAddress(editor, place)} data-focus-first onClick={onClose}>
        {label}
      </ButtonLink>
    );
  }
  return (
    <Button
      tone="primary"
      data-focus-first
      onClick={() => {
        open(editor, place);
        onClose();
      }}
    >
      {label}
    </Button>
  );
};
