import type { EditorId } from '#proto/model/editors';
import type { SourcePlace } from '#proto/model/source-place';

/** How the desktop opens a source file; undefined in a browser tab, which follows the editor's address instead. */
export function shellOpener(): ((editor: EditorId, place: SourcePlace) => void) | undefined {
  const { sidelight } = window;
  return sidelight === undefined ? undefined : (editor, place) => sidelight.openSource(editor, place);
}
