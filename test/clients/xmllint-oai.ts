import { expect } from 'chai';
import { needs, xmllint } from './support/programs.ts';
import type { PublishedNode } from './support/published-node.ts';
import { faultsOf, metadataSchemas, type Answer } from './support/schemas.ts';

/** Every kind of answer that OAI-PMH has, but lists of records. */
const requests: readonly string[] = [
  'verb=Identify',
  'verb=ListMetadataFormats',
  'verb=ListSets',
  'verb=ListIdentifiers&metadataPrefix=oai_dc',
  'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2001-01-01&set=ddc',
];

/** And every error, by its code (section 3.6), but the two that this node has no cause for. */
const faulty: readonly (readonly [code: string, request: string])[] = [
  ['badVerb', ''],
  ['badVerb', 'verb=Identify&verb=Identify'],
  ['badVerb', 'verb=%3Cscript%3E%00'],
  ['badArgument', 'verb=ListRecords'],
  ['badArgument', 'verb=Identify&metadataPrefix=oai_dc'],
  ['badArgument', 'verb=GetRecord&identifier=a%20b%22%3C&metadataPrefix=a%20b'],
  ['badArgument', 'verb=ListRecords&metadataPrefix=oai_dc&from=yesterday'],
  ['badArgument', 'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01&until=2020-01-01T00:00:00Z'],
  ['badResumptionToken', 'verb=ListRecords&resumptionToken=%3C%26%22'],
  ['cannotDisseminateFormat', 'verb=ListRecords&metadataPrefix=marcxml'],
  ['idDoesNotExist', 'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:nowhere.example:1'],
  ['idDoesNotExist', 'verb=ListMetadataFormats&identifier=no%20%3Curi%3E%7B%7D'],
  ['noRecordsMatch', 'verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01'],
  ['noRecordsMatch', 'verb=ListRecords&metadataPrefix=oai_dc&set=no-such-set'],
];

/** `xmllint` on what `/oai` answers, and on each record in each XML format. */
export function validatesOai(node: PublishedNode): void {
  describe('xmllint, of OAI-PMH and the metadata formats', () => {
    const command = needs(xmllint);
    const faults = (answers: readonly Answer[], ...schemas: string[]): Promise<string[]> =>
      faultsOf(answers, { schemas, xmllint: command(), within: node.folder });
    const get = async (from: string): Promise<Answer> => ({
      from,
      xml: await (await node.fetch(from)).text(),
    });

    /** A list to its end. */
    async function pages(query: string): Promise<Answer[]> {
      const answers: Answer[] = [];
      for (let path: string | undefined = `/oai?${query}`; path !== undefined;) {
        const answer = await get(path);
        answers.push(answer);
        const token = /<resumptionToken[^>]*>([^<]+)</.exec(String(answer.xml))?.[1];
        const verb = new URLSearchParams(query).get('verb');
        path = token && `/oai?verb=${verb}&resumptionToken=${encodeURIComponent(token)}`;
      }
      return answers;
    }

    it('finds every kind of answer valid', async () => {
      const answers = await Promise.all(requests.map(pages));
      const one = `identifier=${node.records[0]?.oaiIdentifier}`;
      const gone = `identifier=${node.withdrawn.oaiIdentifier}`;
      const more = [one, gone].flatMap((which) => [
        `/oai?verb=ListMetadataFormats&${which}`,
        `/oai?verb=GetRecord&metadataPrefix=oai_dc&${which}`,
      ]);
      expect(
        await faults([...answers.flat(), ...(await Promise.all(more.map(get)))], 'oai-pmh', 'oai_dc'),
      ).to.deep.equal([]);
    });

    it('finds every error valid, asked by GET and by POST', async () => {
      const answers: Answer[] = [];
      for (const [code, query] of faulty) {
        const posted = await node.fetch('/oai', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: query,
        });
        const both = [await get(`/oai?${query}`), { from: `POST ${query}`, xml: await posted.text() }];
        for (const { from, xml } of both) expect(xml, from).to.include(`<error code="${code}">`);
        answers.push(...both);
      }
      expect(await faults(answers, 'oai-pmh')).to.deep.equal([]);
    });

    it('knows every format that is offered', async () => {
      const { xml } = await get('/oai?verb=ListMetadataFormats');
      const offered = [...String(xml).matchAll(/<metadataPrefix>([^<]+)/g)].map(([, prefix = '']) => prefix);
      expect(new Set(offered.map((prefix) => prefix.replace(/^received_/, '')))).to.deep.equal(
        new Set(Object.keys(metadataSchemas)),
      );
    });

    for (const [prefix, schema] of Object.entries(metadataSchemas)) {
      it(`finds all records valid in ${prefix}`, async () => {
        const answers = await pages(`verb=ListRecords&metadataPrefix=${prefix}`);
        expect(answers).to.have.length.above(1);
        expect(await faults(answers, 'oai-pmh', schema)).to.deep.equal([]);
      });

      it(`finds records by themselves valid in ${prefix}`, async () => {
        const paths = node.records.slice(0, 10).map(({ key }) => `/records/${key}?format=${prefix}`);
        expect(await faults(await Promise.all(paths.map(get)), schema)).to.deep.equal([]);
      });
    }

    for (const prefix of ['oai_dc', 'rioxx', 'oai_openaire']) {
      it(`finds what was received in ${prefix} valid`, async () => {
        const answers = await pages(`verb=ListRecords&metadataPrefix=received_${prefix}`);
        expect(await faults(answers, 'oai-pmh', metadataSchemas[prefix] ?? '')).to.deep.equal([]);
      });
    }
  });
}
