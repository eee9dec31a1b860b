import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOCKET = '.s.PGSQL.5432';

/** A line to a PostgreSQL that can be cut. */
export interface CutLine {
  /** The URL of a store by this line. */
  urlOf(url: string): string;
  /** Cuts each connection as soon as the node has sent so many more bytes on it. */
  cutAfter(bytes: number): void;
  /** The node hears nothing more of what it sends, till `mend`: it arrives, and then the line is cut. */
  swallowAnswers(): void;
  /** Cuts all, and lets nobody through. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function aCutLine(url: string): Promise<CutLine> {
  const folder = await mkdtemp(join(tmpdir(), 'ngr-line-'));
  const server = new URL(url).searchParams.get('host') ?? '';
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'swallowing' = 'whole';
  let allowed = Infinity;
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy = createServer((node) => {
    const database = createConnection(join(server, SOCKET));
    for (const socket of [node, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        node.destroy();
        database.destroy();
      });
    }
    if (state === 'cut') node.destroy();
    node.on('data', (bytes) => {
      const passing = bytes.subarray(0, allowed);
      allowed -= passing.length;
      database.write(passing, () => {
        if (allowed <= 0) cutAll();
      });
    });
    database.on('data', (bytes) => {
      // The server has done what it was told: the answer never arrives.
      if (state === 'swallowing') cutAll();
      else node.write(bytes);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(join(folder, SOCKET), resolve));
  return {
    urlOf: (store) => {
      const changed = new URL(store);
      changed.searchParams.set('host', folder);
      return changed.href;
    },
    cutAfter: (bytes) => {
      allowed = bytes;
    },
    swallowAnswers: () => {
      state = 'swallowing';
    },
    cut: () => {
      state = 'cut';
      cutAll();
    },
    mend: () => {
      state = 'whole';
      allowed = Infinity;
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => proxy.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
