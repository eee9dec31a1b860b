import { expect } from 'chai';
import * as fc from 'fast-check';
import { contextUrl } from '../../../vocab/context.ts';
import { itemToJsonLd, recordToJsonLd, toNQuads } from '../../../vocab/json-ld/index.ts';
import type { Holding, Record as NgrRecord } from '../../../vocab/record.ts';
import { fullRecord, fullTombstone } from './full-record.ts';

const context = contextUrl('https://node.example');
const RECORD = `<${fullRecord.id}>`;
const DCTERMS = 'http://purl.org/dc/terms/';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

async function quadsOf(holding: Holding): Promise<string[]> {
  return (await toNQuads(recordToJsonLd(holding, { context }))).trimEnd().split('\n');
}

/** The objects of a subject's property, as N-Quads writes them. */
function objectsOf(quads: readonly string[], subject: string, predicate: string): string[] {
  const start = `${subject} <${predicate}> `;
  return quads.filter((quad) => quad.startsWith(start)).map((quad) => quad.slice(start.length, -2));
}

function objectOf(quads: readonly string[], subject: string, predicate: string): string {
  const [object, ...more] = objectsOf(quads, subject, predicate);
  if (object === undefined || more.length > 0) throw new Error(`${predicate}: ${more.length + 1} objects`);
  return object;
}

/** The members of the RDF list that starts at a node. */
function listOf(quads: readonly string[], head: string): string[] {
  const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
  const members: string[] = [];
  for (let node = head; node !== `<${RDF}nil>`; node = objectOf(quads, node, `${RDF}rest`)) {
    members.push(objectOf(quads, node, `${RDF}first`));
  }
  return members;
}

