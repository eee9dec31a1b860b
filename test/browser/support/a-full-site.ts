import type { SignedOnce } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { aPut } from '../../support/builders.ts';
import { monthsBetween } from '../../../node/http/pages/charts/index.ts';
import { aSite, type TestSite } from '../../http/support/a-site.ts';
import { inPlaceOf, someUse } from '../../http/support/held-use.ts';
import { someOwnUse, someRegion } from '../../http/usage/some-use.ts';

/** A site on which every kind of page has something of everything to show. */
export interface FullSite extends TestSite {
  /** The pages, by what they are. */
  pages: Readonly<Record<string, string>>;
}

export async function aFullSite(): Promise<FullSite> {
  const site = await aSite();
  const topics = [
    'policies',
    'metadata',
    'preservation',
    'harvesting',
    'usage statistics',
    'interoperability',
  ];
  const keys = await site.put(
    ...topics.map((topic, i) =>
      aPut(i, {
        titles: [
          {
            value: `Open access repositories and ${topic}: a study with a rather long title`,
            language: 'en',
          },
        ],
        creators: [
          {
            name: 'Knoth, Petr',
            family: 'Knoth',
            given: 'Petr',
            orcid: '0000-0003-1161-7359',
            kind: 'person',
          },
          {
            name: 'Pontika, Nancy',
            family: 'Pontika',
            given: 'Nancy',
            affiliation: 'The Open University',
            kind: 'person',
          },
        ],
        abstracts: [
          {
            value: `How ${topic} make open access repositories better.\n\nA second paragraph.`,
            language: 'en',
          },
          { value: 'Ein Überblick über offene Repositorien.', language: 'de' },
        ],
        subjects: [
          { value: 'open access', language: 'en' },
          { value: 'Repositorien', language: 'de' },
        ],
        type: 'http://purl.org/coar/resource_type/c_6501',
        version: 'http://purl.org/coar/version/c_ab4af688f83e57aa',
        access: i % 2 === 0 ? { right: 'open' } : { right: 'embargoed', embargoEnds: '2027-03-01' },
        licence: 'https://creativecommons.org/licenses/by/4.0/',
        identifiers: [
          { scheme: 'doi', value: `10.1000/${i}` },
          {
            scheme: 'url',
            value: `https://repository.example/a-very-long-path-without-any-place-to-break-it/${i}`,
          },
        ],
        source: { title: 'D-Lib Magazine', volume: '18', issue: '11/12' },
        funding: [{ funder: 'European Commission', award: '643410' }],
        files: [
          {
            url: `https://repository.example/${i}.pdf`,
            format: 'application/pdf',
            length: 1_234_567,
            access: 'open',
          },
        ],
      }),
    ),
  );
  const [own = ''] = keys;
  const peer = await site.peer('Universidad Andina de San Telmo', 'https://andina.example');
  const title = { value: 'Políticas de acceso abierto y sus repositorios', language: 'es' };
  const [theirs = ''] = await site.follow(
    peer,
    aPut(1, { titles: [title], languages: ['es'], identifiers: [{ scheme: 'doi', value: '10.1000/0' }] }),
  );
  const [gone = ''] = await site.put({
    type: 'withdraw',
    oaiIdentifier: 'oai:repository.example:5',
    reason: 'Withdrawn at the authors’ request.',
  });
  site.peers.refused = [{ code: 'FEED_BAD_SIGNATURE', count: 3 }];
  site.peers.self = { country: 'GB', location: { latitude: 52, longitude: -2.1 } };
  site.peers.others = [
    {
      country: 'PE',
      connected: true,
      provedAt: Date.UTC(2026, 0, 1),
      received: 1_234_567,
      cutOff: true,
      fork: {
        kind: 'entries',
        seq: 7,
        signed: ['bafy'.repeat(14), 'bafz'.repeat(14)].map((digest) => ({
          time: Date.UTC(2026, 0, 1),
          digest,
          record: 'https://andina.example/records/abcdefghijabcdefghij',
          change: 'put',
        })) as [SignedOnce, SignedOnce],
      },
    },
    { country: 'PE' },
  ];
  const months = monthsBetween('2024-02', '2026-01', 24);
  const use = someOwnUse(keys, months);
  const region = await someRegion({ node: site.catalogue.node, name: 'University of Wyreford' }, use, [
    { node: peer.node, name: 'Universidad Andina de San Telmo', country: 'PE', months, requests: 2_345_678 },
  ]);
  region.told.push({
    node: Identity.generate().node,
    name: 'A loud one',
    month: '2026-01',
    metrics: someUse(5, 90_000_000),
    apart: { why: 'out of proportion', furthest: { measure: 'totalInvestigations', perRecord: 20_000 } },
  });
  region.workTotals.set(`record:${own}`, {
    nodes: [{ node: peer.node, name: 'Universidad Andina de San Telmo', months: [], metrics: someUse(20) }],
    metrics: someUse(20),
    coverage: { searched: 1, missing: 0 },
  });
  inPlaceOf(site.parts.usage, use);
  inPlaceOf(site.parts.regionalUsage, region);
  return {
    ...site,
    pages: {
      'the front page': '/',
      'an empty search': '/search',
      'search results': '/search?q=open+access',
      'search results, narrowed': '/search?q=open+access&access=open&access=embargoed&from=2000&order=newest',
      'search results in French': '/search?q=open&lang=fr',
      'a search that finds nothing': '/search?q=zzzz&access=open',
      'the list of records': '/records?limit=3',
      'a record': `/records/${own}`,
      'a record of another institution': `/records/${theirs}`,
      'a tombstone': `/records/${gone}`,
      'a work': `/works/w${[own, theirs].sort()[0]}`,
      'the institutions': '/peers',
      'the institutions with problems': '/peers?state=troubled&lang=es',
      'the usage': '/usage?period=all',
      'the usage of one month': '/usage?from=2026-01&to=2026-01&lang=pt',
      'the usage where there is none': '/usage?period=1999&lang=es',
      'the assessments': '/assessments',
      'the behaviours': '/assessments/ngr-behaviours?lang=fr',
      'the metadata by RIOXX': '/assessments/rioxx?version=2.0&level=full&lang=es',
      'records that RIOXX finds wanting': '/assessments/rioxx?failing=licence',
      'the metadata by OpenAIRE': '/assessments/openaire?lang=pt',
      'an error': '/nothing',
      'a page in Portuguese': `/records/${own}?lang=pt`,
    },
  };
}
