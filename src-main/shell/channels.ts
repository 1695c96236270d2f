/** Page → shell, by the preload: a MessagePort that wants a line to the engine. */
export const connectChannel = 'bridge:connect';

/** Page → shell, by the preload: `{ editor, place }` of a source file that a person wants to see (`source-address.ts`). */
export const openSourceChannel = 'shell:open-source';

/** Shell → page, by the preload: show the view with this path. */
export const goChannel = 'shell:go';
