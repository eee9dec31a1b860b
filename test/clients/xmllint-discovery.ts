import { expect } from 'chai';
import { needs, xmllint } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { faultsOf } from './support/schemas.ts';

/** `xmllint` on what browsers and crawlers read, and whether it finds anything at all. */
export function validatesDiscovery(node: PublishedNode): void {
  describe('xmllint', () => {
    const command = needs(xmllint);
    const get = async (from: string): Promise<{ from: string; xml: string }> => ({
      from,
      xml: await (await node.fetch(from)).text(),
    });
    const options = (...schemas: string[]): Parameters<typeof faultsOf>[1] => ({
      schemas,
      xmllint: command(),
      within: node.folder,
    });

    it('finds the OpenSearch description valid', async () => {
      expect(await faultsOf([await get('/opensearch.xml')], options('opensearch'))).to.deep.equal([]);
    });

    it('finds the sitemap that robots.txt names valid', async () => {
      const robots = await (await node.fetch('/robots.txt')).text();
      const sitemap = /^Sitemap: (\S+)$/m.exec(robots)?.[1] ?? '';
      expect(await faultsOf([await get(sitemap)], options('sitemap'))).to.deep.equal([]);
    });

    it('would see an element, an attribute or a value that does not belong there', async () => {
      const { xml } = await get(
        `/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=${node.records[0]?.oaiIdentifier}`,
      );
      const broken = [
        ['titel', xml.replaceAll('dc:title', 'dc:titel')],
        ['state', xml.replace('<header>', '<header state="deleted">')],
        ['datestamp', xml.replace(/(<datestamp>[^<]+)Z/, '$1')],
        ['dc', xml.replaceAll('2.0/oai_dc/"', '2.0/other/"')],
      ] as const;
      for (const [what, altered] of broken) {
        const faults = await faultsOf([{ from: 'altered', xml: altered }], options('oai-pmh', 'oai_dc'));
        expect(faults.join('\n')).to.include(what).and.to.include('altered');
      }
    });
  });
}
