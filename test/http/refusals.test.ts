import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { reasonOf } from '../../node/http/pages/peers/refusals.ts';

/** What is thrown there may be noted against the node that caused it. */
const FOLDERS = [
  'node/catalogue',
  'node/federation',
  'protocols/heads',
  'protocols/holdings-filter',
  'protocols/lookup',
  'protocols/replication',
  'protocols/usage-summary',
];
const CODE = /'((?:FEED|FEDERATION|FILTER|HEADS|LOOKUP|REPLICATION|USAGE)_[A-Z_]+)'/g;
/** What goes wrong at this node itself, or is said to its operator. */
const OWN = [
  'FEDERATION_BAD_BOOTSTRAP',
  'FEDERATION_BAD_NETWORK_KEY',
  'FEDERATION_CANNOT_LISTEN',
  'FEDERATION_OTHER_NETWORK_KEY',
  'FEED_OWN_AHEAD',
  'FILTER_NOT_BUILT',
];

describe('the words for what was refused of a node', () => {
  it('are there for every code', async () => {
    const codes = new Set<string>();
    for (const folder of FOLDERS) {
      const url = new URL(`../../${folder}/`, import.meta.url);
      for (const file of await readdir(url, { recursive: true })) {
        if (!file.endsWith('.ts')) continue;
        const text = await readFile(new URL(file, url), 'utf8');
        for (const [, code = ''] of text.matchAll(CODE)) codes.add(code);
      }
    }
    expect(codes).to.include('FEED_STALE').and.to.include('USAGE_TOO_MANY');
    const without = [...codes].filter((code) => !OWN.includes(code) && reasonOf(code) === 'other');
    expect(without).to.deep.equal([]);
  });
});
