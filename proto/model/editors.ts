import type { SourcePlace } from './source-place.ts';

/** Programs that register a scheme by which they open a file at a line. */
export const editors = [
  { id: 'vscode', name: 'VS Code' },
  { id: 'cursor', name: 'Cursor' },
  { id: 'windsurf', name: 'Windsurf' },
  { id: 'zed', name: 'Zed' },
  { id: 'idea', name: 'IntelliJ IDEA' },
  { id: 'pycharm', name: 'PyCharm' },
  { id: 'webstorm', name: 'WebStorm' },
  { id: 'goland', name: 'GoLand' },
  { id: 'rider', name: 'Rider' },
] as const;

/** Also the scheme of its addresses. */
export type EditorId = (typeof editors)[number]['id'];

export const isEditorId = (id: unknown): id is EditorId => editors.some((editor) => editor.id === id);

/** JetBrains' programs take a query, the others take the path and `:line:column`. */
const jetBrains: ReadonlySet<EditorId> = new Set<EditorId>(['idea', 'pycharm', 'webstorm', 'goland', 'rider']);

/** The address that opens a place in an editor. */
export function editorAddress(editor: EditorId, { file, line, column }: SourcePlace): string {
  const path = file.replaceAll('\\', '/');
  if (jetBrains.has(editor)) {
    return `${editor}://open?file=${encodeURIComponent(path)}${parameter('line', line)}${parameter('column', column)}`;
  }
  const encoded = path.split('/').map(encodeSegment).join('/');
  const place = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return `${editor}://file${encoded.startsWith('/') ? '' : '/'}${encoded}${place}`;
}

/** The colon of a drive stands as it is. */
const encodeSegment = (segment: string): string => (/^[A-Za-z]:$/.test(segment) ? segment : encodeURIComponent(segment));

const parameter = (name: string, value: number | undefined): string => (value === undefined ? '' : `&${name}=${value}`);
