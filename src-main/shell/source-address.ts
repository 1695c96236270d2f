import { z } from 'zod';
import { editorAddress, isEditorId } from '#proto/model/editors';
import { SourcePlace } from '#proto/model/source-place';

/** What the page asks for, once a person has said yes to it. */
const OpenSource = z.strictObject({ editor: z.string().refine(isEditorId), place: SourcePlace });

/**
 * The address that opens a source file in an editor, or undefined where `request` is anything else than the name of an editor that is known and a plain absolute path. The page never
 * hands an address over: which schemes are opened is written in `proto/model/editors.ts` and nowhere else.
 */
export function sourceAddress(request: unknown): string | undefined {
  const read = OpenSource.safeParse(request);
  return read.success && isEditorId(read.data.editor) ? editorAddress(read.data.editor, read.data.place) : undefined;
}
