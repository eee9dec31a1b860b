import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { giveWay } from '../../give-way.ts';
import { digest } from './digest-text.ts';
import type { Extraction, ExtractionInput } from './extraction.ts';
import { readDocument } from './read-document.ts';

/*
 * The thread in which files are read: one message in, one out. What it does not survive its parent tells
 * (`extractor.ts`); what is thrown here is damage in the file.
 */

giveWay();
parentPort?.on('message', (input: ExtractionInput) => void answer(input));

async function answer(input: ExtractionInput): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(await read(input));
}

async function read({ content, charset, keepText }: ExtractionInput): Promise<Extraction> {
  try {
    const bytes = 'bytes' in content ? content.bytes : new Uint8Array(await readFile(content.path));
    return digest(await readDocument(bytes, charset), keepText);
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'damaged', format: 'application/octet-stream', detail };
  }
}
