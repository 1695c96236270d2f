/** The views of the rail, the palette and the `g` keys. */
export const views = [
  { to: '/traces', label: 'Traces', keys: 'g t' },
  { to: '/logs', label: 'Logs', keys: 'g l' },
  { to: '/compare', label: 'Compare', keys: 'g c' },
  { to: '/files', label: 'Files', keys: 'g f' },
  { to: '/doctor', label: 'Connections', keys: 'g d' },
  { to: '/setup', label: 'Setup', keys: 'g s' },
] as const;
