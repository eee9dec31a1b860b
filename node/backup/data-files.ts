import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Of the data directory itself: what is no data, is made anew, or is never to lie where backups do, as keys and tokens. */
const LEFT_OUT = [
  /^store$/,
  /^restoring$/,
  /^(?:node|last-backup)\.json$/,
  /^api-token$/,
  /\.pem$/,
  /\.key$/,
  /\.new$/,
];

/** The files beside the store, by their paths below the data directory: what was imported, and the history of the key. */
export async function* dataFiles(directory: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(join(directory, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const isLeftOut = below === '' && LEFT_OUT.some((pattern) => pattern.test(entry.name));
    // A beginning with a dot: what is being written, or removed.
    if (isLeftOut || entry.name.startsWith('.')) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* dataFiles(directory, path);
    else if (entry.isFile()) yield path;
  }
}

/** A file, some megabytes at a time. */
export async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
