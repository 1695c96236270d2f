import type { Import } from '#proto/bridge/imports';
import type { Instance } from './instance.ts';

/** The calls that take files, of a Sidelight that runs. */
export function fileTaker(instance: Instance) {
  const post = async (target: string, body: object): Promise<Import> =>
    (await instance.ask(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })) as Import;
  return {
    begin: (file: { name: string; bytes: number }) => post('/imports', file),
    piece: ({ id, ...piece }: { id: number; offset: number; base64: string }) => post(`/imports/${id}/pieces`, piece),
    get: async ({ id }: { id: number }) => (await instance.ask(`/imports/${id}`)) as Import,
  };
}
