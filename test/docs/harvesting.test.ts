import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';

const page = await readFile(new URL('../../docs/harvesting.md', import.meta.url), 'utf8');

interface Problem {
  available?: { format: string; type: string; profile?: string }[];
  detail: string;
}

describe('docs/harvesting.md', () => {
  let site: TestSite;
  let key: string;
  before(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1));
  });
  after(async () => {
    await site.close();
  });

  const problem = async (path: string, headers = {}): Promise<Problem> =>
    (await (await site.get(path, headers)).json()) as Problem;
  const rowsUnder = (heading: string): string[][] =>
    (page.split(`| ${heading} |`)[1]?.split('\n\n')[0] ?? '')
      .split('\n')
      .slice(2)
      .map((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));

  it('has each format of a record, with its media type and profile', async () => {
    const { available = [] } = await problem(`/records/${key}`, { accept: 'image/png' });
    const rows = rowsUnder('`?format=`');
    expect(rows.map(([name]) => name)).to.have.members(available.map(({ format }) => format));
    for (const { format, type, profile } of available) {
      const row = rows.find(([name]) => name === format) ?? [];
      expect(row).to.include(type);
      // Of the node’s own JSON-LD the context is told, which every node has for itself.
      expect(row.slice(2).filter((text) => text.startsWith('http'))).to.deep.equal(
        profile === undefined ? [] : [profile],
      );
    }
  });

  it('has each filter of the list', async () => {
    const { detail } = await problem('/records?nothing=1');
    const parameters = /There are ([^.]*)\./.exec(detail)?.[1]?.split(', ') ?? [];
    const told = rowsUnder('parameter').map(([name]) => name);
    expect([...told, 'format', 'lang', 'before', 'after']).to.have.members(parameters);
  });

  it('has each format of /oai', async () => {
    const answer = await (await site.get('/oai?verb=ListMetadataFormats')).text();
    const prefixes = [...answer.matchAll(/<metadataPrefix>([^<]+)</g)].map(([, prefix = '']) => prefix);
    const told = /\*\*Formats\.\*\* ([^:]*):/.exec(page)?.[1] ?? '';
    const named = [...told.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(named).to.have.members(prefixes.filter((prefix) => !prefix.startsWith('received_')));
  });
});
