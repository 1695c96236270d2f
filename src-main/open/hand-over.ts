import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { pieceBytes, type Import } from '#proto/bridge/imports';

/** The part of the contract that takes files, over whichever transport. */
export interface FileTaker {
  begin(file: { name: string; bytes: number }): Promise<Import>;
  piece(piece: { id: number; offset: number; base64: string }): Promise<Import>;
  get(input: { id: number }): Promise<Import>;
}

const lookEveryMs = 100;

/** Hands a file over to the engine, which reads it, and waits until it has. Rejects, in words, where nothing of it could be read. */
export async function handOver(file: string, taker: FileTaker): Promise<Import> {
  let item = await sendPieces(file, taker);
  while (item.state === 'uploading' || item.state === 'reading') {
    await after(lookEveryMs);
    item = await taker.get({ id: item.id });
  }
  if (item.state === 'failed') throw new Error(item.message);
  return item;
}

async function sendPieces(file: string, taker: FileTaker): Promise<Import> {
  const handle = await open(file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error('It is not a regular file.');
    if (stat.size === 0) throw new Error('It is empty.');
    let item = await taker.begin({ name: path.basename(file), bytes: stat.size });
    const piece = Buffer.alloc(pieceBytes);
    for (let offset = 0; offset < stat.size;) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(pieceBytes, stat.size - offset), offset);
      if (bytesRead === 0) throw new Error('It became shorter while it was read.');
      item = await taker.piece({ id: item.id, offset, base64: piece.toString('base64', 0, bytesRead) });
      offset += bytesRead;
    }
    return item;
  } finally {
    await handle.close();
  }
}
