/** Records as people's reference managers take them: CSL-JSON, and by a library BibTeX and RIS. */
import { keyOfIri } from '../record-key.ts';
import type { Record as NgrRecord } from '../record.ts';
import { recordToCsl, type CslItem } from './csl.ts';

export { recordToCsl, type CslItem } from './csl.ts';

export async function recordToBibtex(record: NgrRecord): Promise<string> {
  return await written('bibtex', record);
}

export async function recordToRis(record: NgrRecord): Promise<string> {
  // The library parts the keywords at the commas only, and leaves the spaces.
  return (await written('ris', record)).replace(/^KW  - +/gm, 'KW  - ');
}

/** The library is loaded when somebody asks for one of its formats: most nodes are never asked. */
async function written(format: 'bibtex' | 'ris', record: NgrRecord): Promise<string> {
  const { plugins } = await import('@citation-js/core');
  await import('@citation-js/plugin-bibtex');
  await import('@citation-js/plugin-ris');
  return plugins.output.format(format, [keyed(record)]);
}

/** Reference managers take the id for a key of their own, which is no address. */
function keyed(record: NgrRecord): CslItem {
  return { ...recordToCsl(record), id: keyOfIri(record.id) ?? record.id };
}
