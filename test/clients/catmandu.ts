import { expect } from 'chai';
import { catmandu, needs } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { run } from './support/run.ts';

interface Harvested {
  _id: string;
  _status: string;
  _setSpec: string[];
  _datestamp: string;
  title?: string[];
  /** Of the handler `struct`: name, attributes and children of the root. */
  _metadata?: Element;
}

type Element = [name: string, attributes: Record<string, string>, children?: (Element | string)[]];

/** The text of the first element of a name within another. */
function textIn([name, , children = []]: Element, wanted: string): string | undefined {
  for (const child of children) {
    const found = typeof child !== 'string' ? textIn(child, wanted) : name === wanted ? child : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `catmandu convert OAI`, by which librarians turn a repository into a file. */
export function convertsWithCatmandu(node: PublishedNode): void {
  describe('Catmandu::OAI', () => {
    const command = needs(catmandu);
    const convert = async (...options: string[]): Promise<Harvested[]> => {
      const source = ['OAI', '--url', `${node.url}/oai`, ...options];
      const { code, output, complaints } = await run(command(), ['convert', ...source, 'to', 'JSON']);
      expect(code, complaints).to.equal(0);
      return JSON.parse(output) as Harvested[];
    };

    it('converts everything, with the titles that the records have', async () => {
      const items = await convert('--metadataPrefix', 'oai_dc');
      const titles = node.records.map(({ oaiIdentifier, titles }) => [
        oaiIdentifier,
        titles.map(({ value }) => value),
      ]);
      const standing = items.filter(({ _status }) => _status !== 'deleted');
      expect(Object.fromEntries(standing.map(({ _id, title }) => [_id, title]))).to.deep.equal(
        Object.fromEntries(titles),
      );
      expect(items.filter(({ _status }) => _status === 'deleted').map(({ _id }) => _id)).to.deep.equal([
        node.withdrawn.oaiIdentifier,
      ]);
    });

    it('converts a set of what came before the withdrawal, in MODS', async () => {
      const spec = node.withdrawn.sets[0] ?? '';
      const members = node.records.filter(({ sets }) => sets.includes(spec));
      const [withdrawal] = (await convert('--listIdentifiers', '1', '--set', spec)).filter(
        ({ _status }) => _status === 'deleted',
      );
      const before = new Date(Date.parse(withdrawal?._datestamp ?? '') - 1_000);
      const until = `${before.toISOString().slice(0, 19)}Z`;
      // Its own reader of MODS knows 3.5, which has no identifiers of persons.
      const format = ['--metadataPrefix', 'mods', '--handler', 'struct'];
      const items = await convert(...format, '--set', spec, '--until', until);
      expect(items.map(({ _id }) => _id).sort()).to.deep.equal(
        members.map(({ oaiIdentifier }) => oaiIdentifier).sort(),
      );
      for (const { _id, _setSpec, _metadata } of items) {
        expect(_setSpec, _id).to.include(spec);
        expect(_metadata && textIn(_metadata, 'mods:title'), _id).to.equal(
          node.listedAs(_id).titles[0]?.value,
        );
      }
    });
  });
}
