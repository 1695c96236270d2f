/** The other side of a call, as far as the caller describes it. */
export interface Peer {
  kind: 'database' | 'queue' | 'external';
  /** What tells it from others of its kind. */
  name: string;
  /** `postgresql`, `kafka`; empty for an external one. */
  system: string;
}

/** Attributes that describe the other side of a call, under their newest names (semantic conventions: database, messaging, "Server", "Peer"). */
export const peerKeys = [
  'service.peer.name',
  'db.system.name',
  'db.namespace',
  'messaging.system',
  'messaging.destination.name',
  'server.address',
  'server.port',
  'network.peer.address',
  'url.full',
] as const;
export type PeerKey = (typeof peerKeys)[number];

/** `undefined` where nothing says who it is. `valueOf` gives an attribute of the caller's span as text. */
export const peerOf = (valueOf: (key: PeerKey) => string | undefined): Peer | undefined => {
  const value = (key: PeerKey): string => valueOf(key) ?? '';
  const service = value('service.peer.name');
  const address = addressOf(value);
  const database = value('db.system.name');
  if (database !== '') return { kind: 'database', name: service || namespaceOf(value) || address || database, system: database };
  const messaging = value('messaging.system');
  const destination = value('messaging.destination.name');
  if (messaging !== '' || destination !== '')
    return { kind: 'queue', name: destination || service || address || messaging, system: messaging };
  const name = service || address;
  return name === '' ? undefined : { kind: 'external', name, system: '' };
};

/** Of Redis a number, which says nothing by itself. */
const namespaceOf = (value: (key: PeerKey) => string): string => {
  const namespace = value('db.namespace');
  return /^\d+$/.test(namespace) ? `${value('db.system.name')} ${namespace}` : namespace;
};

const addressOf = (value: (key: PeerKey) => string): string => {
  const address = value('server.address');
  const port = value('server.port');
  if (address !== '') return port === '' ? address : `${address}:${port}`;
  return hostOf(value('url.full')) || value('network.peer.address');
};

/** Host and port of an absolute address; empty for anything else. */
const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#@]+)/i.exec(url)?.[1] ?? '';