describe('a record as JSON-LD', () => {
  it('names the node’s context and keeps the record’s own names', () => {
    const document = recordToJsonLd(fullRecord, { context });
    expect(document).to.include({
      '@context': 'https://node.example/context.jsonld',
      id: fullRecord.id,
      type: 'CreativeWork',
      oaiIdentifier: 'oai:repository.example:42',
      publishedDoi: 'https://doi.org/10.1000/published',
    });
    expect(document['titles']).to.deep.equal(fullRecord.titles);
    expect(document['published']).to.deep.equal({ value: '2017-11-28', type: 'xsd:date' });
    expect(document['raw']).to.deep.equal(fullRecord.raw.map(({ format, text }) => ({ format, xml: text })));
  });

  it('has no raw metadata and no context as an item of a list', () => {
    expect(itemToJsonLd(fullRecord)).to.not.have.any.keys('@context', 'raw');
  });

  it('says in N-Quads what the record says', async () => {
    const quads = await quadsOf(fullRecord);
    expect(objectsOf(quads, RECORD, `${DCTERMS}title`)).to.have.members([
      '"Repositories of the next generation"@en',
      '"Repositorios de próxima generación"@es',
    ]);
    expect(quads).to.include.members([
      `${RECORD} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/CreativeWork> .`,
      `${RECORD} <${DCTERMS}issued> "2017-11-28"^^<${XSD}date> .`,
      `${RECORD} <${DCTERMS}modified> "2026-03-04T05:06:07Z"^^<${XSD}dateTime> .`,
      `${RECORD} <${DCTERMS}type> <http://purl.org/coar/resource_type/c_93fc> .`,
      `${RECORD} <${DCTERMS}accessRights> <http://purl.org/coar/access_right/c_f1cf> .`,
      `${RECORD} <${DCTERMS}available> "2027-01-31"^^<${XSD}date> .`,
      `${RECORD} <${DCTERMS}license> <https://creativecommons.org/licenses/by/4.0/> .`,
      `${RECORD} <${DCTERMS}references> <https://arxiv.org/abs/2001.00001> .`,
      `${RECORD} <http://purl.org/ontology/bibo/volume> "30" .`,
      `<https://ror.org/037wpkx04> <http://xmlns.com/foaf/0.1/name> "Universidade do Minho" .`,
    ]);
  });

  it('tells of a withdrawn file that it is withdrawn, not where it lies', async () => {
    const document = JSON.stringify(recordToJsonLd(fullRecord, { context }));
    expect(document).to.contain('Wrong file.').and.not.contain('43.pdf');
  });

  it('keeps the order of its authors', async () => {
    const quads = await quadsOf(fullRecord);
    const authors = listOf(quads, objectOf(quads, RECORD, 'http://purl.org/ontology/bibo/authorList'));
    const names = authors.map((author) => objectOf(quads, author, 'http://xmlns.com/foaf/0.1/name'));
    expect(names).to.deep.equal(['"Rodrigues, Eloy"', '"COAR"', '"Next Generation Repositories group"']);
    const [first = ''] = authors;
    expect(objectOf(quads, first, 'http://vivoweb.org/ontology/core#orcidId')).to.equal(
      '<https://orcid.org/0000-0003-1783-2155>',
    );
  });

  it('gives each identifier with its scheme', async () => {
    const quads = await quadsOf(fullRecord);
    const identifiers = objectsOf(quads, RECORD, 'http://purl.org/spar/datacite/hasIdentifier').map(
      (node) => [
        objectOf(quads, node, 'http://purl.org/spar/datacite/usesIdentifierScheme'),
        objectOf(quads, node, 'http://www.essepuntato.it/2010/06/literalreification/hasLiteralValue'),
      ],
    );
    expect(identifiers).to.have.deep.members(
      fullRecord.identifiers.map(({ scheme, value }) => [
        `<http://purl.org/spar/datacite/${scheme}>`,
        `"${value}"`,
      ]),
    );
  });

  /** Each property's predicate and one thing that it says; a property without its line does not compile. */
  const expected: {
    [K in Exclude<keyof Required<NgrRecord>, 'id'>]: readonly [predicate: string, object: string];
  } = {
    node: ['https://w3id.org/ngr#node', '12D3KooWOrigin'],
    oaiIdentifier: [`${DCTERMS}identifier`, 'oai:repository.example:42'],
    sets: ['https://w3id.org/ngr#setSpec', 'col_2'],
    datestamp: [`${DCTERMS}modified`, '2026-03-04T05:06:07Z'],
    titles: [`${DCTERMS}title`, 'Repositories of the next generation'],
    creators: ['http://purl.org/ontology/bibo/authorList', '_:'],
    contributors: ['http://purl.org/ontology/bibo/contributorList', '_:'],
    abstracts: [`${DCTERMS}abstract`, 'What repositories should do.'],
    subjects: ['http://purl.org/dc/elements/1.1/subject', 'open access'],
    published: [`${DCTERMS}issued`, '2017-11-28'],
    publisher: ['http://purl.org/dc/elements/1.1/publisher', 'Confederation of Open Access Repositories'],
    languages: ['https://schema.org/inLanguage', 'es'],
    type: [`${DCTERMS}type`, 'http://purl.org/coar/resource_type/c_93fc'],
    version: ['http://purl.org/ontology/bibo/status', 'http://purl.org/coar/version/c_970fb48d4fbd8a85'],
    access: [`${DCTERMS}accessRights`, 'http://purl.org/coar/access_right/c_f1cf'],
    licence: [`${DCTERMS}license`, 'https://creativecommons.org/licenses/by/4.0/'],
    identifiers: ['http://purl.org/spar/datacite/hasIdentifier', '_:'],
    publishedDoi: [
      'http://docs.rioxx.net/schema/v2.0/rioxxterms/version_of_record',
      'https://doi.org/10.1000/published',
    ],
    references: [`${DCTERMS}references`, '_:'],
    detected: ['https://w3id.org/ngr#detectedLanguage', '_:'],
    relations: [`${DCTERMS}relation`, 'urn:isbn:9780306406157'],
    funding: ['http://purl.org/cerif/frapo/isFundedBy', '_:'],
    source: ['http://prismstandard.org/namespaces/basic/2.0/publicationName', 'Insights'],
    files: ['https://schema.org/encoding', '_:'],
    provenance: ['http://www.w3.org/ns/prov#wasGeneratedBy', '_:'],
    raw: ['https://w3id.org/ngr#rawMetadata', '_:'],
  };
  for (const [property, [predicate, object]] of Object.entries(expected)) {
    it(`keeps ${property}`, async () => {
      expect(objectsOf(await quadsOf(fullRecord), RECORD, predicate).join('\n')).to.include(object);
    });
  }

  it('loses no value on the way', async () => {
    const graph = (await quadsOf(fullRecord)).join('\n');
    const { raw, provenance, access, files: all, ...rest } = fullRecord;
    const files = all.filter(({ withdrawn }) => withdrawn === undefined);
    const replaced = /^(?:person|organisation|unknown|embargoed|restricted)$/;
    const relationKinds = new Set<string>(fullRecord.relations.map(({ kind }) => kind));
    for (const text of leaves([rest, raw, files, access.embargoEnds, provenance.source, provenance.format])) {
      if (!replaced.test(text) && !relationKinds.has(text)) expect(graph).to.include(text);
    }
    expect(graph).to.include('"2026-03-05T00:00:00.000Z"');
    expect(graph).to.include('<http://purl.org/coar/access_right/c_16ec>');
  });

  it('stays valid where a peer sent what is no IRI, no language and no date', async () => {
    const quads = await quadsOf({
      ...fullRecord,
      titles: [{ value: 'T', language: 'en_GB> .' }],
      licence: 'all rights reserved',
      published: 'last summer',
      datestamp: '2026-03-04',
      files: [{ url: 'http://repository.example/my file<1>.pdf', access: 'open' }],
      provenance: { ...fullRecord.provenance, harvestedAt: Number.MAX_SAFE_INTEGER },
      relations: [{ kind: 'references', target: { scheme: 'url', value: 'see there' } }],
      funding: [{ funderId: 'EC' }],
    });
    expect(quads).to.include.members([
      `${RECORD} <${DCTERMS}title> "T" .`,
      `${RECORD} <${DCTERMS}license> "all rights reserved" .`,
      `${RECORD} <${DCTERMS}issued> "last summer" .`,
      `${RECORD} <${DCTERMS}modified> "2026-03-04"^^<${XSD}date> .`,
      `${RECORD} <${DCTERMS}references> "see there" .`,
    ]);
    expect(quads.join('\n')).to.include('<http://repository.example/my%20file%3C1%3E.pdf>');
  });

  it('is always processed in safe mode, whatever the texts in it', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    const anyHolding = fc
      .record({ text, url: text, published: text, doi: text, orcid: text })
      .map(({ text, url, published, doi, orcid }): NgrRecord => ({
        ...fullRecord,
        titles: [{ value: text, language: url }],
        creators: [{ name: text, orcid, ror: url, kind: 'person' }],
        licence: url,
        type: url,
        published,
        identifiers: [{ scheme: 'doi', value: doi }],
        publishedDoi: doi,
        relations: [{ kind: 'references', target: { scheme: 'doi', value: doi } }],
        funding: [{ funderId: url }],
      }));
    await fc.assert(
      fc.asyncProperty(anyHolding, async (record) => {
        for (const quad of await quadsOf(record))
          expect(quad).to.match(/^(?:<[^\s<>"]*>|_:\w+) <[^\s<>"]*> .+ \.$/u);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('a tombstone as JSON-LD', () => {
  it('says who was withdrawn, when and why, and nothing of the rest', async () => {
    const quads = await quadsOf(fullTombstone);
    const end = objectOf(quads, RECORD, 'http://www.w3.org/ns/prov#wasInvalidatedBy');
    expect(quads).to.include.members([
      `${RECORD} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/activitystreams#Tombstone> .`,
      `${RECORD} <${DCTERMS}title> "Repositories of the next generation"@en .`,
      `${RECORD} <${DCTERMS}modified> "2026-03-04"^^<${XSD}date> .`,
      `${end} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/ngr#Withdrawal> .`,
      `${end} <${DCTERMS}description> "Published in error." .`,
      `${end} <http://www.w3.org/ns/prov#endedAtTime> "2026-04-01T00:00:00.000Z"^^<${XSD}dateTime> .`,
    ]);
    expect(quads.join('\n')).to.not.match(/abstract|encoding|rawMetadata/);
  });
});

function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  return [String(value)];
}
