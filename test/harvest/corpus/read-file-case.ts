import { aRecord } from '../../support/builders.ts';
import { testFullTexts } from '../../support/full-texts.ts';
import type { ServedFile } from '../../support/misbehaving-file-server.ts';
import { type Case, contentOf, tellsOf } from './case.ts';

/** A file of an item, and how its server sends it. */
export interface FileCase extends Omit<Case, 'gives' | 'fails'> {
  /** Bytes that it has by its own word. */
  announces?: number;
  endless?: true;
  status?: number;
  /** What becomes of its text. */
  text: 'extracted' | 'without-text' | 'unavailable';
}

/** Has the full text of a record fetched whose file this is. */
export async function readFileCase(folder: string, one: FileCase): Promise<Pick<FileCase, 'text' | 'tells'>> {
  const test = await testFullTexts();
  try {
    const url = test.server.put(`/${one.file}`, served(folder, one));
    const { contentType: format = 'application/pdf' } = one;
    await test.put({ type: 'put', record: aRecord({ files: [{ url, format, access: 'open' }] }) });
    await test.settled();
    const { files } = await test.record();
    const text = files[0]?.text;
    if (text === undefined) throw new Error('nobody looked at the file');
    return { text, tells: tellsOf(await test.issues()) };
  } finally {
    await test.close();
  }
}

function served(folder: string, { announces, endless, status, contentType, ...one }: FileCase): ServedFile {
  return {
    body: contentOf(folder, one),
    type: contentType ?? 'application/pdf',
    ...(status !== undefined && { status }),
    ...(endless === true && { endless }),
    ...(announces !== undefined && { headers: { 'content-length': String(announces) }, stallAfter: 0 }),
  };
}
