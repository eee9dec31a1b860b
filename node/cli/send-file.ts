import { z } from 'zod';
import type { CommandContext } from './command.ts';
import type { SentFile } from './import-files.ts';
import type { NodeClient } from './node-client.ts';
import { ChangingLine } from './changing-line.ts';
import { count, oneLine } from './print.ts';

/** Bytes of one request: short enough to be through before the node loses patience, on a slow line too. */
const PART = 4 * 1024 * 1024;

const receivedSchema = z.looseObject({ received: z.number(), complete: z.boolean() });

/** Sends a file to the node, part by part. */
export async function sendFile(
  client: NodeClient,
  context: CommandContext,
  { path, file }: { path: string; file: SentFile },
): Promise<void> {
  const headers =
    file.modifiedAt === undefined ? {} : { 'last-modified': new Date(file.modifiedAt).toUTCString() };
  const line = new ChangingLine(context);
  let sent = 0;
  const send = async (bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Promise<void> => {
    const total = isLast ? String(sent + bytes.length) : '*';
    const which = bytes.length === 0 ? '*' : `${sent}-${sent + bytes.length - 1}`;
    const content = { headers: { ...headers, 'content-range': `bytes ${which}/${total}` }, body: bytes };
    await client.put(path, content, receivedSchema);
    sent += bytes.length;
    line.show(sentText(file, sent));
  };
  let part = new Uint8Array(PART);
  let length = 0;
  try {
    for await (const chunk of file.read()) {
      for (let at = 0; at < chunk.length;) {
        const piece = chunk.subarray(at, at + PART - length);
        part.set(piece, length);
        length += piece.length;
        at += piece.length;
        if (length < PART) continue;
        await send(part, false);
        part = new Uint8Array(PART);
        length = 0;
      }
    }
    await send(part.slice(0, length), true);
  } finally {
    line.end();
  }
}

/** How much of the file is there. */
function sentText({ name, size }: SentFile, sent: number): string {
  const megabytes = (bytes: number): string => count(Math.ceil(bytes / 1e6));
  const of = size === undefined ? '' : ` of ${megabytes(size)}`;
  return `${oneLine(name)}: ${megabytes(sent)}${of} MB sent`;
}
