/** What crosses between a page's shim and the process. Playwright carries JSON, so bytes travel as base64. */
export type PortData = string | { base64: string };

export type FromPage =
  /** A new document begins: the ports of the one before are gone. */
  | { kind: 'document' }
  | { kind: 'ipc'; channel: string; message: unknown; portIds: number[] }
  | { kind: 'port-message'; portId: number; data: PortData }
  | { kind: 'port-close'; portId: number };

export type ToPage =
  | { kind: 'ipc'; channel: string; args: unknown[] }
  | { kind: 'port-message'; portId: number; data: PortData }
  | { kind: 'port-close'; portId: number };

/** Name of the binding, which the shim takes out of the page's sight. */
export const bindingName = 'electronStandInBinding';
/** Name of the function that takes `ToPage[]`; not enumerable. */
export const receiverName = 'electronStandInReceive';
