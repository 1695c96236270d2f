/** Page → shell, by the preload: a MessagePort that wants a line to the engine. */
export const connectChannel = 'bridge:connect';

/** Shell → page, by the preload: show the view with this path. */
export const goChannel = 'shell:go';
