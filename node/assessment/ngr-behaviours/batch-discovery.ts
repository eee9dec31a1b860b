import type { Check } from '../check.ts';
import { CheckFailed, NotApplicable } from '../errors.ts';
import { firstResource, offeredList } from './resource-list.ts';

/** The first bytes of a ZIP file (APPNOTE, section 4.3.7). */
const ZIP_SIGNATURE = 'PK\u0003\u0004';

/** Identify, and a page of ListRecords that a harvester can read without any repair (OAI-PMH 2.0). */
export const listsRecords: Check = async ({ oai }) => {
  const address = oai.baseUrl;
  const { baseUrl, protocolVersion } = await oai.identify();
  if (baseUrl !== address) throw new CheckFailed({ kind: 'lacks', address, what: `baseURL: ${address}` });
  for await (const { records, issues, completeListSize } of oai.listRecords({ metadataPrefix: 'oai_dc' })) {
    const [issue] = issues;
    if (issue !== undefined) throw new CheckFailed({ kind: 'unreadable', address, reason: issue.message });
    if (records.length === 0) throw new NotApplicable('no-records');
    const size = completeListSize === undefined ? [] : [`completeListSize: ${completeListSize}`];
    return [
      { kind: 'has', address, what: `protocolVersion: ${protocolVersion}` },
      { kind: 'has', address, what: [`ListRecords: ${records.length}`, ...size].join(', ') },
    ];
  }
  throw new CheckFailed({ kind: 'lacks', address, what: 'ListRecords' });
};

/** A package of the resource dump can be had, and in parts (RFC 9110, section 14). */
export const givesDump: Check = async (visitor) => {
  const dump = await offeredList(visitor, 'resourcedump');
  const entry = await firstResource(visitor, dump);
  if (entry === undefined) throw new NotApplicable('no-records');
  const first = await visitor.expect(206, entry.loc, { headers: { range: 'bytes=0-3' } });
  if (first.text !== ZIP_SIGNATURE) {
    throw new CheckFailed({ kind: 'lacks', address: entry.loc, what: 'application/zip' });
  }
  return [
    { kind: 'link', address: dump, rel: 'loc', href: entry.loc },
    { kind: 'has', address: entry.loc, what: `Content-Range: ${first.headers.get('content-range') ?? ''}` },
  ];
};
